"""Lateness (超期) planted in the demo place: cases that one clock finds late and another does not.

``calibration.PLANTED`` says how many. Each is a commitment case that was in time, without stops,
extension or supplements; what is moved stays within its year, so no total changes. Only what is
removed leaves its year: it is open at the year's end, and deleted in the next year instead of closed.
"""

from dataclasses import replace

import numpy as np

from analysis.sources.demo.calibration import PLANTED, Planted
from analysis.sources.demo.cohort import NEVER, Cases, Handling
from analysis.sources.demo.days import Bools, Days, Ints
from analysis.sources.demo.outcomes import APPROVED, DELETED
from analysis.sources.demo.plan import ANSWER, MOST_OVER, Plan
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.supplements import with_supplements
from analysis.sources.demo.years import Made
from analysis.tables.clocks import DELIVERY_LIMIT, LEGAL_EXTENSION, NOTICE_LIMIT

LONGEST_WAIT = 25
# Working days from the year's end until a case is removed: after the year's export, which so knows
# it as open, and before the next year's end.
REMOVED_AFTER, REMOVED_BY = 15, 120


def with_lateness(days: Days, handling: Handling, made: Made) -> Plan:
    """Give the cohort of a year its supplements, and the lateness planted in that year."""
    cases, notices, answers = with_supplements(days, handling, made)
    cases = Cases(**{name: column.copy() for name, column in vars(cases).items()})
    limit = handling.statutory[cases.item]
    cases = replace(cases, stopped_other=_late_by_any_clock(cases, limit))
    untouched = (cases.extended + cases.stopped + cases.stopped_other == 0) & (
        notices[:, 0] == NEVER
    )
    in_time = cases.closed - cases.accepted <= limit
    accepted = (cases.accepted != NEVER) & (cases.outcome == APPROVED)
    plan = Plan(
        rng=stream(made.year, Use.LATENESS),
        days=days,
        year=made.year,
        cases=cases,
        carried=made.carried.copy(),
        limit=limit,
        notices=notices,
        answers=answers,
        delivery=np.zeros(len(cases), dtype=np.int64),
        free=untouched & in_time & accepted & ~handling.immediate[cases.item],
    )
    if made.year in PLANTED:
        _plant_open(plan)
        _plant_closed(plan)
        _plant_silence(plan)
        _plant_removed(plan)
    return plan


def _late_by_any_clock(cases: Cases, limit: Ints) -> Ints:
    """Return the other stops: none where a case is late, so that no clock is kinder to it."""
    allowed = limit + np.minimum(cases.extended, LEGAL_EXTENSION) + cases.stopped
    over = cases.closed - cases.accepted - allowed
    return np.where((cases.accepted != NEVER) & (over > 0), 0, cases.stopped_other)


def _plant_open(plan: Plan) -> None:
    """Plant what is open and late at the year's end."""
    cases, last, planted = plan.cases, plan.days.last_number(plan.year), PLANTED[plan.year]
    open_ = plan.carried & (cases.accepted <= last)
    which = plan.choose(planted.strict_only_open, open_)
    over, waited = plan.over(len(which)), cases.accepted[which]
    waited = waited - plan.days.number(cases.applied[which])
    cases.accepted[which] = last - plan.limit[which] - over
    plan.receive_on(which, cases.accepted[which] - waited)
    cases.stopped_other[which] = over + plan.rng.integers(0, 3, len(which))

    wait = cases.accepted - (last - plan.limit)  # if it missed the limit by no more than today
    which = plan.choose(planted.deemed_only_open, open_ & _between(wait, NOTICE_LIMIT + 1))
    plan.receive_on(which, last - plan.limit[which] - plan.over(len(which)))


def _plant_closed(plan: Plan) -> None:
    """Plant what is closed late within the year by its stops or extension, or delivered late."""
    cases, planted, last = plan.cases, PLANTED[plan.year], plan.days.last_number(plan.year)
    most = plan.limit + LEGAL_EXTENSION + MOST_OVER
    room = ~plan.carried & (cases.accepted + most <= last)
    which = plan.choose(planted.strict_only, room)
    over = plan.over(len(which))
    cases.closed[which] = cases.accepted[which] + plan.limit[which] + over
    cases.stopped_other[which] = over + plan.rng.integers(0, 3, len(which))

    which = plan.choose(planted.over_extended, room)
    beyond = plan.rng.integers(1, 6, len(which))
    cases.extended[which] = LEGAL_EXTENSION + beyond
    allowed = plan.limit[which] + LEGAL_EXTENSION
    cases.closed[which] = cases.accepted[which] + allowed + plan.rng.integers(1, beyond + 1)

    which = plan.choose(planted.late_deliveries, ~plan.carried & (cases.closed + 20 <= last))
    plan.delivery[which] = DELIVERY_LIMIT + plan.rng.integers(1, 9, len(which))


def _plant_silence(plan: Plan) -> None:
    """Plant acceptance by silence: with a late notice or without any, and late by it or not."""
    cases, planted = plan.cases, PLANTED[plan.year]
    taken = cases.closed - cases.accepted
    first = plan.days.first_number(plan.year)
    early = ~plan.carried & (cases.accepted - LONGEST_WAIT - MOST_OVER >= first)
    least = NOTICE_LIMIT + 1 + ANSWER
    earlier = PLANTED.get(plan.year - 1, Planted()).deemed_only_open
    deemed = plan.choose(planted.deemed_only - earlier, early & _between(plan.limit - taken, least))
    plan.receive_on(deemed, cases.closed[deemed] - plan.limit[deemed] - plan.over(len(deemed)))
    told = deemed[: len(deemed) // 2]
    plan.notify_late(told)

    spared = early & (taken + least + MOST_OVER <= plan.limit)
    which = plan.choose(planted.late_notices - len(told), spared)
    wait = least + plan.rng.integers(0, MOST_OVER, len(which))
    plan.receive_on(which, cases.accepted[which] - wait)
    plan.notify_late(which)

    silent = len(deemed) - len(told) + planted.deemed_only_open
    which = plan.choose(planted.unnoticed - silent, spared)
    wait = NOTICE_LIMIT + plan.rng.integers(1, 5, len(which))
    plan.receive_on(which, cases.accepted[which] - wait)


def _plant_removed(plan: Plan) -> None:
    """Plant what is open and late at the year's end and removed (删除件) in the next year.

    Such a case would have been closed in time, within the year. It is not: the year leaves one open
    case more behind, and nobody ever decides on it.
    """
    cases, planted, last = plan.cases, PLANTED[plan.year], plan.days.last_number(plan.year)
    over = last - plan.limit - cases.accepted
    n = planted.removed + planted.removed_strict_only
    which = plan.choose(n, ~plan.carried & (over >= 1) & (over <= MOST_OVER))
    cases.closed[which] = last + plan.rng.integers(REMOVED_AFTER, REMOVED_BY, n)
    cases.outcome[which] = DELETED
    plan.carried[which] = True
    strict = which[planted.removed :]
    cases.stopped_other[strict] = over[strict] + plan.rng.integers(0, 3, len(strict))


def _between(wait: Ints, least: int) -> Bools:
    return np.asarray((wait >= least) & (wait <= LONGEST_WAIT))
