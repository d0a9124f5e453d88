"""What is known (已知) of the demo's cases on the day of an export: later things are not there yet."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sources.demo.columns import seconds, timestamp
from analysis.sources.demo.days import DAY, Days
from analysis.sources.demo.moments import NOT_YET
from analysis.sources.demo.steps import EXTEND, NOTICE, STOP, Steps
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.supplements import ROUNDS
from analysis.tables import TABLES
from analysis.tables.clocks import LEGAL_EXTENSION

HAPPENING = (
    "first_supp_notice_at",
    "accepted_at",
    "not_accepted_at",
    "decided_at",
    "closed_at",
    "delivered_at",
)
TIMES = ("submitted_at", "received_at", *HAPPENING)
NIGHT = 2 * 3600  # when records that were entered again are taken over
LAST_SECOND = DAY - 1


def as_known(year: int, days: Days, cases: pa.Table, done: Steps, exported: int) -> pa.Table:
    """Return the declared columns of cases as an export on a day (days since 1970) shows them.

    Args:
        year: the year that is exported.
        days: the calendar.
        cases: its cases, as they will finally be known.
        done: their steps.
        exported: the day; what happens on it is not in the export.
    """
    limit = pa.scalar(exported * DAY * 1000, pa.int64()).cast(pa.timestamp("ms"))
    columns = {name: cases[name] for name in cases.column_names}
    for name in HAPPENING:
        known = pc.less(cases[name], limit)
        columns[name] = pc.if_else(known, cases[name], pa.scalar(None, pa.timestamp("ms")))
    decided = pc.or_(columns["accepted_at"].is_valid(), columns["not_accepted_at"].is_valid())
    refused, closed = columns["not_accepted_at"].is_valid(), columns["closed_at"].is_valid()
    columns["accept_status"] = _unless(decided, cases["accept_status"], "pending")
    columns["reject_reason"] = _unless(refused, cases["reject_reason"], None)
    columns["outcome"] = _unless(closed, cases["outcome"], None)
    columns |= _so_far(days, cases, done, exported)
    columns |= _due(days, columns)
    columns["loaded_at"] = _loaded(year, columns, exported)
    declared = [c.name for c in TABLES["cases"].columns if c.name in columns]
    return pa.table([columns[name] for name in declared], names=declared)


def _unless(known: Any, values: Any, otherwise: str | None) -> Any:
    return pc.if_else(known, values.cast(pa.string()), pa.scalar(otherwise, pa.string()))


def _so_far(days: Days, cases: pa.Table, done: Steps, exported: int) -> dict[str, pa.Array]:
    """Return rounds of supplements, stops and extension up to the export."""
    last = int(days.end_no[exported - 1 - days.first])

    def dense(known: Any) -> pa.Array:
        values = np.zeros(len(cases), dtype=known.dtype)
        values[done.row] = known
        return pa.array(values)

    def stopped(column: str, slot: int) -> pa.Array:
        began = np.minimum(done.at[:, slot] // DAY, exported)
        length = cases[column].to_numpy()[done.row]
        return dense(np.clip(last - days.number(began), 0, length))

    notices = done.at[:, NOTICE : NOTICE + 2 * ROUNDS : 2]
    extended = cases["extended_days"].to_numpy()[done.row]
    return {
        "supp_rounds": dense((notices < exported * DAY).sum(axis=1)),
        "extended_days": dense(np.where(done.at[:, EXTEND] < exported * DAY, extended, 0.0)),
        "stopped_days_art45": stopped("stopped_days_art45", STOP),
        "stopped_days_other": stopped("stopped_days_other", STOP + 2),
    }


def _due(days: Days, columns: dict[str, Any]) -> dict[str, pa.Array]:
    """Return the due times of accepted cases: the last second of the last day allowed."""
    accepted = seconds(columns["accepted_at"])
    there = accepted != NOT_YET
    start = days.number(accepted[there] // DAY)
    extended, stopped, other, statutory, promised = (
        columns[name].to_numpy()[there]
        for name in (
            "extended_days",
            "stopped_days_art45",
            "stopped_days_other",
            "statutory_days",
            "promised_days",
        )
    )
    allowed = {
        "promised_due_at": promised + extended + stopped + other,
        "statutory_due_at": statutory + np.minimum(extended, LEGAL_EXTENSION) + stopped,
    }
    due = {name: np.full(len(accepted), NOT_YET) for name in allowed}
    for name, working_days in allowed.items():
        day = days.day(start + working_days.astype(np.int64))
        due[name][there] = day * DAY + LAST_SECOND
    return {name: timestamp(at) for name, at in due.items()}


def _loaded(year: int, columns: dict[str, Any], exported: int) -> pa.Array:
    """Draw when the latest version of each record came in: at once, or in the night after."""
    rng = stream(year, Use.LOADING)
    latest = np.zeros(len(columns["case_id"]), dtype=np.int64)
    for name in TIMES:
        at = seconds(columns[name])
        latest = np.maximum(latest, np.where(at == NOT_YET, 0, at))
    rekeyed = pc.equal(columns["entry_mode"].cast(pa.string()), "staff_rekey").to_numpy()
    soon = latest + rng.integers(5, 900, len(latest))
    night = (latest // DAY + 1) * DAY + NIGHT + rng.integers(0, 1800, len(latest))
    return timestamp(np.minimum(np.where(rekeyed, night, soon), exported * DAY - 1))
