"""Departments (部门差异): one bureau breaks its promises more often than all others."""

from dataclasses import replace
from typing import Any

import numpy as np

from analysis.sources.demo.planting.plant import Cohort, Plant
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.years import Made

BUREAU = "示例区卫生健康局"
BROKEN = {2021: 0, 2022: 900, 2023: 1_000}  # cases closed later than promised, but in time by law
MOST_OVER = 3  # working days


def _broken(cohort: Cohort) -> Made:
    """Let cases of the bureau be closed after the promised day, within the year and the law."""
    n = BROKEN.get(cohort.year, 0)
    if not n:
        return cohort.made
    cases, promised = cohort.made.cases, cohort.promised
    statutory = cohort.catalogue.base["statutory_limit"].to_numpy().astype(np.int64)[cases.item]
    late = promised + MOST_OVER
    name = cohort.catalogue.bureaux["name"].to_numpy()[cohort.bureau]
    room = (late <= statutory) & (cases.accepted + late <= cohort.days.last_number(cohort.year))
    rng = stream(cohort.year, Use.DEPARTMENTS)
    chosen = rng.choice(np.flatnonzero(cohort.usual & room & (name == BUREAU)), n, replace=False)
    closed = cases.closed.copy()
    over = rng.integers(1, MOST_OVER + 1, n)
    closed[chosen] = cases.accepted[chosen] + promised[chosen] + over
    return replace(cohort.made, cases=replace(cases, closed=closed))


def _truth(year: int) -> dict[str, Any]:
    return {"department": BUREAU, "promises_broken": BROKEN.get(year, 0)}


PLANT = Plant("departments", _truth, course=_broken)
