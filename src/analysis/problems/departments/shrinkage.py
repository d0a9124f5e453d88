"""Shrinkage (收缩估计): ratios of small departments drawn towards the others, as their size deserves.

Departments' true ratios are taken to follow a gamma distribution, found from all of them (empirical
Bayes, Clayton & Kaldor 1987).
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

WIDEST, NARROWEST = -4.0, 9.0  # logarithms of the shape: from very unlike to all alike
LEAST = 1e-6  # of the mean ratio: a gamma distribution has one above 0


def shrunk(table: pd.DataFrame) -> pd.Series:
    """Return each department's ratio drawn towards the others, by ``dept_code``.

    It has no interval: the usual one takes the distribution for known, and covers too seldom.
    There is none where nothing is expected of anybody.

    Args:
        table: as ``standardised.standardised`` returns it.
    """
    events, expected = (
        (table[name] / table["dispersion"]).to_numpy(dtype=float) for name in ("events", "expected")
    )
    if not expected.sum():
        return pd.Series(np.nan, index=table.index)
    shape, rate = prior(events, expected)
    return pd.Series((shape + events) / (rate + expected), index=table.index)


def prior(events: NDArray[np.float64], expected: NDArray[np.float64]) -> tuple[float, float]:
    """Return shape and rate of the gamma distribution under which the events are likeliest.

    Its mean is what all come to together.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    mean = max(float(events.sum() / expected.sum()), LEAST)

    def unlikely(log_shape: float) -> float:
        shape, rate = np.exp(log_shape), np.exp(log_shape) / mean
        value = gammaln(events + shape) - gammaln(shape) + shape * np.log(rate)
        return -float((value - (events + shape) * np.log(rate + expected)).sum())

    found = minimize_scalar(unlikely, bounds=(WIDEST, NARROWEST), method="bounded")
    shape = float(np.exp(found.x))
    return shape, shape / mean
