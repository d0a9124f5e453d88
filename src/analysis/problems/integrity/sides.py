"""Sides of an identity (等式的两边): sums of printed figures, their products and quotients."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from analysis.errors import XukeError
from analysis.problems.integrity.intervals import Interval
from analysis.problems.integrity.printed import Printed

TERM = re.compile(r"-?\w+( [*/] \w+)*")
SIGNS = {"*": "×", "/": "÷"}
Values = Mapping[str, Printed]


@dataclass(frozen=True)
class Term:
    """One term of a sum.

    Attributes:
        negative: whether it is taken off.
        factors: figures or integers, each with ``*`` or ``/`` before it.
    """

    negative: bool
    factors: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The figures in it."""
        return tuple(name for _, name in self.factors if not name.isdigit())


Side = tuple[Term, ...]


def read_term(text: str) -> Term:
    """Read a term such as ``approved``, ``-withdrawn`` or ``accepted * completion_rate``.

    Raises:
        XukeError: it is not written like that.
    """
    if not TERM.fullmatch(text):
        raise XukeError(f"identities.toml 中的“{text}”读不懂:项写作 a、-a、a * b 或 a / b。")
    words = ["*", *text.removeprefix("-").split(" ")]
    factors = tuple(zip(words[::2], words[1::2], strict=True))
    return Term(text.startswith("-"), factors)


def names(side: Side) -> tuple[str, ...]:
    """Return the figures of a side."""
    return tuple(name for term in side for name in term.names)


def value(side: Side, values: Values) -> Fraction:
    """Return what a side comes to, as printed."""
    return sum((_signed(term, _product(term, values)) for term in side), Fraction(0))


def interval(side: Side, read: Callable[[str], Interval]) -> Interval:
    """Return what a side can come to, each figure read as an interval by ``read``."""
    total = Interval.point(Fraction(0))
    for term in side:
        product = Interval.point(Fraction(1))
        for sign, name in term.factors:
            factor = Interval.point(Fraction(name)) if name.isdigit() else read(name)
            product = product * factor if sign == "*" else product / factor
        total = total - product if term.negative else total + product
    return total


def shown(side: Side, values: Values) -> str:
    """Return a side in numbers: ``1,795,742 + 5,146``."""
    return _written(side, lambda name: values[name].shown)


def stated(side: Side, name: Callable[[str], str]) -> str:
    """Return a side in words: ``受理 + 不受理``."""
    return _written(side, name)


def bracketed(side: Side, text: str) -> str:
    """Return a written side, in brackets if it is to be taken off as a whole."""
    return f"({text})" if len(side) > 1 else text


def divides_by_nought(side: Side, values: Values) -> bool:
    """Return whether a side divides by a printed nought."""
    return any(
        sign == "/" and not name.isdigit() and values[name].value == 0
        for term in side
        for sign, name in term.factors
    )


def _written(side: Side, name: Callable[[str], str]) -> str:
    text = ""
    for term in side:
        text += (" − " if term.negative else " + ") if text else ("−" if term.negative else "")
        for place, (sign, factor) in enumerate(term.factors):
            text += f" {SIGNS[sign]} " if place else ""
            text += factor if factor.isdigit() else name(factor)
    return text


def _product(term: Term, values: Values) -> Fraction:
    product = Fraction(1)
    for sign, name in term.factors:
        factor = Fraction(name) if name.isdigit() else values[name].value
        product = product * factor if sign == "*" else product / factor
    return product


def _signed(term: Term, number: Fraction) -> Fraction:
    return -number if term.negative else number
