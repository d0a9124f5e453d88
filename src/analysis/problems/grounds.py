"""Grounds (分析依据): what all questions to a year are answered from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from analysis.statistics.facts import Facts
from analysis.tables.year import Year

T = TypeVar("T")


@dataclass(frozen=True)
class Grounds:
    """A year's facts and tables, whole or of one department, and what was computed from them.

    Attributes:
        facts: tally and catalogue.
        department: code of the one department looked at; empty for the whole place.
    """

    facts: Facts
    department: str = ""
    _kept: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    @property
    def year(self) -> Year:
        """The year, with all its tables of all departments."""
        return self.facts.year

    @cached_property
    def before(self) -> "Grounds | None":
        """The grounds of the year before; None where it has no data."""
        earlier = self.year.before()
        if earlier is None:
            return None
        facts = Facts.of(earlier)
        return Grounds(
            facts.department(self.department) if self.department else facts, self.department
        )

    def once(self, compute: Callable[["Grounds"], T]) -> T:
        """Return what a function makes of these grounds, computed once for all questions."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        kept: T = self._kept[compute]
        return kept
