"""Cells (分组计数): the cases of a year, grouped once by everything that a measure looks at.

This is the only pass over the cases. It runs in whatever engine holds them and returns integers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import XukeError
from analysis.statistics.passes.counting import number, of_licences, total
from analysis.statistics.passes.flags import FLAGS, Flag
from analysis.statistics.passes.workdays import Numbers, between, passed
from analysis.tables.clocks import CLOCKS, NOTICE_LIMIT, Clock
from analysis.tables.year import Year

MOMENTS = ("submitted", "accepted", "not_accepted", "closed")
LATER = ("received_at", "first_supp_notice_at", "decided_at", "delivered_at")
STOPS = ("stopped_days_art45", "stopped_days_other")
ALLOWANCES = ("statutory_days", "promised_days", "extended_days", *STOPS)
DIMENSIONS = ("item_code", "dept_code", "apply_channel", "case_type", "outcome")


def cells(year: Year, *, margin: str | None = None) -> pd.DataFrame:
    """Count the cases that concern a year, by when things happened, state, item, days and so on.

    Args:
        year: the year.
        margin: a column of ``cases`` to count by as well. To keep the cells few, licence cases
            alone are counted then, without their items, and every month of the year is 1.

    Returns:
        A frame with ``n`` cases for each combination of: ``<moment>_month`` (1-12 for what
        happened in the year up to the cut-off, -1 for what happened before, 0 for what had not
        happened by then), and so of the states at the year's start and at the cut-off,
        ``was_accepted``, ``was_not_accepted`` (ever, up to the cut-off) and ``counted``; item,
        department, channel, case type, ``outcome`` (empty while open) and ``accept_status``;
        ``days``, working days from acceptance to closing, or to the cut-off for open cases;
        ``running_days``, the same without any stops; for each clock ``<clock>_margin``, days
        allowed minus days taken (negative: late), null without a limit; and ``deemed``, whether
        acceptance is deemed. Beside ``n`` stand the sums of ``flags``. Words are categories, empty
        where unknown.

    Raises:
        XukeError: the calendar does not cover the year, or a date of a case.
    """
    clocks, flags = clocks_of(year), flags_of(year)
    needed = [*_counted_by(clocks), *(column for flag in flags for column in flag.columns)]
    seen = _dated(narrowed(year, year.tables["cases"], [*needed, *((margin,) if margin else ())]))
    seen = _without_items(seen, year) if margin else seen
    keys = [
        *(f"{m}_month" for m in MOMENTS),
        *DIMENSIONS,
        "accept_status",
        *([margin] if margin else []),
    ]
    found = _in_pandas(_grouped(seen, year, keys, clocks, flags).to_pyarrow())
    frame = found.assign(**_states(found))
    if year.place.calendar:
        frame = frame.assign(counted=_counted(frame))
        _require_days(frame, year)
    return frame


def _grouped(seen: Any, year: Year, keys: list[str], clocks: list[Clock], flags: list[Flag]) -> Any:
    """Return the query for cells from dated cases.

    Cases are grouped by what their days and margins follow from, and these are worked out for the
    groups: for each of two million cases it took half of the pass.
    """
    sums = {flag.name: total(flag.of(seen)) for flag in flags if not flag.of_cell}
    if not year.place.calendar:
        return seen.group_by(keys).agg(n=seen.count(), **sums)
    allowed = [name for name in ALLOWANCES if name in seen.columns]
    seen = seen.mutate(**{name: _where(seen["running"], seen[name]) for name in allowed})
    since = [name for name in ("since_acceptance", "since_receipt") if name in seen.columns]
    groups = seen.group_by([*keys, "deemed", *since, *allowed]).agg(n=seen.count(), **sums)
    groups = _with_days(groups, clocks)
    groups = groups.mutate(
        **{flag.name: groups["n"] * number(flag.of(groups)) for flag in flags if flag.of_cell}
    )
    days = ["days", "running_days", *(f"{clock.name}_margin" for clock in clocks)]
    counted = ["n", *(flag.name for flag in flags)]
    return groups.group_by([*keys, "deemed", *days]).agg(
        **{name: total(groups[name]) for name in counted}
    )


def _in_pandas(found: pa.Table) -> pd.DataFrame:
    """Hand cells over to pandas, words as numbers: a word is the same in thousands of them.

    They come as Arrow's, in which Ibis has made 64 bits of DuckDB's sums; their 128 would be objects.
    """
    words = [field.name for field in found.schema if pa.types.is_string(field.type)]
    for word in words:
        filled = pc.fill_null(found[word], "")
        found = found.set_column(found.column_names.index(word), word, pc.dictionary_encode(filled))
    frame: pd.DataFrame = found.to_pandas()
    return frame


def narrowed(year: Year, cases: Any, columns: Sequence[str]) -> Year:
    """Return a year whose cases have these columns alone: a query over forty takes long to write."""
    kept = [name for name in dict.fromkeys(columns) if name in cases.columns]
    return replace(year, tables={**year.tables, "cases": cases.select(kept)})


def _counted_by(clocks: Iterable[Clock]) -> list[str]:
    """Return the columns of ``cases`` that cells are made of, but for those of flags."""
    moments = [f"{moment}_at" for moment in MOMENTS]
    limits = [column for clock in clocks for column in clock.columns]
    return [*moments, *LATER, *STOPS, *DIMENSIONS, "accept_status", *limits]


def judged(year: Year) -> Any:
    """Return the cases that concern a year, with what the cells are made of: an Ibis table.

    Beside the columns of ``cases``, as they were at the cut-off: ``<moment>_month``, the states,
    ``was_accepted``, ``was_not_accepted`` and, with a calendar, ``days`` and ``<clock>_margin``;
    see ``cells``.
    """
    seen = _dated(year)
    return _with_days(seen, clocks_of(year)) if year.place.calendar else seen


def _dated(year: Year) -> Any:
    """Return the cases that concern a year, their months and states, and what days follow from."""
    start = datetime.combine(year.start, time.min)
    seen = _as_of_cutoff(year.tables["cases"], year)
    seen = seen.filter(_concerns(seen, start))
    made = {f"{m}_month": _month(seen[f"{m}_at"], start) for m in MOMENTS}
    if year.has("cases", "first_supp_notice_at"):
        made["noticed_in_year"] = seen["first_supp_notice_at"] >= start
    seen = seen.mutate(**made)
    seen = seen.mutate(**_states(seen))
    return _running_since(seen, year) if year.place.calendar else seen


def _without_items(seen: Any, year: Year) -> Any:
    """Keep licence cases, and blank their items and the months in which things happened."""
    kept = of_licences(seen, year)
    months = {f"{m}_month": kept[f"{m}_month"].clip(upper=1) for m in MOMENTS}
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


def _states(seen: Any) -> dict[str, Any]:
    """Tell what was so by the year's start and by the cut-off, from when things happened.

    Awaiting a decision on acceptance, or accepted and open; the same for the cases of an engine and
    for cells.
    """
    months = {m: seen[f"{m}_month"] for m in MOMENTS}
    before = {m: month < 0 for m, month in months.items()}
    ever = {m: month != 0 for m, month in months.items()}
    states = {"was_accepted": ever["accepted"], "was_not_accepted": ever["not_accepted"]}
    for name, was in (("start", before), ("end", ever)):
        decided = was["accepted"] | was["not_accepted"] | was["closed"]
        states[f"pending_at_{name}"] = was["submitted"] & ~decided
        states[f"open_at_{name}"] = was["accepted"] & ~was["closed"]
    return states


def _concerns(seen: Any, start: datetime) -> Any:
    """Tell whether anything happened to the case in the year, or it was waiting or open in it.

    A case to which nothing happened in the year was in one state all year.
    """
    happened = [seen[f"{moment}_at"] >= start for moment in MOMENTS]
    undecided = seen["accepted_at"].notnull() | seen["not_accepted_at"].isnull()
    return ibis.or_(*happened, seen["closed_at"].isnull() & undecided)


def _counted(seen: Any) -> Any:
    """Tell whether the days of a case count: completed in the year, or open at the cut-off."""
    return ((seen["closed_month"] > 0) & seen["was_accepted"]) | seen["open_at_end"]


def _running_since(seen: Any, year: Year) -> Any:
    """Add how long cases have run, if completed in the year or open at the cut-off.

    These are ``deemed``, ``running`` (whether days count, from acceptance or from receipt), and in
    working days ``since_acceptance`` and ``since_receipt``, the latter where acceptance is deemed;
    see ``between``.
    """
    calendar = year.place.calendar
    assert calendar is not None
    calendar.require(year.year)
    rows = Numbers.of(calendar).number(seen.mutate(counted=_counted(seen)), _dates(seen, year))
    last = calendar.end_number(year.cutoff)
    ended = rows["closed_at"].isnull().ifelse(last, rows["closed_end_no"])
    deeming = any(clock.deemed for clock in clocks_of(year))
    rows = rows.mutate(
        ended_end_no=ended, deemed=_is_deemed(rows, last) if deeming else ibis.literal(False)
    )
    if (
        "delivered_end_no" in rows.columns
    ):  # what has not been handed over is as late as the cut-off is
        handed = rows["delivered_at"].isnull().ifelse(last, rows["delivered_end_no"])
        rows = rows.mutate(handed_end_no=handed)
    running = rows["counted"] | (rows["pending_at_end"] & rows["deemed"])
    made = {"since_acceptance": _where(rows["counted"], between(rows, "accepted", "ended"))}
    if deeming:
        since_receipt = between(rows, "received", "ended")
        made["since_receipt"] = _where(running & rows["deemed"], since_receipt)
    return rows.mutate(running=running, **made)


def _where(condition: Any, value: Any) -> Any:
    """Return a value where a condition holds, else nothing."""
    return condition.ifelse(value, ibis.null(value.type()))


def _with_days(rows: Any, clocks: list[Clock]) -> Any:
    """Add days taken and margins to cases, or to groups of them; see ``_running_since``."""
    rows = rows.mutate(days=passed(rows["since_acceptance"]))
    stops = [rows[c].fill_null(0) for c in STOPS if c in rows.columns]
    running = rows["days"] - sum(stops[1:], stops[0]).floor().cast("int64") if stops else None
    return rows.mutate(
        **{f"{clock.name}_margin": _margin(rows, clock) for clock in clocks},
        running_days=rows["days"] if running is None else (running < 0).ifelse(0, running),
    )


def _dates(seen: Any, year: Year) -> dict[str, Any]:
    """Return the dates that days are counted from and to."""
    dates = {"accepted": "accepted_at", "closed": "closed_at"}
    if year.has("cases", "received_at", "first_supp_notice_at"):
        dates |= {"received": "received_at", "noticed": "first_supp_notice_at"}
    if year.has("cases", "decided_at", "delivered_at"):
        dates |= {"decided": "decided_at", "delivered": "delivered_at"}
    return {name: seen[at].date() for name, at in dates.items()}


def _is_deemed(rows: Any, last: int) -> Any:
    """视为受理: received, and neither accepted nor told what to supplement within 5 working days.

    An answer without a number was given before the calendar begins.
    """
    answers = [
        rows[at].isnull().ifelse(last, rows[f"{name}_end_no"].fill_null(0))
        for name, at in (("noticed", "first_supp_notice_at"), ("accepted", "accepted_at"))
    ]
    late = ibis.least(*answers) - rows["received_start_no"] > NOTICE_LIMIT
    return (late & ~rows["was_not_accepted"]).fill_null(False)


def _margin(rows: Any, clock: Clock) -> Any:
    """Return days allowed minus days taken; null without a limit, or where the days do not count."""
    since = rows["since_acceptance"]
    if clock.deemed:
        since = rows["deemed"].ifelse(rows["since_receipt"], since)
    taken = passed(since, count_start_day=clock.count_start_day)
    return clock.allowed(rows).floor().cast("int64") - taken


def _require_days(frame: pd.DataFrame, year: Year) -> None:
    """Refuse to go on when days could not be counted for a case whose days count."""
    if "counted" in frame and (frame["counted"] & frame["days"].isna()).any():
        raise XukeError(
            f"{year.title}有办件的受理或办结日期超出了工作日历的范围,数不出工作日:请核对这些办件的日期。"
        )
