"""What a plant (植入项) is: what it does to a cohort's days, to its table, and what it says of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.sources.demo.cohort import NEVER
from analysis.sources.demo.days import Bools, Days, Ints
from analysis.sources.demo.source import Catalogue
from analysis.sources.demo.years import Made
from analysis.tables.codes.catalogue import IMMEDIATE


@dataclass(frozen=True)
class Cohort:
    """One year's cohort while something is planted in it.

    Attributes:
        days: the calendar.
        catalogue: what cases take over from.
        made: the cases.
    """

    days: Days
    catalogue: Catalogue
    made: Made

    @property
    def year(self) -> int:
        """Year of application."""
        return self.made.year

    @property
    def bureau(self) -> Ints:
        """Each case's bureau, as its place among the bureaux."""
        return np.asarray(self.catalogue.base["bureau"].to_numpy()[self.made.cases.item])

    @property
    def immediate(self) -> Bools:
        """Which cases are of immediate items."""
        kind = self.catalogue.base["case_type"].to_numpy() == IMMEDIATE
        return np.asarray(kind[self.made.cases.item])

    @property
    def promised(self) -> Ints:
        """Each case's promised working days."""
        cases = self.made.cases
        return np.asarray(self.catalogue.version(cases.item, cases.applied)[1].astype(np.int64))

    @property
    def finished(self) -> Bools:
        """Which cases were accepted and closed within the year."""
        cases = self.made.cases
        return np.asarray((cases.accepted != NEVER) & (cases.closed != NEVER) & ~self.made.carried)

    @property
    def usual(self) -> Bools:
        """Which cases ran their usual course: finished within the promise, without stops."""
        cases = self.made.cases
        plain = cases.extended + cases.stopped + cases.stopped_other == 0
        return np.asarray(self.finished & plain & (cases.closed - cases.accepted <= self.promised))


def same_course(cohort: Cohort) -> Made:
    """Leave the days as they are."""
    return cohort.made


def same_table(cohort: Cohort, table: pa.Table) -> pa.Table:
    """Leave the table as it is."""
    return table


@dataclass(frozen=True)
class Plant:
    """Something planted.

    Attributes:
        name: key in ``truth.json``.
        truth: what is planted in a year, as it stands in ``truth.json``.
        course: returns the cohort's cases with other days; totals of the year stay.
        table: returns the cohort's table with other labels.
    """

    name: str
    truth: Callable[[int], dict[str, Any]]
    course: Callable[[Cohort], Made] = same_course
    table: Callable[[Cohort, pa.Table], pa.Table] = same_table
