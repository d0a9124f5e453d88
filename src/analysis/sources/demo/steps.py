"""Steps (环节) of the demo's cases: when each one begins and ends, to the second.

Immediate cases without supplements are applied for, accepted, closed and delivered, and nothing is
known in between: their steps are their own columns. Only the others are kept here.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.random import Generator

from analysis.sources.demo.cohort import NEVER, Cases
from analysis.sources.demo.course import Course
from analysis.sources.demo.days import DAY, Bools, Days, Ints, office_seconds
from analysis.sources.demo.moments import NOT_YET, Moments
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.supplements import ROUNDS

# The slots of a case, in the order in which steps can happen.
SLOTS = (
    "submit",
    "receive",
    *("supp_notice", "supp_received") * ROUNDS,
    "accept",
    "reject",
    "handle",
    *("stop_start", "stop_end") * 2,  # Art. 45 first, then the other one
    "extend",
    "review",
    "return",
    "handle",
    "review",
    "approve",
    "decide",
    "close",
    "deliver",
)
SUBMIT, RECEIVE, NOTICE = 0, 1, 2
ACCEPT, REJECT = (SLOTS.index(name) for name in ("accept", "reject"))
HANDLE, STOP, EXTEND, REVIEW = (
    SLOTS.index(name) for name in ("handle", "stop_start", "extend", "review")
)
RETURN, AGAIN, REVIEWED, APPROVE, DECIDE, CLOSE, DELIVER = range(REVIEW + 1, len(SLOTS))
LASTING = (HANDLE, REVIEW, AGAIN, REVIEWED, APPROVE)  # all others have no duration
RETURNED = 0.04
OPENS, SHUTS = 30_600, 62_700  # 8:30, 17:25


@dataclass(frozen=True)
class Steps:
    """The steps of the cases that have more of them than their columns show.

    Attributes:
        row: place of each case in its cohort's table.
        at: when each slot begins, seconds since 1970, shape (cases, slots); ``NOT_YET`` for none.
        until: when the slots of ``LASTING`` end, shape (cases, 5).
    """

    row: Ints
    at: Ints
    until: Ints

    def of(self, which: Bools) -> "Steps":
        """Return the steps of the table rows ``which``, by their place among these."""
        place = np.cumsum(which) - 1
        there = which[self.row]
        return Steps(place[self.row[there]], self.at[there], self.until[there])

    def after(self, others: "Steps", rows: int) -> "Steps":
        """Return these steps after those of ``others``, whose table has ``rows`` rows."""
        return Steps(
            np.concatenate([others.row, self.row + rows]),
            np.concatenate([others.at, self.at]),
            np.concatenate([others.until, self.until]),
        )


def steps(
    year: int, days: Days, cases: Cases, course: Course, when: Moments, immediate: Bools
) -> Steps:
    """Draw the steps of a cohort's cases."""
    rng = stream(year, Use.STEPS)
    row = np.flatnonzero(~immediate | (course.notices[:, 0] != NEVER))
    cases, course = cases.take(row), course.take(row)
    when = replace(when, **{name: column[row] for name, column in vars(when).items()})
    at = np.full((len(row), len(SLOTS)), NOT_YET)
    at[:, SUBMIT], at[:, RECEIVE] = when.submitted, when.received
    for k in range(ROUNDS):
        at[:, NOTICE + 2 * k] = _in_office(rng, days, course.notices[:, k])
        at[:, NOTICE + 2 * k + 1] = _in_office(rng, days, course.answers[:, k])
    at[:, ACCEPT], at[:, REJECT] = when.accepted, when.not_accepted
    worked = ~immediate[row] & (cases.accepted != NEVER)
    at[worked, HANDLE : APPROVE + 1] = _inner(
        rng,
        days,
        cases.take(worked),
        course.take(np.flatnonzero(worked)),
        when.accepted[worked],
        np.minimum(when.decided, when.closed)[worked],
        when.decided[worked] != NOT_YET,
    )
    at[worked, DECIDE] = when.decided[worked]
    at[:, CLOSE], at[:, DELIVER] = when.closed, when.delivered
    return Steps(row, at, _ends(at))


def _in_office(rng: Generator, days: Days, number: Ints) -> Ints:
    """Draw a second of the office hours of a working day; ``NEVER`` stays out of account."""
    happens = number != NEVER
    day = days.day(np.where(happens, number, 0))
    return np.where(happens, day * DAY + office_seconds(rng, len(number)), NOT_YET)


def _inner(
    rng: Generator,
    days: Days,
    cases: Cases,
    course: Course,
    accepted: Ints,
    ended: Ints,
    decided: Bools,
) -> Ints:
    """Return when the slots from handling to approval begin, between acceptance and the end.

    Each has its working day; steps of one day follow each other within what the day leaves.
    """
    n = len(cases)
    returned = decided & (rng.random(n) < RETURNED)
    again = course.review + np.floor(rng.random(n) * (cases.closed - course.review + 1)).astype(
        np.int64
    )
    numbers = {
        HANDLE: (cases.accepted, np.ones(n, dtype=bool)),
        STOP: (course.stop, cases.stopped > 0),
        STOP + 1: (course.stop + cases.stopped, cases.stopped > 0),
        STOP + 2: (course.other_stop, cases.stopped_other > 0),
        STOP + 3: (course.other_stop + cases.stopped_other, cases.stopped_other > 0),
        EXTEND: (course.extension, cases.extended > 0),
        REVIEW: (course.review, decided),
        RETURN: (course.review, returned),
        AGAIN: (course.review, returned),
        REVIEWED: (again, returned),
        APPROVE: (cases.closed, decided),
    }
    begins = np.empty((n, len(numbers)), dtype=np.int64)
    for order, (number, happens) in enumerate(numbers.values()):
        day = days.day(number)
        early = np.maximum(day * DAY + OPENS, np.where(number == cases.accepted, accepted, 0))
        late = np.minimum(day * DAY + SHUTS, ended)
        share = (order + rng.random(n)) / len(numbers)
        begins[:, order] = np.where(
            happens, early + (np.maximum(late - early, 0) * share).astype(np.int64), NOT_YET
        )
    begins[:, 0] = accepted
    return begins


def _ends(at: Ints) -> Ints:
    """Return when the lasting slots end: when the next one of the chain begins."""
    ends: dict[int, Any] = {
        HANDLE: np.minimum(at[:, REVIEW], at[:, CLOSE]),
        REVIEW: np.minimum(at[:, RETURN], at[:, APPROVE]),
        AGAIN: at[:, REVIEWED],
        REVIEWED: at[:, APPROVE],
        APPROVE: at[:, DECIDE],
    }
    return np.stack([ends[slot] for slot in LASTING], axis=1)
