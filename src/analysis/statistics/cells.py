"""Cells (分组计数): the cases of a year, grouped once by everything that a measure looks at.

This is the only pass over the cases. It runs in whatever engine holds them and returns integers.
"""

from datetime import datetime, time
from typing import Any

import ibis
import pandas as pd

from analysis.errors import XukeError
from analysis.statistics.counting import of_licences, total
from analysis.statistics.flags import FLAGS, Flag
from analysis.statistics.workdays import END, START, Numbers, passed
from analysis.tables.clocks import CLOCKS, NOTICE_LIMIT, Clock
from analysis.tables.year import Year

MOMENTS = ("submitted", "accepted", "not_accepted", "closed")
STATES = ("pending_at_start", "open_at_start", "pending_at_end", "open_at_end")
LATER = ("received_at", "first_supp_notice_at", "decided_at", "delivered_at")
STOPS = ("stopped_days_art45", "stopped_days_other")
DIMENSIONS = ("item_code", "dept_code", "apply_channel", "case_type", "outcome")


def cells(year: Year, *, margin: str | None = None) -> pd.DataFrame:
    """Count the cases that concern a year, by when things happened, state, item, days and so on.

    Args:
        year: the year.
        margin: a column of ``cases`` to count by as well. To keep the cells few, licence cases
            alone are counted then, without their items, and every month of the year is 1.

    Returns:
        A frame with ``n`` cases for each combination of: ``<moment>_month`` (1-12 for what
        happened in the year up to the cut-off, else 0); the states at the year's start and at the
        cut-off; ``was_accepted`` and ``was_not_accepted`` (ever, up to the cut-off); item,
        department, channel, case type, ``outcome`` (empty while open) and ``accept_status``;
        ``days``, working days from acceptance to closing, or to the cut-off for open cases;
        ``running_days``, the same without any stops; for each clock ``<clock>_margin``, days
        allowed minus days taken (negative: late), null without a limit; and ``deemed``, whether
        acceptance is deemed. Beside ``n`` stand the sums of ``flags``.

    Raises:
        XukeError: the calendar does not cover the year, or a date of a case.
    """
    clocks, flags = clocks_of(year), flags_of(year)
    seen = judged(year)
    keys = _keys(year, clocks)
    if margin:
        seen, keys = _without_items(seen, year), [*keys, margin]
    sums = {flag.name: total(flag.of(seen)) for flag in flags}
    grouped = seen.group_by(keys).agg(n=seen.count(), **sums)
    frame: pd.DataFrame = grouped.to_pandas()
    _require_days(frame, year)
    return frame


def judged(year: Year) -> Any:
    """Return the cases that concern a year, with what the cells are made of: an Ibis table.

    Beside the columns of ``cases``, as they were at the cut-off: ``<moment>_month``, the states,
    ``was_accepted``, ``was_not_accepted`` and, with a calendar, ``days`` and ``<clock>_margin``;
    see ``cells``.
    """
    seen = _as_of_cutoff(year.tables["cases"], year)
    seen = seen.mutate(**{f"{m}_month": _month(seen[f"{m}_at"], year) for m in MOMENTS})
    if year.has("cases", "first_supp_notice_at"):
        seen = seen.mutate(noticed_month=_month(seen["first_supp_notice_at"], year))
    seen = seen.mutate(**_states(seen, year))
    seen = seen.filter(_concerns(seen))
    return _with_days(seen, year, clocks_of(year)) if year.place.calendar else seen


def _without_items(seen: Any, year: Year) -> Any:
    """Keep licence cases, and blank their items and the months in which things happened."""
    kept = of_licences(seen, year)
    months = {f"{m}_month": (kept[f"{m}_month"] > 0).ifelse(1, 0).cast("int64") for m in MOMENTS}
    return kept.mutate(item_code=ibis.literal(""), **months)


def clocks_of(year: Year) -> list[Clock]:
    """Return the clocks that the year's columns and calendar allow to be run."""
    runnable = [clock for clock in CLOCKS if year.has("cases", *clock.columns)]
    return runnable if year.place.calendar else []


def flags_of(year: Year) -> list[Flag]:
    """Return the flags that the year's columns and calendar allow to be added up."""
    there = [flag for flag in FLAGS if year.has("cases", *flag.columns)]
    return [flag for flag in there if year.place.calendar or not flag.calendar]


def _as_of_cutoff(cases: Any, year: Year) -> Any:
    """Blank whatever happened after the cut-off: it was not yet so.

    What was submitted later is left out first, in words by which an engine skips parts of files.
    """
    end = datetime.combine(year.end, time.min)
    cases = cases.filter(cases["submitted_at"] < end)
    timed = [*(f"{m}_at" for m in MOMENTS), *(c for c in LATER if c in cases.columns)]
    known = {at: (cases[at] < end).ifelse(cases[at], ibis.null("timestamp")) for at in timed}
    seen = cases.mutate(**known)
    return seen.mutate(
        was_accepted=seen["accepted_at"].notnull(),
        was_not_accepted=seen["not_accepted_at"].notnull(),
        outcome=seen["closed_at"].notnull().ifelse(seen["outcome"].fill_null(""), ""),
        accept_status=seen["not_accepted_at"].notnull().ifelse(seen["accept_status"], ""),
    )


