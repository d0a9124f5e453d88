"""Lengthening (延长用时) of cases by a factor, within what was promised and within the year."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analysis.sources.demo.days import Bools, Ints
from analysis.sources.demo.planting.plant import Cohort
from analysis.sources.demo.years import Made


def lengthen(
    cohort: Cohort, rng: Generator, factor: NDArray[np.float64], which: Bools, group: Ints
) -> Made:
    """Return the cohort with the working days of some cases times a factor, on average exactly.

    What a group gains or loses in all is shared out among the cases that run their usual course, by
    the room that each has: none comes to take longer than promised, or no day at all; days stay
    whole, the fraction being the chance of one more. Who could be closed in another year keeps its
    days.

    Args:
        cohort: the cohort.
        rng: for the fractions.
        factor: of each case, one for each group.
        which: the cases concerned, finished ones.
        group: the group of each case.
    """
    cases = cohort.made.cases
    by_year_end = cases.accepted + cohort.promised <= cohort.days.last_number(cohort.year)
    place = np.flatnonzero(which & by_year_end)
    taken = (cases.closed - cases.accepted)[place]
    longer = factor[place] >= 1
    room = np.where(longer, cohort.promised[place] - taken, taken - 1) * cohort.usual[place]
    of_group = np.unique(group[place], return_inverse=True)[1]
    wanted = np.bincount(of_group, np.abs(factor[place] - 1) * taken)
    share = np.minimum(wanted / np.maximum(np.bincount(of_group, room), 1), 1.0)
    moved = np.floor(room * share[of_group] + rng.random(len(place))).astype(np.int64)
    moved = np.minimum(moved, room)  # who has no room stays
    closed = cases.closed.copy()
    closed[place] += np.where(longer, moved, -moved)
    return replace(cohort.made, cases=replace(cases, closed=closed))
