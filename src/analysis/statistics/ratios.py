"""Ratios (比): results that many figures share, straight from measures of the tally."""

from collections.abc import Callable
from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Result

Compute = Callable[[Facts], Result]


def count_of(measure: str) -> Compute:
    """Return what counts a measure."""
    return lambda facts: Result(Fraction(facts.n(measure)))


def ratio_of(part: str, whole: str) -> Compute:
    """Return what divides one measure by another."""
    return lambda facts: Result(Fraction(facts.n(part)), Fraction(facts.n(whole)))
