"""What a page is about (对象): a whole place, or one department of it."""

from dataclasses import dataclass
from typing import Self

from analysis.errors import XukeError
from analysis.report.reconciled import printed_report
from analysis.statistics.departments import department_code
from analysis.statistics.facts import Facts, department_name
from analysis.statistics.kept import facts_before, kept_facts
from analysis.tables.year import Year

WHOLE = "全区"


@dataclass(frozen=True)
class Subject:
    """The facts of what a page is about.

    Attributes:
        facts: those of the year.
        before: those of the same period of the year before; None without its data, or if the department was not there.
        department: code of the one department; empty for the whole place.
        name: how sentences call it.
    """

    facts: Facts
    before: Facts | None
    department: str
    name: str

    @classmethod
    def of(cls, year: Year, department: str) -> Self:
        """Return the subject; ``department`` is a code, a name, or empty.

        Raises:
            XukeError: there is no such department; names the nearest.
        """
        facts, before = kept_facts(year), facts_before(year)
        if not department:
            return cls(facts, before, "", WHOLE)
        code = department_code(facts, department)
        name = department_name(year.items, code)
        try:
            then = before.department(department_code(before, code)) if before else None
        except XukeError:
            then = None
        return cls(facts.department(code), then, code, name)

    @property
    def source(self) -> dict[str, str] | None:
        """The printed report of the place and year; None where none is known."""
        return printed_report(self.facts.year)

    @property
    def above(self) -> str:
        """What stands over the heading of the page."""
        year = self.facts.year
        whose = f"{year.place.name} · {self.name}" if self.department else year.place.name
        return f"{whose} · {year.year} 年度"
