"""Running (用时): how many working days cases have run, and how many each clock leaves them."""

from typing import Any

import ibis

from analysis.statistics.passes.states import days_count
from analysis.statistics.passes.workdays import Numbers, between, passed
from analysis.tables.clocks import CLOCKS, NOTICE_LIMIT, Clock
from analysis.tables.year import Year

STOPS = ("stopped_days_art45", "stopped_days_other")


def clocks_of(year: Year) -> list[Clock]:
    """Return the clocks that the year's columns and calendar allow to be run."""
    runnable = [clock for clock in CLOCKS if year.has("cases", *clock.columns)]
    return runnable if year.place.calendar else []


def running_since(seen: Any, year: Year) -> Any:
    """Add how long cases have run, if completed in the year or open at the cut-off.

    These are ``deemed``, ``running`` (whether days count, from acceptance or from receipt), and in
    working days ``since_acceptance`` and ``since_receipt``, the latter where acceptance is deemed;
    see ``between``.
    """
    calendar = year.place.calendar
    assert calendar is not None
    calendar.require(year.year)
    rows = Numbers.of(calendar).number(seen.mutate(counted=days_count(seen)), _dates(seen, year))
    last = calendar.end_number(year.cutoff)
    ended = rows["closed_at"].isnull().ifelse(last, rows["closed_end_no"])
    deeming = any(clock.deemed for clock in clocks_of(year))
    rows = rows.mutate(
        ended_end_no=ended, deemed=_is_deemed(rows, last) if deeming else ibis.literal(False)
    )
    if "delivered_end_no" in rows.columns:
        # What has not been handed over is as late as the cut-off is.
        handed = rows["delivered_at"].isnull().ifelse(last, rows["delivered_end_no"])
        rows = rows.mutate(handed_end_no=handed)
    running = rows["counted"] | (rows["pending_at_end"] & rows["deemed"])
    made = {"since_acceptance": only_where(rows["counted"], between(rows, "accepted", "ended"))}
    if deeming:
        since_receipt = between(rows, "received", "ended")
        made["since_receipt"] = only_where(running & rows["deemed"], since_receipt)
    return rows.mutate(running=running, **made)


def with_days(rows: Any, clocks: list[Clock]) -> Any:
    """Add days taken and margins to cases, or to groups of them; see ``running_since``."""
    rows = rows.mutate(days=passed(rows["since_acceptance"]))
    stops = [rows[c].fill_null(0) for c in STOPS if c in rows.columns]
    running = rows["days"] - sum(stops[1:], stops[0]).floor().cast("int64") if stops else None
    return rows.mutate(
        **{f"{clock.name}_margin": _margin(rows, clock) for clock in clocks},
        running_days=rows["days"] if running is None else (running < 0).ifelse(0, running),
    )


def only_where(condition: Any, value: Any) -> Any:
    """Return a value where a condition holds, else nothing."""
    return condition.ifelse(value, ibis.null(value.type()))


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