def _month(moment: Any, year: Year) -> Any:
    start = datetime.combine(year.start, time.min)
    return (moment >= start).fill_null(False).ifelse(moment.month(), 0).cast("int64")


def _states(seen: Any, year: Year) -> dict[str, Any]:
    """State at the two ends of the year: awaiting a decision on acceptance, or accepted and open.

    At the cut-off everything later is blank already, so "before the end" means "not null".
    """
    start = datetime.combine(year.start, time.min)
    before = {m: (seen[f"{m}_at"] < start).fill_null(False) for m in MOMENTS}
    ever = {m: seen[f"{m}_at"].notnull() for m in MOMENTS}
    states = {}
    for name, was in (("start", before), ("end", ever)):
        decided = was["accepted"] | was["not_accepted"] | was["closed"]
        states[f"pending_at_{name}"] = was["submitted"] & ~decided
        states[f"open_at_{name}"] = was["accepted"] & ~was["closed"]
    return states


def _concerns(seen: Any) -> Any:
    """Tell whether anything happened to the case in the year, or it was waiting or open in it."""
    happened = [seen[f"{moment}_month"] > 0 for moment in MOMENTS]
    waiting = [seen[state] for state in STATES]
    return ibis.or_(*happened, *waiting)


def _with_days(seen: Any, year: Year, clocks: list[Clock]) -> Any:
    """Add days taken and margins, for cases completed in the year or open at the cut-off."""
    assert year.place.calendar is not None
    year.place.calendar.require(year.year)
    completed = (seen["closed_month"] > 0) & seen["was_accepted"]
    seen = seen.mutate(counted=completed | seen["open_at_end"])
    numbered = Numbers.of(year.place.calendar).number(seen, _dates(seen, year))
    deeming = any(clock.deemed for clock in clocks)
    rows = numbered.mutate(
        deemed=_is_deemed(numbered) if deeming else ibis.literal(False),
        days=passed(numbered, "accepted", "ended"),
    )
    rows = rows.mutate(
        counted_deemed=rows["counted"] | (rows["pending_at_end"] & rows["deemed"]),
        deemed_no=rows["deemed"].ifelse(rows["received_no"], rows["accepted_no"])
        if deeming
        else rows["accepted_no"],
    )
    margins = {f"{clock.name}_margin": _margin(rows, clock) for clock in clocks}
    stops = [rows[c].fill_null(0) for c in STOPS if c in rows.columns]
    running = (rows["days"] - sum(stops[1:], stops[0]).floor().cast("int64")) if stops else None
    return rows.mutate(
        **margins,
        running_days=rows["days"] if running is None else (running < 0).ifelse(0, running),
    ).mutate(days=rows["counted"].ifelse(rows["days"], ibis.null("int64")))


def _dates(seen: Any, year: Year) -> dict[str, tuple[Any, str]]:
    """Return the dates that days are counted from and to, for the cases whose days count."""
    cutoff = ibis.date(year.cutoff.isoformat())
    dates = {
        "accepted": (_on(seen, "accepted_at", seen["counted"]), START),
        "ended": (seen["closed_at"].date().fill_null(cutoff), END),
    }
    if year.has("cases", "received_at", "first_supp_notice_at"):
        dates["received"] = (_on(seen, "received_at", seen["received_at"].notnull()), START)
        dates["noticed"] = (seen["first_supp_notice_at"].date(), END)
        answers = [
            seen[at].date().fill_null(cutoff) for at in ("first_supp_notice_at", "accepted_at")
        ]
        dates["answered"] = (ibis.least(*answers), END)
    if year.has("cases", "decided_at", "delivered_at"):
        dates["decided"] = (seen["decided_at"].date(), START)
        dates["delivered"] = (seen["delivered_at"].date(), END)
    return dates


def _on(seen: Any, column: str, where: Any) -> Any:
    return where.ifelse(seen[column].date(), ibis.null("date"))


def _is_deemed(rows: Any) -> Any:
    """视为受理: received, and neither accepted nor told what to supplement within 5 working days."""
    refused = rows["was_not_accepted"]
    return ((passed(rows, "received", "answered") > NOTICE_LIMIT) & ~refused).fill_null(False)


def _margin(rows: Any, clock: Clock) -> Any:
    """Return days allowed minus days taken; null without a limit, or where the days do not count."""
    start = "deemed" if clock.deemed else "accepted"
    taken = passed(rows, start, "ended", count_start_day=clock.count_start_day)
    margin = clock.allowed(rows).floor().cast("int64") - taken
    counted = rows["counted_deemed"] if clock.deemed else rows["counted"]
    return counted.ifelse(margin, ibis.null("int64"))


def _keys(year: Year, clocks: list[Clock]) -> list[str]:
    counted = ["counted", "deemed", "days", "running_days"] if year.place.calendar else []
    return [
        *(f"{moment}_month" for moment in MOMENTS),
        *STATES,
        "was_accepted",
        "was_not_accepted",
        *DIMENSIONS,
        "accept_status",
        *counted,
        *(f"{clock.name}_margin" for clock in clocks),
    ]


def _require_days(frame: pd.DataFrame, year: Year) -> None:
    """Refuse to go on when days could not be counted for a case whose days count."""
    if "counted" in frame and (frame["counted"] & frame["days"].isna()).any():
        raise XukeError(
            f"{year.title}有办件的受理或办结日期超出了工作日历的范围,数不出工作日:请核对这些办件的日期。"
        )
