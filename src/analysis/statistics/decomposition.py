"""Decomposition (变化分解) of a change of a rate: what each part's own rate did, and what the mix did.

Kitagawa (1955), symmetric: with w the shares of the denominator and r the rates of the parts, before
(0) and now (1), and R the mean of the two totals,

    rate = (w0 + w1) / 2 · (r1 − r0)        mix = (w1 − w0) · ((r0 + r1) / 2 − R)

A part that is in one year only has no change of rate: entered is w1 · (r1 − R), left −w0 · (r0 − R).
The four add up to the change, exactly: the arithmetic is in fractions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.statistics.dimensions import dimension, members
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure

EFFECTS = ("rate", "mix", "entered", "left")
TERMS = {
    "rate": "各项自身变化",
    "mix": "构成变化",
    "entered": "新有办件的事项",
    "left": "不再有办件的事项",
}
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Decomposition:
    """A change and what it is made of, in the unit of the ratio (not yet in per cent).

    Attributes:
        before: the ratio of the first year.
        now: that of the second.
        parts: one row per part: ``member``, ``name``, ``denominator_before``, ``denominator``,
            ``rate_before``, ``rate_now`` (None without), and the four effects, exact.
    """

    before: Fraction
    now: Fraction
    parts: pd.DataFrame

    @property
    def change(self) -> Fraction:
        """The change of the ratio."""
        return self.now - self.before

    def total(self, effect: str) -> Fraction:
        """Return one of the four effects over all parts."""
        return sum(self.parts[effect], Fraction(0))


def decomposed(before: pd.DataFrame, now: pd.DataFrame) -> Decomposition | None:
    """Decompose the change of a ratio of sums.

    Args:
        before: one row per part, indexed by it: ``numerator`` and ``denominator``, exact; ``name``.
        now: the same, a year later.

    Returns:
        The decomposition; None where one of the years has nothing in its denominator.
    """
    totals = [_totals(frame) for frame in (before, now)]
    if not all(denominator for _, denominator in totals):
        return None
    (n0, d0), (n1, d1) = totals
    old, new = n0 / d0, n1 / d1
    mean = (old + new) * HALF
    rows = [
        {"member": member, "name": name, **_effects(one, other, d0, d1, mean)}
        for member, name, one, other in _pairs(before, now)
    ]
    names = ["member", "name", "denominator_before", "denominator", "rate_before", "rate_now"]
    return Decomposition(old, new, pd.DataFrame(rows, columns=[*names, *EFFECTS], dtype=object))


def by_member(figures: Sequence[Figure], facts: Facts, by: str = "item") -> list[pd.DataFrame]:
    """Return numerator and denominator of figures for each member, as ``decomposed`` takes them.

    All are asked of a member while it is at hand: to cut out hundreds takes longer than to ask.
    """
    rows: list[dict[str, dict[str, object]]] = [{} for _ in figures]
    for key, name, of in members(facts, dimension(by)):
        for row, figure in zip(rows, figures, strict=True):
            result = figure.result(of)
            if result.denominator:
                sums = {"numerator": result.numerator, "denominator": result.denominator}
                row[key] = {"name": name, **sums}
    names = ["name", "numerator", "denominator"]
    return [
        pd.DataFrame.from_dict(row, orient="index", columns=names, dtype=object) for row in rows
    ]


def _totals(frame: pd.DataFrame) -> tuple[Fraction, Fraction]:
    numerator, denominator = (
        sum(map(_exact, frame[column]), Fraction(0)) for column in ("numerator", "denominator")
    )
    return numerator, denominator


def _exact(value: object) -> Fraction:
    """Return a number exactly: a fraction of a frame's own integers would overflow."""
    return Fraction(str(value))


Sums = tuple[Fraction, Fraction]


def _pairs(
    before: pd.DataFrame, now: pd.DataFrame
) -> Iterator[tuple[str, str, Sums | None, Sums | None]]:
    for member in dict.fromkeys([*now.index, *before.index]):
        sums = [_sums(frame, member) for frame in (before, now)]
        if any(sums):
            frame = now if member in now.index else before
            yield str(member), str(frame.at[member, "name"]), sums[0], sums[1]


def _sums(frame: pd.DataFrame, member: str) -> Sums | None:
    """Return numerator and denominator of a part; None where it has nothing."""
    if member not in frame.index or not frame.at[member, "denominator"]:
        return None
    numerator, denominator = (frame.at[member, c] for c in ("numerator", "denominator"))
    return _exact(numerator), _exact(denominator)


def _effects(
    one: Sums | None, other: Sums | None, d0: Fraction, d1: Fraction, mean: Fraction
) -> dict[str, Fraction | None]:
    zero = Fraction(0)
    effects = dict.fromkeys(EFFECTS, zero)
    w0, r0 = (one[1] / d0, one[0] / one[1]) if one else (zero, None)
    w1, r1 = (other[1] / d1, other[0] / other[1]) if other else (zero, None)
    if r0 is not None and r1 is not None:
        effects["rate"] = (w0 + w1) * HALF * (r1 - r0)
        effects["mix"] = (w1 - w0) * ((r0 + r1) * HALF - mean)
    elif r1 is not None:
        effects["entered"] = w1 * (r1 - mean)
    elif r0 is not None:
        effects["left"] = -w0 * (r0 - mean)
    sums = {
        "denominator_before": one[1] if one else zero,
        "denominator": other[1] if other else zero,
    }
    return {**sums, "rate_before": r0, "rate_now": r1, **effects}
