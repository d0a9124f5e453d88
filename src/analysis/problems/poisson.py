"""Intervals of counts (计数的区间) that vary as Poisson counts do, or by a factor more."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
HALVINGS = 50  # of an interval: to the last digit


def poisson_interval(
    counts: Sequence[float] | NDArray[Any],
    dispersion: Sequence[float] | NDArray[Any] | float = 1.0,
    level: float = LEVEL,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mid-p interval of each count's expectation.

    The exact (Garwood) interval covers too often, the mid-p one about as often as it says (Cohen &
    Yang 1994). A count that varies ``dispersion`` times as much is taken as so many times fewer
    counts of as many each.

    Args:
        counts: counts, not negative.
        dispersion: variance over expectation, 1 for a Poisson count.
        level: of the interval.

    Returns:
        Lower and upper ends.
    """
    from scipy.special import gammainc, gammaincinv

    factor = np.broadcast_to(np.asarray(dispersion, dtype=float), np.shape(counts))
    x = np.asarray(counts, dtype=float) / factor
    tail = (1 - level) / 2

    def above(rate: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of more than x, and half that of x."""
        more = gammainc(x + 1, rate)
        at_least = np.where(x > 0, gammainc(np.where(x > 0, x, 1.0), rate), 1.0)
        return np.asarray((more + at_least) / 2)

    low = _solve(above, tail, np.zeros_like(x), gammaincinv(x + 1, 0.5))
    high = _solve(above, 1 - tail, gammaincinv(x + 1, 0.5), gammaincinv(x + 1, 1 - tail / 2))
    return np.where(x > 0, low, 0.0) * factor, high * factor


def ratio_interval(count: Any, beside: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mid-p interval of one count's expectation over another's, for arrays.

    The two together being what they are, the first is binomial. The beta distribution takes counts
    that are not whole, such as those of a weighted sum.
    """
    x, m = np.asarray(count, dtype=float), np.asarray(beside, dtype=float)
    tail = (1 - LEVEL) / 2

    def above(share: NDArray[np.float64]) -> NDArray[np.float64]:
        return more_than(x, m, share)

    ends = [_solve(above, value, np.zeros_like(x), np.ones_like(x)) for value in (tail, 1 - tail)]
    low, high = np.where(x > 0, ends[0], 0.0), np.where(m > 0, ends[1], 1.0)
    with np.errstate(divide="ignore"):
        return low / (1 - low), high / (1 - high)


def more_than(count: Any, beside: Any, share: Any) -> NDArray[np.float64]:
    """Return the probability of more than a count, and half that of as many: its mid-p value.

    Args:
        count: of two counts the first.
        beside: the second; they need not be whole.
        share: of the two together, which share the first is expected to have.
    """
    from scipy.special import betainc

    x, m = np.asarray(count, dtype=float), np.asarray(beside, dtype=float)
    more = np.where(m > 0, betainc(x + 1, np.where(m > 0, m, 1.0), share), 0.0)
    at_least = np.where(x > 0, betainc(np.where(x > 0, x, 1.0), m + 1, share), 1.0)
    return np.asarray((more + at_least) / 2)


def _solve(
    function: Callable[[Any], NDArray[np.float64]], value: float, low: Any, high: Any
) -> NDArray[np.float64]:
    """Return where an increasing function takes a value, by halving all intervals at once."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = function(middle) < value
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
