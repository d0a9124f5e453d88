"""Chance (偶然): how many pairs there would be if the two applications had nothing to do with each other.

Who applies for one item again and again does so at all distances in time. So the pairs at placebo lags
of 31-60 and 61-90 days, scaled to the window, are what a window would hold by chance. They are scaled by
the pairs of days that lie so far apart, each weighted by the applications of both: weekdays, seasons and
the year's ends then do not matter.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems.poisson import more_than, poisson_interval

WINDOWS = (1, 7, 30)
WINDOW = 7
PLACEBO = ((31, 60), (61, 90))
SCALE = 10_000  # applications


@dataclass(frozen=True)
class Excess:
    """Pairs within a window beyond those expected by chance.

    Attributes:
        window: days.
        pairs: pairs found.
        placebo: pairs at all placebo lags.
        expected: pairs expected by chance.
        low: lower end of the 95 % interval of ``pairs - expected``.
        high: upper end.
        p_value: of the hypothesis that there is no excess, one-sided.
    """

    window: int
    pairs: int
    placebo: int
    expected: float
    low: float
    high: float
    p_value: float

    @property
    def excess(self) -> float:
        """Pairs beyond those expected."""
        return self.pairs - self.expected


def exposure(per_day: pd.Series) -> NDArray[np.float64]:
    """Return how many pairs of applications there could be at each lag of 0 to 90 days.

    Args:
        per_day: applications, indexed by day.
    """
    last = PLACEBO[-1][1]
    if per_day.empty:
        return np.zeros(last + 1)
    whole = pd.date_range(per_day.index.min(), per_day.index.max())
    n = per_day.reindex(whole, fill_value=0).to_numpy(dtype=float)
    at = [float(n[lag:] @ n[: len(n) - lag]) if lag < len(n) else 0.0 for lag in range(last + 1)]
    at[0] = float(n @ (n - 1)) / 2  # two of one day make one pair
    return np.array(at)


def excess(lags: pd.Series, groups: pd.Series, exposed: NDArray[np.float64], window: int) -> Excess:
    """Return the pairs within a window beyond those expected by chance.

    The pairs of one applicant and item come together, near ones also with far ones, so the interval
    is that of counts that vary ``φ`` times as much as Poisson counts: ``φ`` is the variance of the
    excess with applicants as clusters over that with each pair alone.

    Args:
        lags: days between the two applications of each pair.
        groups: the applicant and item of each pair.
        exposed: as ``exposure`` returns it.
        window: days.
    """
    inside, placebo = lags <= window, lags >= PLACEBO[0][0]
    far = exposed[PLACEBO[0][0] :].sum()
    scale = float(exposed[: window + 1].sum() / far) if far else 0.0
    found, beside = int(inside.sum()), int(placebo.sum())
    dispersion = _dispersion(inside - scale * placebo, groups)
    low, high = poisson_interval([found, beside], dispersion)
    expected = scale * beside
    down = float(np.hypot(found - low[0], scale * (high[1] - beside)))
    up = float(np.hypot(high[0] - found, scale * (beside - low[1])))
    p_value = _p_value(found / dispersion, beside / dispersion, scale)
    difference = found - expected
    return Excess(window, found, beside, expected, difference - down, difference + up, p_value)


def by_placebo(lags: pd.Series, exposed: NDArray[np.float64], window: int) -> list[float]:
    """Return the pairs expected in a window by each placebo range alone; they should agree."""
    expected = []
    for first, last in PLACEBO:
        far = exposed[first : last + 1].sum()
        found = int(lags.between(first, last).sum())
        expected.append(float(found * exposed[: window + 1].sum() / far) if far else 0.0)
    return expected


def _dispersion(parts: pd.Series, groups: pd.Series) -> float:
    """Return how many times as much a sum varies by groups as it would one by one."""
    alone = float((parts**2).sum())
    return float((parts.groupby(groups).sum() ** 2).sum()) / alone if alone else 1.0


def _p_value(found: float, beside: float, scale: float) -> float:
    """Return the mid-p value of a count beside one that is expected ``1 / scale`` times as large."""
    if found + beside == 0 or scale == 0:
        return 1.0
    return float(more_than(found, beside, scale / (1 + scale)))
