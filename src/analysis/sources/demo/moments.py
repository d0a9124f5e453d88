"""Moments (时间): seconds of application, acceptance, decision, closing and delivery."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from analysis.sources.demo.cohort import NEVER, Cases
from analysis.sources.demo.days import (
    DAY,
    Bools,
    Days,
    Ints,
    office_seconds,
    online_seconds,
    window_seconds,
)

OPENS = 31_000  # 8:36, before anything is decided
DECISIONS = (1, 2)  # approved, refused: places in OUTCOMES
NOT_YET = np.int64(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Moments:
    """When things happened, in seconds since 1970 (local time); ``NOT_YET`` for what did not."""

    submitted: Ints
    received: Ints
    accepted: Ints
    not_accepted: Ints
    decided: Ints
    closed: Ints
    delivered: Ints


def moments(rng: Generator, days: Days, cases: Cases, online: Bools) -> Moments:
    """Draw the time of day for everything that happened, in order."""
    n = len(cases)
    started = days.number(cases.applied)
    first = np.minimum(np.minimum(cases.accepted, cases.refused), cases.closed)
    at_once = (first == started) & days.is_workday(cases.applied)
    submitted = cases.applied * DAY + np.where(
        at_once,
        window_seconds(rng, n),
        np.where(online, online_seconds(rng, n), office_seconds(rng, n)),
    )
    decision = np.where(
        at_once,
        submitted + rng.integers(60, 1500, n),
        days.day(first) * DAY + window_seconds(rng, n),
    )
    same_day = cases.closed == first
    done = np.where(cases.closed == NEVER, first, cases.closed)
    closed = np.where(
        same_day,
        decision + rng.integers(60, 2400, n),
        days.day(done) * DAY + office_seconds(rng, n),
    )
    before = (cases.accepted == NEVER) & (cases.closed != NEVER)
    closed = np.where(before, decision, closed)
    happened = cases.closed != NEVER
    granted = happened & np.isin(cases.outcome, DECISIONS)
    # Materials that come in on a day off are received when the office opens.
    opened = days.day(started) * DAY + OPENS
    wait = np.where(same_day | online, 0, rng.integers(0, 4, n))
    later = days.day(np.where(happened, done, started) + wait) * DAY + office_seconds(rng, n)
    return Moments(
        submitted=submitted,
        received=np.where(days.is_workday(cases.applied), submitted, opened),
        accepted=np.where(cases.accepted != NEVER, decision, NOT_YET),
        not_accepted=np.where(cases.refused != NEVER, decision, NOT_YET),
        decided=np.where(granted, np.maximum(closed - rng.integers(0, 900, n), decision), NOT_YET),
        closed=np.where(happened, closed, NOT_YET),
        delivered=np.where(
            granted, np.where(wait == 0, closed + rng.integers(60, 900, n), later), NOT_YET
        ),
    )


def delivered_late(rng: Generator, days: Days, when: Moments, delivery: Ints) -> Moments:
    """Let what is delivered late be so: ``delivery`` working days after the decision, if not 0."""
    late = np.flatnonzero(delivery)
    day = days.day(days.number(when.decided[late] // DAY) + delivery[late])
    delivered = when.delivered.copy()
    delivered[late] = day * DAY + office_seconds(rng, len(late))
    return replace(when, delivered=delivered)
