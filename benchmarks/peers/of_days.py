"""The figures of distributions of working days: mean, median, and the median with open cases."""

from collections.abc import Mapping
from fractions import Fraction

Days = Mapping[int, int]  # how many cases took how many working days


def figures_of_days(completed: Days, closed: Days, still_open: Days) -> dict[str, object]:
    """Return the figures by ``id variant``; the arguments are those of ``Counted``."""
    n = sum(completed.values())
    middle = [_nth(completed, at) for at in ((n - 1) // 2, n // 2)]
    return {
        "mean_days commitment": (sum(day * k for day, k in completed.items()), n),
        "median_days commitment": Fraction(sum(middle), 2),
        "survival_median_days commitment": _kaplan_meier(closed, still_open),
    }


def _nth(days: Days, at: int) -> int:
    upto = 0
    for day in sorted(days):
        upto += days[day]
        if upto > at:
            return day
    raise IndexError(at)


def _kaplan_meier(closed: Days, still_open: Days) -> int | None:
    at_risk, surviving = sum(closed.values()) + sum(still_open.values()), Fraction(1)
    for day in sorted({*closed, *still_open}):
        surviving *= 1 - Fraction(closed.get(day, 0), at_risk)
        if 2 * surviving <= 1:
            return day
        at_risk -= closed.get(day, 0) + still_open.get(day, 0)
    return None
