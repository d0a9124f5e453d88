"""The source (数据源) of a panel: one year, counted once, ready to be narrowed at every choice."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Self

import pandas as pd

from analysis.project import data_dir
from analysis.statistics.facts import Facts, department_names, item_names
from analysis.statistics.kept import kept_facts
from analysis.tables.codes.process import APPLY_CHANNEL
from analysis.tables.place import places
from analysis.tables.year import Year
from analysis.tables.years import years_of

NUMBERS = ("month", "value", "n")
KEPT = 3  # years in memory at a time; a tally takes 25 MB


@dataclass(frozen=True)
class Source:
    """One year of one place.

    Attributes:
        facts: its facts; the words of the tally are categories, so that a choice compares numbers.
    """

    facts: Facts
    _found: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, year: Year | Facts) -> Self:
        """Count a year, unless that is done already."""
        facts = year if isinstance(year, Facts) else kept_facts(year)
        words = [name for name in facts.unfolded if name not in NUMBERS]
        tally = facts.unfolded.astype(dict.fromkeys(words, "category"))
        return cls(replace(facts, tally=tally))

    @property
    def year(self) -> Year:
        """The year."""
        return self.facts.year

    def findings(self, department: str = "") -> pd.DataFrame:
        """Return the findings (发现) of the year or of a department; computed once each."""
        from analysis.problems.findings import findings

        if department not in self._found:
            words = {name: "str" for name in self.facts.tally if name not in NUMBERS}
            plain = replace(self.facts, tally=self.facts.tally.astype(words))
            self._found[department] = findings(plain, department=department or None)
        return self._found[department]

    def departments(self) -> Iterator[tuple[str, str, int]]:
        """Yield code, name and applications of each department, largest first."""
        names = department_names(self.year.items)
        for code, n in self._applications("dept_code").items():
            yield str(code), str(names.get(code, code)), int(n)

    def items(self, department: str = "") -> Iterator[tuple[str, str, int]]:
        """Yield code, name and applications of each item, of one department if given."""
        names = item_names(self.year.items)
        for code, n in self._applications("item_code", department).items():
            yield str(code), str(names.get(code, code)), int(n)

    def channels(self) -> Iterator[tuple[str, str]]:
        """Yield code and name of each channel."""
        yield from APPLY_CHANNEL.terms.items()

    def _applications(self, column: str, department: str = "") -> pd.Series:
        rows = self.facts.rows("applications")
        rows = rows[rows["dept_code"] == department] if department else rows
        counts = rows.groupby(column, observed=True)["n"].sum()
        return counts.sort_values(ascending=False, kind="stable")


@lru_cache(maxsize=KEPT)
def source(place: str, year: int) -> Source:
    """Open and count a year of the project's data; the last few are kept.

    Raises:
        XukeError: no such place, or no data for the year.
    """
    return Source.of(Year.open(place, year))


def available() -> dict[str, tuple[str, list[int]]]:
    """Return name and years, latest first, of each place that has data, by slug."""
    data = data_dir()
    found = {slug: (at.name, years_of(slug, data)[::-1]) for slug, at in places(data).items()}
    return {slug: (name, years) for slug, (name, years) in found.items() if years}
