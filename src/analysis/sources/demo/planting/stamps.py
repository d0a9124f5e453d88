"""Time stamps (时间戳) that are not what they seem: entered in batches, dates alone, sent again.

Only immediate cases of one day without supplements are touched: nothing is known of them but their
own columns, and no day changes, so neither totals nor working days do.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from analysis.sources.demo.columns import seconds, timestamp
from analysis.sources.demo.days import DAY, Bools, Ints
from analysis.sources.demo.moments import NOT_YET
from analysis.sources.demo.planting.plant import Cohort, Plant
from analysis.sources.demo.streams import Use, stream

IN_BATCHES, DATES_ALONE = "示例区烟草专卖局", "示例区税务局"
# 2021 has none of it: so does what is found where there is nothing.
BATCHES = {2022: 90, 2023: 140}  # days on which the bureau enters a batch
BATCH = 30  # cases accepted and closed within one minute
MIDNIGHTS = {2022: 2_400, 2023: 5_200}
SENT_AGAIN = {2022: 9_500, 2023: 12_000}
AFTER_HOURS = 17 * 3600 + 50 * 60  # after everything else of the day
TIMES = ("submitted_at", "received_at", "accepted_at", "decided_at", "closed_at", "delivered_at")


def _stamped(cohort: Cohort, table: pa.Table) -> pa.Table:
    """Return the table with the stamps and versions that are planted in its year."""
    rng = stream(cohort.year, Use.STAMPS)
    at = {name: seconds(table[name]).copy() for name in TIMES}
    name = cohort.catalogue.bureaux["name"].to_numpy()[cohort.bureau]
    plain = _plain(cohort, table, at)
    _enter_in_batches(rng, at, plain & (name == IN_BATCHES), BATCHES.get(cohort.year, 0))
    midnight = _some(rng, plain & (name == DATES_ALONE), MIDNIGHTS.get(cohort.year, 0))
    for times in at.values():
        times[midnight] -= np.where(times[midnight] == NOT_YET, 0, times[midnight] % DAY)
    version = np.ones(len(table), dtype=np.int64)
    version[_some(rng, plain, SENT_AGAIN.get(cohort.year, 0))] = 2
    columns = {name: timestamp(times) for name, times in at.items()}
    for column, values in (columns | {"data_version": pa.array(version)}).items():
        table = table.set_column(table.column_names.index(column), column, values)
    return table


def _plain(cohort: Cohort, table: pa.Table, at: dict[str, Ints]) -> Bools:
    """Return the cases of one day of which only the columns are known."""
    one_day = at["accepted_at"] // DAY == at["closed_at"] // DAY
    delivered = (at["delivered_at"] == NOT_YET) | (
        at["delivered_at"] // DAY >= at["closed_at"] // DAY
    )
    alone = cohort.immediate & (table["supp_rounds"].to_numpy() == 0)
    return np.asarray(
        alone & one_day & delivered & (at["closed_at"] != NOT_YET) & ~cohort.made.carried
    )


def _some(rng: np.random.Generator, among: Bools, n: int) -> Ints:
    return np.asarray(rng.choice(np.flatnonzero(among), n, replace=False))


def _enter_in_batches(rng: np.random.Generator, at: dict[str, Ints], among: Bools, n: int) -> None:
    """Let ``n`` days each have one minute in which ``BATCH`` cases are accepted and closed."""
    places = np.flatnonzero(among)
    day = at["closed_at"][places] // DAY
    days, there = np.unique(day, return_counts=True)
    for chosen in rng.choice(days[there >= BATCH], n, replace=False):
        which = rng.choice(places[day == chosen], BATCH, replace=False)
        minute = chosen * DAY + AFTER_HOURS
        accepted = minute + rng.integers(0, 20, BATCH)
        closed = accepted + rng.integers(1, 40, BATCH)
        at["accepted_at"][which], at["closed_at"][which] = accepted, closed
        decided = at["decided_at"][which]
        at["decided_at"][which] = np.where(decided == NOT_YET, NOT_YET, closed)
        delivered = at["delivered_at"][which]
        same_day = delivered // DAY == chosen
        at["delivered_at"][which] = np.where(same_day, closed + 300, delivered)


def _truth(year: int) -> dict[str, Any]:
    return {
        "entered_in_batches": BATCHES.get(year, 0) * BATCH,
        "batches": BATCHES.get(year, 0),
        "at_midnight": MIDNIGHTS.get(year, 0),
        "sent_again": SENT_AGAIN.get(year, 0),
    }


PLANT = Plant("stamps", _truth, table=_stamped)
