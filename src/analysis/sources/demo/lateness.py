"""Lateness (超期) planted in the demo place: cases that one clock finds late and another does not.

``calibration.PLANTED`` says how many. Each is a commitment case that was in time, without stops,
extension or supplements; what is moved stays within its year, so no total changes.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from analysis.sources.demo.calibration import PLANTED, Planted
from analysis.sources.demo.cohort import NEVER, Cases, Handling
from analysis.sources.demo.days import Bools, Days, Ints
from analysis.sources.demo.outcomes import APPROVED
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.supplements import with_supplements
from analysis.sources.demo.years import Made
from analysis.tables.clocks import DELIVERY_LIMIT, LEGAL_EXTENSION, NOTICE_LIMIT

MOST_OVER = 6  # working days beyond a limit
ANSWER = 2  # working days that a late notice leaves at least: for the answer, and to acceptance
LONGEST_WAIT = 25


@dataclass
class Plan:
    """What is changed about a cohort while cases are being made late.

    Attributes:
        cases: the cohort, with arrays of its own.
        limit: each case's statutory limit.
        notices, answers: as ``with_supplements`` returns them.
        delivery: working days from decision to delivery, 0 where it is as usual.
        free: which cases nothing has been done to.
    """

    rng: Generator
    days: Days
    year: int
    cases: Cases
    limit: Ints
    notices: Ints
    answers: Ints
    delivery: Ints
    free: Bools

    def choose(self, n: int, fits: Bools) -> Ints:
        """Choose ``n`` free cases that fit; they are free no longer."""
        chosen = self.rng.choice(np.flatnonzero(self.free & fits), n, replace=False)
        self.free[chosen] = False
        return np.asarray(chosen)

    def over(self, n: int) -> Ints:
        """Draw by how many working days a limit is missed."""
        return self.rng.integers(1, MOST_OVER + 1, n)

    def receive_on(self, which: Ints, number: Ints) -> None:
        """Let cases be applied for, and received, on a working day."""
        self.cases.applied[which] = self.days.day(number)

    def notify_late(self, which: Ints) -> None:
        """Let the first notice come after the 5 days, and its answer before acceptance."""
        accepted = self.cases.accepted[which]
        latest = accepted - ANSWER
        earliest = self.days.number(self.cases.applied[which]) + NOTICE_LIMIT + 1
        self.notices[which, 0] = np.minimum(earliest + self.rng.integers(0, 4, len(which)), latest)
        self.answers[which, 0] = self.rng.integers(self.notices[which, 0] + 1, accepted)


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
        limit=limit,
        notices=notices,
        answers=answers,
        delivery=np.zeros(len(cases), dtype=np.int64),
        free=untouched & in_time & accepted & ~handling.immediate[cases.item],
    )
    if made.year in PLANTED:
        _plant_open(plan, made.carried)
        _plant_closed(plan, made.carried)
        _plant_silence(plan, made.carried)
    return plan


def _late_by_any_clock(cases: Cases, limit: Ints) -> Ints:
    """Return the other stops: none where a case is late, so that no clock is kinder to it."""
    allowed = limit + np.minimum(cases.extended, LEGAL_EXTENSION) + cases.stopped
    over = cases.closed - cases.accepted - allowed
    return np.where((cases.accepted != NEVER) & (over > 0), 0, cases.stopped_other)


def _plant_open(plan: Plan, carried: Bools) -> None:
    """Plant what is open and late at the year's end."""
    cases, last, planted = plan.cases, plan.days.last_number(plan.year), PLANTED[plan.year]
    open_ = carried & (cases.accepted <= last)
    which = plan.choose(planted.strict_only_open, open_)
    over, waited = plan.over(len(which)), cases.accepted[which]
    waited = waited - plan.days.number(cases.applied[which])
    cases.accepted[which] = last - plan.limit[which] - over
    plan.receive_on(which, cases.accepted[which] - waited)
    cases.stopped_other[which] = over + plan.rng.integers(0, 3, len(which))

    wait = cases.accepted - (last - plan.limit)  # if it missed the limit by no more than today
    which = plan.choose(planted.deemed_only_open, open_ & _between(wait, NOTICE_LIMIT + 1))
    plan.receive_on(which, last - plan.limit[which] - plan.over(len(which)))


def _plant_closed(plan: Plan, carried: Bools) -> None:
    """Plant what is closed late within the year by its stops or extension, or delivered late."""
    cases, planted, last = plan.cases, PLANTED[plan.year], plan.days.last_number(plan.year)
    most = plan.limit + LEGAL_EXTENSION + MOST_OVER
    room = ~carried & (cases.accepted + most <= last)
    which = plan.choose(planted.strict_only, room)
    over = plan.over(len(which))
    cases.closed[which] = cases.accepted[which] + plan.limit[which] + over
    cases.stopped_other[which] = over + plan.rng.integers(0, 3, len(which))

    which = plan.choose(planted.over_extended, room)
    beyond = plan.rng.integers(1, 6, len(which))
    cases.extended[which] = LEGAL_EXTENSION + beyond
    allowed = plan.limit[which] + LEGAL_EXTENSION
    cases.closed[which] = cases.accepted[which] + allowed + plan.rng.integers(1, beyond + 1)

    which = plan.choose(planted.late_deliveries, ~carried & (cases.closed + 20 <= last))
    plan.delivery[which] = DELIVERY_LIMIT + plan.rng.integers(1, 9, len(which))


def _plant_silence(plan: Plan, carried: Bools) -> None:
    """Plant acceptance by silence: with a late notice or without any, and late by it or not."""
    cases, planted = plan.cases, PLANTED[plan.year]
    taken = cases.closed - cases.accepted
    first = plan.days.first_number(plan.year)
    early = ~carried & (cases.accepted - LONGEST_WAIT - MOST_OVER >= first)
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


def _between(wait: Ints, least: int) -> Bools:
    return np.asarray((wait >= least) & (wait <= LONGEST_WAIT))
