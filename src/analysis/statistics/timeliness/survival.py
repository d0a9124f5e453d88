"""Survival (生存分析): how long cases take when some are still open at the cut-off."""

from fractions import Fraction

import pandas as pd


def median_duration(closed: pd.Series, still_open: pd.Series) -> int | None:
    """Return the Kaplan-Meier median (中位办结用时): the first day by which half are closed.

    Args:
        closed: number of closed cases, by whole days taken.
        still_open: number of open cases, by whole days taken so far.

    Returns:
        Days; None where less than half are closed before all that is left is still open.
    """
    days = closed.index.union(still_open.index).sort_values()
    ends, censored = (counts.reindex(days, fill_value=0) for counts in (closed, still_open))
    at_risk = int(closed.sum() + still_open.sum())
    surviving = Fraction(1)
    for day, n, left in zip(days, ends, censored, strict=True):
        if n:
            surviving *= 1 - Fraction(int(n), at_risk)
        if 2 * surviving <= 1:
            return int(day)
        at_risk -= int(n) + int(left)
    return None
