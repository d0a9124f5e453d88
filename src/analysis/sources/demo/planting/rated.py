"""Ratings in batches (集中评价): one bureau's applicants all rate within one second, time and again."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sources.demo.catalogue import departments
from analysis.sources.demo.days import DAY, Ints
from analysis.sources.demo.planting.plant import Plant
from analysis.sources.demo.streams import Use, stream

BUREAU = "示例区人力资源和社会保障局"
BATCHES = {2022: 120, 2023: 150}
BATCH = 8  # ratings within one second
EVENING = 21 * 3600 + 7 * 60
SYSTEM, BEST = 7, 1  # the channel of ratings by default; 非常满意


def in_batches(year: int, cases: pa.Table, rows: dict[str, Ints]) -> Ints:
    """Return when each rating is made, some of them put off to one second of a later evening.

    Args:
        year: the year of the ratings.
        cases: its cases.
        rows: ``place`` among the cases, ``round``, ``level``, ``channel`` and ``at`` (seconds since
            1970) of each rating, ordered by case and round.
    """
    rng, at = stream(year, Use.RATED), rows["at"].copy()
    if not BATCHES.get(year):
        return at
    bureaux = departments().set_index("name")["code"]
    of_bureau = pc.equal(cases["dept_code"].cast(pa.string()), bureaux[BUREAU]).to_numpy()
    once = np.bincount(rows["place"], minlength=len(cases))[rows["place"]] == 1
    own = once & (rows["channel"] != SYSTEM) & (rows["level"] == BEST)
    free = np.flatnonzero(own & of_bureau[rows["place"]])
    first, last = (int(np.datetime64(f"{of}-01-01", "D").astype(int)) for of in (year, year + 1))
    day = at[free] // DAY
    evenings, there = np.unique(day[(day >= first) & (day < last - 1)], return_counts=True)
    alone = ~np.isin((evenings + 1) * DAY + EVENING, at)  # or a batch would be larger than planted
    for evening in rng.choice(evenings[alone & (there >= BATCH)], BATCHES[year], replace=False):
        which = rng.choice(free[day == evening], BATCH, replace=False)
        at[which] = (evening + 1) * DAY + EVENING
    return at


def _truth(year: int) -> dict[str, Any]:
    return {"batched": BATCHES.get(year, 0) * BATCH, "batches": BATCHES.get(year, 0)}


PLANT = Plant("ratings", _truth)
