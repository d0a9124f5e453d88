"""Grounds (分析依据): what all questions to a year are answered from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from analysis.statistics import kept
from analysis.statistics.facts import Facts
from analysis.statistics.passes.counting import completed_cases, of_licences
from analysis.tables.year import Year

T = TypeVar("T")


@dataclass(frozen=True)
class Grounds:
    """A year's facts and tables, whole or of one department, and what was computed from them.

    Attributes:
        facts: tally and catalogue.
        department: code of the one department looked at; empty for the whole place.
        whole: the grounds of the whole place, for a department.
        facts_before: those of the same period of the year before, if they have been computed already.
    """

    facts: Facts
    department: str = ""
    whole: "Grounds | None" = None
    facts_before: Facts | None = None
    _kept: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    @property
    def year(self) -> Year:
        """The year, with all its tables of all departments."""
        return self.facts.year

    @cached_property
    def before(self) -> "Grounds | None":
        """The grounds of the same period of the year before; None where it has no data."""
        if self.whole is not None:
            of_all = self.whole.before
            return of_all.of(self.department) if of_all else None
        if self.facts_before is not None:
            return Grounds(self.facts_before)
        earlier = kept.facts_before(self.year)
        return Grounds(earlier) if earlier else None

    def of(self, department: str) -> "Grounds":
        """Return the grounds of one department, by its code."""
        return Grounds(self.facts.department(department), department, self)

    def rows(self, table: str) -> Any:
        """Return the rows of a table that concern licences (Ibis), of the one department if any."""
        return self._own(of_licences(self.year.tables[table], self.year))

    def completed(self) -> Any:
        """Return the licence cases completed in the year (办结), of the one department if any."""
        return self._own(completed_cases(self.year))

    def once(self, compute: Callable[["Grounds"], T]) -> T:
        """Return what a function makes of these grounds, computed once for all questions."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        kept: T = self._kept[compute]
        return kept

    def _own(self, rows: Any) -> Any:
        return rows.filter(rows["dept_code"] == self.department) if self.department else rows
