"""Ratios (比): results that many figures share, straight from measures of the tally."""

from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Result

Compute = Callable[[Facts], Result]


def count_of(measure: str, **where: object) -> Compute:
    """Return what counts a measure, where columns have a value, or one of a tuple."""
    return lambda facts: Result(Fraction(facts.n(measure, **where)))


def median_of(days: pd.Series) -> Result:
    """Return the median (中位数) of days; of an even number, half way between the middle ones.

    Args:
        days: how many took how many days, indexed by days, ascending.
    """
    if days.empty:
        return Result(Fraction(0), Fraction(0))
    upto, total = days.cumsum(), int(days.sum())
    middle = [int(days.index[(upto > at).to_numpy()][0]) for at in ((total - 1) // 2, total // 2)]
    return Result(Fraction(sum(middle), 2))


def ratio_of(part: str, whole: str) -> Compute:
    """Return what divides one measure by another."""
    return lambda facts: Result(Fraction(facts.n(part)), Fraction(facts.n(whole)))


def share_of(measure: str, **where: object) -> Compute:
    """Return what divides the part of a measure where columns have such values by all of it."""
    return lambda facts: Result(Fraction(facts.n(measure, **where)), Fraction(facts.n(measure)))
