"""The plan (安排) by which a cohort's cases are made late: what has been changed, who is still free."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from analysis.sources.demo.cohort import Cases
from analysis.sources.demo.days import Bools, Days, Ints
from analysis.tables.clocks import NOTICE_LIMIT

MOST_OVER = 6  # working days beyond a limit
ANSWER = 2  # working days that a late notice leaves at least: for the answer, and to acceptance


@dataclass
class Plan:
    """What is changed about a cohort while cases are being made late.

    Attributes:
        cases: the cohort, with arrays of its own.
        carried: which cases are still waiting or open at the year's end.
        limit: each case's statutory limit.
        notices, answers: as ``with_supplements`` returns them.
        delivery: working days from decision to delivery, 0 where it is as usual.
        free: which cases nothing has been done to.
    """

    rng: Generator
    days: Days
    year: int
    cases: Cases
    carried: Bools
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
