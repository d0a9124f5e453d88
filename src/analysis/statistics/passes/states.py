"""States (状态): the cases that concern a year as they were at the cut-off, and when what happened to them."""

from datetime import datetime, time
from typing import Any

import ibis

from analysis.tables.year import Year

MOMENTS = ("submitted", "accepted", "not_accepted", "closed")
LATER = ("received_at", "first_supp_notice_at", "decided_at", "delivered_at")


def as_of_cutoff(year: Year) -> Any:
    """Return the cases that concern a year, as they were at its cut-off: an Ibis table.

    Beside the columns of ``cases``: ``<moment>_month``, 1-12 for what happened in the year up to the
    cut-off, -1 for what happened before, 0 for what had not happened by then; ``noticed_in_year``,
    where notices are known; and their ``states``.
    """
    start = datetime.combine(year.start, time.min)
    seen = _known(year.tables["cases"], year)
    seen = seen.filter(_concerns(seen, start))
    made = {f"{m}_month": _month(seen[f"{m}_at"], start) for m in MOMENTS}
    if year.has("cases", "first_supp_notice_at"):
        made["noticed_in_year"] = seen["first_supp_notice_at"] >= start
    seen = seen.mutate(**made)
    return seen.mutate(**states(seen))


def states(seen: Any) -> dict[str, Any]:
    """Tell what was so by the year's start and by the cut-off, from when things happened.

    Awaiting a decision on acceptance, or accepted and open; the same for the cases of an engine and
    for cells.
    """
    months = {m: seen[f"{m}_month"] for m in MOMENTS}
    before = {m: month < 0 for m, month in months.items()}
    ever = {m: month != 0 for m, month in months.items()}
    so = {"was_accepted": ever["accepted"], "was_not_accepted": ever["not_accepted"]}
    for name, was in (("start", before), ("end", ever)):
        decided = was["accepted"] | was["not_accepted"] | was["closed"]
        so[f"pending_at_{name}"] = was["submitted"] & ~decided
        so[f"open_at_{name}"] = was["accepted"] & ~was["closed"]
    return so


def days_count(seen: Any) -> Any:
    """Tell whether the days of a case count: completed in the year, or open at the cut-off."""
    return ((seen["closed_month"] > 0) & seen["was_accepted"]) | seen["open_at_end"]


def _known(cases: Any, year: Year) -> Any:
    """Blank whatever happened after the cut-off: it was not yet so.

    What was submitted later is left out first, in words by which an engine skips parts of files.
    """
    end = datetime.combine(year.end, time.min)
    cases = cases.filter(cases["submitted_at"] < end)
    timed = [*(f"{m}_at" for m in MOMENTS[1:]), *(c for c in LATER if c in cases.columns)]
    known = {at: (cases[at] < end).ifelse(cases[at], ibis.null("timestamp")) for at in timed}
    seen = cases.mutate(**known)
    return seen.mutate(
        outcome=seen["closed_at"].notnull().ifelse(seen["outcome"].fill_null(""), ""),
        accept_status=seen["not_accepted_at"].notnull().ifelse(seen["accept_status"], ""),
    )


def _month(moment: Any, start: datetime) -> Any:
    """Return 1-12 for what happened since the start, -1 for what happened before, else 0."""
    before = (moment < start).ifelse(-1, 0)
    return (moment >= start).ifelse(moment.month(), before).cast("int64")


def _concerns(seen: Any, start: datetime) -> Any:
    """Tell whether anything happened to the case in the year, or it was waiting or open in it.

    A case to which nothing happened in the year was in one state all year.
    """
    happened = [seen[f"{moment}_at"] >= start for moment in MOMENTS]
    undecided = seen["accepted_at"].notnull() | seen["not_accepted_at"].isnull()
    return ibis.or_(*happened, seen["closed_at"].isnull() & undecided)
