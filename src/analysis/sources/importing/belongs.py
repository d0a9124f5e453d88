"""Belonging (归属年度): which rows concern the year that is imported."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import ibis

from analysis.sources.mapping.mapped import Mapped

MOMENTS = ("submitted_at", "accepted_at", "not_accepted_at", "closed_at")
DATED = {"evaluations": "evaluated_at", "inspections": "inspected_on"}


def elsewhere(mapped: Mapped, year: int, cases: Any = None) -> Callable[[Any], Any] | None:
    """Return what tells the rows of other years; None where any row may belong.

    A case belongs to every year in which it was submitted, accepted, not accepted or closed, and to
    those at whose start it was waiting or open. A step belongs where its case does.

    Args:
        mapped: the table.
        year: the year that is imported.
        cases: Ibis table of the cases that the year has; None where they are not known.
    """
    match mapped.table.name:
        case "cases":
            moments = [name for name in MOMENTS if name in mapped.rows.columns]
            return lambda rows: ~_concerns(rows, moments, year)
        case "events" if cases is not None:
            return lambda rows: rows["case_id"].notin(cases["case_id"])
        case name if DATED.get(name) in mapped.rows.columns:
            return lambda rows: rows[DATED[name]].year() != year
    return None


def _concerns(rows: Any, moments: list[str], year: int) -> Any:
    """Tell whether anything happened in the year, or nothing had ended before it."""
    start, end = (datetime.combine(date(y, 1, 1), time.min) for y in (year, year + 1))
    times = {name: rows[name] for name in moments}
    within = [((t >= start) & (t < end)).fill_null(False) for t in times.values()]
    before = {name: (t < start).fill_null(False) for name, t in times.items()}
    ended = [before[name] for name in ("not_accepted_at", "closed_at") if name in before]
    there = before.get("submitted_at", ibis.literal(False))
    over = ibis.or_(*ended) if ended else ibis.literal(False)
    return ibis.or_(*within, there & ~over)
