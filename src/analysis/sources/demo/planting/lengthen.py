"""Lengthening (延长用时) of cases by a factor, within what was promised and within the year."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analysis.sources.demo.days import Bools
from analysis.sources.demo.planting.plant import Cohort
from analysis.sources.demo.years import Made


def lengthen(cohort: Cohort, rng: Generator, factor: NDArray[np.float64], which: Bools) -> Made:
    """Return the cohort with the working days of some cases times a factor, on average exactly.

    Days are whole: the fraction is the chance of one more. No case comes to take longer than
    promised, or to be closed in another year.
    """
    cases = cohort.made.cases
    taken = cases.closed - cases.accepted
    longer = np.floor(taken * factor + rng.random(len(taken))).astype(np.int64)
    longer = np.clip(longer, 1, cohort.promised)
    fits = cases.accepted + longer <= cohort.days.last_number(cohort.year)
    closed = np.where(which & fits, cases.accepted + longer, cases.closed)
    return replace(cohort.made, cases=replace(cases, closed=closed))
