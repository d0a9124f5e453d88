"""Workload (工作量): in some months a bureau has fewer people, and its cases take longer for it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.sources.demo.days import Days, Ints
from analysis.sources.demo.planting.lengthen import lengthen
from analysis.sources.demo.planting.plant import Cohort, Plant
from analysis.sources.demo.staff import approving
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.years import Made

# By how much of itself the time taken grows, for each unit by which the load exceeds the bureau's
# average. Only in 2022: the other years show what is found where there is nothing.
SLOPE = {2022: 0.3}


def _loaded(cohort: Cohort) -> Made:
    slope = SLOPE.get(cohort.year, 0.0)
    if not slope:
        return cohort.made
    cases, bureau = cohort.made.cases, cohort.bureau
    working = ~cohort.immediate & (cases.accepted <= cohort.days.last_number(cohort.year))
    first = cohort.days.first_number(cohort.year)
    month = _month_of_number(cohort.days, cohort.year)
    month_of_case = month[np.where(working, np.maximum(cases.accepted, first) - first, 0)]
    load = relative_load(cohort, bureau[working], month_of_case[working])
    factor = np.ones(len(cases))
    factor[working] += slope * (load[bureau[working], month_of_case[working]] - 1)
    rng = stream(cohort.year, Use.WORKLOAD)
    return lengthen(cohort, rng, factor, working & cohort.finished, cases.item * 12 + month_of_case)


def relative_load(cohort: Cohort, bureau: Ints, month: Ints) -> NDArray[np.float64]:
    """Return accepted commitment cases per full-time day, over each bureau's mean: (bureaux, 12)."""
    bureaux = cohort.catalogue.bureaux
    accepted = np.zeros((len(bureaux), 12))
    np.add.at(accepted, (bureau, month), 1)
    days = np.bincount(_month_of_number(cohort.days, cohort.year), minlength=12)
    load = accepted / (approving(cohort.year, bureaux) * days)
    mean = load.mean(axis=1, keepdims=True)
    return np.asarray(np.divide(load, mean, out=np.ones_like(load), where=mean > 0))


def _month_of_number(days: Days, year: int) -> Ints:
    """Return the month (0-11) of each working day of a year."""
    numbers = np.arange(days.first_number(year), days.last_number(year) + 1)
    dates = days.day(numbers).astype("datetime64[D]")
    return np.asarray(dates.astype("datetime64[M]").astype(int) % 12)


def _truth(year: int) -> dict[str, Any]:
    return {"slope": SLOPE.get(year, 0.0)}


PLANT = Plant("squeeze", _truth, course=_loaded)
