"""Cells (分组计数): the cases of a year, grouped once by everything that a measure looks at.

This is the only pass over the cases. It runs in whatever engine holds them and returns integers.
"""

from datetime import datetime, time
from typing import Any

import ibis
import pandas as pd

from analysis.errors import XukeError
from analysis.tables.calendar import Calendar
from analysis.tables.clocks import CLOCKS, Clock
from analysis.tables.year import Year

MOMENTS = ("submitted", "accepted", "not_accepted", "closed")
STATES = ("pending_at_start", "open_at_start", "pending_at_end", "open_at_end")
DIMENSIONS = ("item_code", "dept_code", "apply_channel", "case_type", "outcome")


def cells(year: Year) -> pd.DataFrame:
    """Count the cases that concern a year, by when things happened, state, item, days and so on.

    Returns:
        A frame with ``n`` cases for each combination of: ``<moment>_month`` (1-12 for what
        happened in the year up to the cut-off, else 0); the states at the year's start and at the
        cut-off; ``was_accepted`` and ``was_not_accepted`` (ever, up to the cut-off); item,
        department, channel, case type, ``outcome`` (empty while open) and ``accept_status``;
        ``days``, working days from acceptance to closing, or to the cut-off for open cases; and
        for each clock ``<clock>_margin``, days allowed minus days taken (negative: late), null
        without a limit.

    Raises:
        XukeError: the calendar does not cover the year, or a date of a case.
    """
    clocks = clocks_of(year)
    seen = _as_of_cutoff(year.tables["cases"], year)
    seen = seen.mutate(**{f"{m}_month": _month(seen[f"{m}_at"], year) for m in MOMENTS})
    seen = seen.mutate(**_states(seen, year))
    seen = seen.filter(_concerns(seen))
    if year.place.calendar:
        seen = _with_days(seen, year, year.place.calendar, clocks)
    frame: pd.DataFrame = seen.group_by(_keys(year, clocks)).agg(n=seen.count()).to_pandas()
    _require_days(frame, year)
    return frame


def clocks_of(year: Year) -> list[Clock]:
    """Return the clocks that the year's columns and calendar allow to be run."""
    runnable = [clock for clock in CLOCKS if year.has("cases", *clock.columns)]
    return runnable if year.place.calendar else []


def _as_of_cutoff(cases: Any, year: Year) -> Any:
    """Blank whatever happened after the cut-off: it was not yet so."""
    end = datetime.combine(year.end, time.min)
    known = {
        f"{m}_at": (cases[f"{m}_at"] < end).ifelse(cases[f"{m}_at"], ibis.null("timestamp"))
        for m in MOMENTS
    }
    seen = cases.mutate(**known)
    return seen.filter(seen["submitted_at"].notnull()).mutate(
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


def _with_days(seen: Any, year: Year, calendar: Calendar, clocks: list[Clock]) -> Any:
    """Add days taken and margins, for cases completed in the year or open at the cut-off."""
    calendar.require(year.year)
    days = ibis.memtable(calendar.frame().assign(date=lambda f: f["date"].dt.date))
    starts = days.select(began_on=days["date"].cast("date"), start_no=days["start_no"])
    ends = days.select(ended_on=days["date"].cast("date"), end_no=days["end_no"])
    counted = (seen["closed_month"] > 0) & seen["was_accepted"] | seen["open_at_end"]
    joined = seen.mutate(
        counted=counted,
        began_on=counted.ifelse(seen["accepted_at"].date(), ibis.null("date")),
        ended_on=seen["closed_at"].date().fill_null(ibis.date(year.cutoff.isoformat())),
    )
    joined = joined.left_join(starts, "began_on").left_join(ends, "ended_on")
    passed = joined["end_no"] - joined["start_no"]
    joined = joined.mutate(days=(passed < 0).ifelse(0, passed).cast("int64"))
    return joined.mutate(
        **{
            f"{clock.name}_margin": clock.allowed(joined).floor().cast("int64") - joined["days"]
            for clock in clocks
        }
    )


def _keys(year: Year, clocks: list[Clock]) -> list[str]:
    counted = ["counted", "days"] if year.place.calendar else []
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
