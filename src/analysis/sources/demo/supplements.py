"""Supplements (补正) of the demo place: rounds of notice and answer between receipt and acceptance."""

from dataclasses import replace

import numpy as np

from analysis.sources.demo.cohort import NEVER, Cases, Handling
from analysis.sources.demo.days import Days, Ints
from analysis.sources.demo.planting.supplements import asked_more, rounds
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.years import Made
from analysis.tables.clocks import NOTICE_LIMIT

ROUNDS = 3
SHARES = (0.008, 0.085)  # of immediate and of other cases, on average
UNEVEN = 2.0  # shape of the gamma distribution of the items' shares
MOST = 0.6
ANSWERED = 15  # working days within which applicants answer
LEFT = 2  # working days from the last answer to acceptance, at most
ONE_ROUND = NOTICE_LIMIT + ANSWERED + LEFT  # working days that a round takes at most


def with_supplements(days: Days, handling: Handling, made: Made) -> tuple[Cases, Ints, Ints]:
    """Give some cases supplements, all of them told in time; the day of application moves back.

    The year of application stays, so no total changes.

    Returns:
        The cases, and two arrays of shape (cases, 3): the working-day numbers of the notices and of
        the answers, ``NEVER`` for rounds that there were not.
    """
    rng, cases = stream(made.year, Use.SUPPLEMENTS), made.cases
    decided = np.minimum(np.minimum(cases.accepted, cases.refused), cases.closed)
    waited = decided - days.number(cases.applied)
    room = decided - days.first_number(made.year)
    done = (cases.accepted != NEVER) & (cases.closed != NEVER) & ~made.carried
    asked = rng.random(len(cases)) < _prone(handling)[cases.item]
    spare = done & ~asked & (waited <= NOTICE_LIMIT) & (room >= ONE_ROUND)
    asked[asked_more(rng, handling, made, spare)] = True
    which = np.flatnonzero(asked)
    gaps = np.stack([_gap(rng, len(which), k) for k in range(2 * ROUNDS)], axis=1)
    time_for_all = room[which] >= gaps.sum(axis=1) + LEFT
    told = rounds(rng, made.year, done[which] & time_for_all)
    gaps[np.arange(2 * ROUNDS) >= 2 * told[:, None]] = 0
    until = gaps.cumsum(axis=1)
    wait = np.maximum(until[:, -1] + rng.integers(1, LEFT + 1, len(which)), waited[which])
    fits = room[which] >= wait
    which, told, until, wait = which[fits], told[fits], until[fits], wait[fits]

    notices = np.full((len(cases), ROUNDS), NEVER)
    answers = notices.copy()
    for k in range(ROUNDS):
        there = told > k
        began = (decided[which] - wait)[there]
        notices[which[there], k] = began + until[there, 2 * k]
        answers[which[there], k] = began + until[there, 2 * k + 1]
    applied = cases.applied.copy()
    applied[which] = days.day(decided[which] - wait)

    # Who waits longer than the law lets an agency be silent has been told something meanwhile.
    silent = np.flatnonzero((waited > NOTICE_LIMIT) & (notices[:, 0] == NEVER))
    told = rng.integers(1, 4, len(silent))
    notices[silent, 0] = decided[silent] - waited[silent] + told
    answers[silent, 0] = decided[silent] - 1
    return replace(cases, applied=applied), notices, answers


def _prone(handling: Handling) -> np.ndarray:
    """Return each item's share of cases with supplements: some items have many."""
    relative = stream(0, Use.HABITS).gamma(UNEVEN, 1 / UNEVEN, len(handling.weight))
    return np.asarray(np.minimum(relative * np.where(handling.immediate, *SHARES), MOST))


def _gap(rng: np.random.Generator, n: int, k: int) -> Ints:
    """Draw the working days to a notice (even ``k``) or to the applicant's answer (odd)."""
    if k % 2:
        return np.minimum(rng.geometric(0.28, n), ANSWERED)
    return rng.integers(1, (NOTICE_LIMIT if k == 0 else 3) + 1, n)
