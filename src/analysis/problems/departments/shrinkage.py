"""Shrinkage (收缩估计): ratios of small departments drawn towards the others, as their size deserves.

Departments' true ratios are taken to follow a gamma distribution, found from all of them (empirical
Bayes, Clayton & Kaldor 1987).
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

WIDEST, NARROWEST = -6.0, 9.0  # logarithms of the shape: from very unlike to all alike


def shrunk(table: pd.DataFrame) -> pd.DataFrame:
    """Return each department's ratio drawn towards the others, with its 95 % interval.

    Args:
        table: as ``standardised.standardised`` returns it.

    Returns:
        By ``dept_code``: ``shrunk``, ``low``, ``high``.
    """
    from scipy.stats import gamma

    events, expected = (
        (table[name] / table["dispersion"]).to_numpy(dtype=float) for name in ("events", "expected")
    )
    shape, rate = prior(events, expected)
    posterior = gamma(shape + events, scale=1 / (rate + expected))
    values = {"shrunk": posterior.mean(), "low": posterior.ppf(0.025), "high": posterior.ppf(0.975)}
    return pd.DataFrame(values, index=table.index)


def prior(events: NDArray[np.float64], expected: NDArray[np.float64]) -> tuple[float, float]:
    """Return shape and rate of the gamma distribution under which the events are likeliest."""
    from scipy.optimize import minimize
    from scipy.special import gammaln

    def unlikely(at: NDArray[np.float64]) -> float:
        shape, mean = np.exp(at)
        rate = shape / mean
        value = gammaln(events + shape) - gammaln(shape) + shape * np.log(rate)
        return -float((value - (events + shape) * np.log(rate + expected)).sum())

    mean = max(float(events.sum() / expected.sum()), 1e-6)
    ends = [(WIDEST, NARROWEST), (np.log(mean) - 3, np.log(mean) + 3)]
    starts = [np.array([start, np.log(mean)]) for start in (0.0, 3.0)]
    found = min((minimize(unlikely, at, bounds=ends) for at in starts), key=lambda each: each.fun)
    shape, mean = np.exp(found.x)
    return float(shape), float(shape / mean)
