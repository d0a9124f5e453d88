"""Limits (时限) of the demo catalogue: statutory and promised days, and who handles at once."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from analysis.sources.demo import calibration as given
from analysis.tables.codes.catalogue import COMMITMENT, IMMEDIATE

STATUTORY = (5, 7, 10, 15, 20, 30)
COMMON = (0.12, 0.06, 0.14, 0.16, 0.44, 0.08)
TRIALS = 400


def set_limits(rng: Generator, items: pd.DataFrame) -> pd.DataFrame:
    """Return the catalogue with limits, case types and required visits.

    Over the handling items: 759 immediate ones promise 0 days; the promises of the others add up
    to 1 − 94.49 % of the statutory days; two items require one visit each.
    """
    n = len(items)
    handling = np.flatnonzero(items["grain"] == "handling")
    committed = _committed(rng, items["weight"].to_numpy(), handling)
    statutory = rng.choice(STATUTORY, n, p=COMMON)
    statutory[committed] = rng.choice((15, 20, 30), len(committed), p=(0.2, 0.6, 0.2))
    promised = np.zeros(n, dtype=int)
    rest = np.setdiff1d(np.arange(n), handling)
    promised[rest] = np.where(rng.random(len(rest)) < 0.6, 0, statutory[rest] // 3)
    budget = round((1 - given.COMPRESSION) * int(statutory[handling].sum()))
    promised[committed] = _promises(rng, statutory[committed], budget)
    visits = np.zeros(n, dtype=int)
    visits[rng.choice(committed, given.VISITS, replace=False)] = 1
    return items.assign(
        case_type=np.where(promised == 0, IMMEDIATE, COMMITMENT),
        statutory_limit=statutory.astype(float),
        statutory_unit="W",
        no_statutory_limit=False,
        promised_limit=promised.astype(float),
        promised_unit="W",
        site_visits=visits,
        site_visit_reason=pd.Series("须当面核验原件", index=items.index).where(visits > 0),
    )


def _committed(rng: Generator, weight: np.ndarray, handling: np.ndarray) -> np.ndarray:
    """Choose the 82 commitment items such that immediate ones have their share of the cases."""
    n = given.HANDLING - given.IMMEDIATE_HANDLING
    chance = np.where(weight[handling] < 0.01, np.sqrt(weight[handling]), 0.0)
    trials = [
        rng.choice(handling, n, replace=False, p=chance / chance.sum()) for _ in range(TRIALS)
    ]
    missed = [abs(weight[trial].sum() - (1 - given.IMMEDIATE_CASE_SHARE)) for trial in trials]
    return np.sort(trials[int(np.argmin(missed))])


def _promises(rng: Generator, statutory: np.ndarray, budget: int) -> np.ndarray:
    """Draw promised days between 1 and two thirds of the statutory ones that add up to a budget."""
    most = statutory * 2 // 3
    promised = 1 + rng.binomial(most - 1, 0.7)
    while (gap := budget - int(promised.sum())) != 0:
        step = int(np.sign(gap))
        movable = np.flatnonzero((promised + step >= 1) & (promised + step <= most))
        moved = rng.choice(movable, min(abs(gap), len(movable)), replace=False)
        promised[moved] += step
    return np.asarray(promised)
