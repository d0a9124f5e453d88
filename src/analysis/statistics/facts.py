"""Facts (计算依据): what all figures of a year are computed from – its tally and its catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Self

import pandas as pd

from analysis.statistics.tally import tally
from analysis.tables.codes import LICENCE
from analysis.tables.versions import in_force
from analysis.tables.year import Year

CALENDAR = "calendar"


@dataclass(frozen=True)
class Facts:
    """Tally and catalogue of one place and year, or of one department of it.

    Attributes:
        year: whose they are.
        tally: counts of licence cases only; see ``licence_cases``.
        items: the catalogue, all versions.
    """

    year: Year
    tally: pd.DataFrame
    items: pd.DataFrame

    @classmethod
    def of(cls, year: Year) -> Self:
        """Compute the facts of a year; this is the only step that looks at cases."""
        return cls(year, licence_cases(tally(year), year.items), year.items)

    def department(self, code: str) -> Self:
        """Return the facts of one department."""
        return replace(
            self,
            tally=self.tally[self.tally["dept_code"] == code],
            items=self.items[self.items["dept_code"] == code],
        )

    def lacking(self, needs: Iterable[str]) -> list[str]:
        """Return which of the needs (see ``Figure.needs``) are not there."""
        return [name for name in needs if not self._has(name)]

    def _has(self, name: str) -> bool:
        if name == CALENDAR:
            return self.year.place.calendar is not None
        column, _, _ = name.partition("=")
        return self.year.has(*column.split(".")) and name not in self.year.absent

    def rows(self, measure: str, **where: object) -> pd.DataFrame:
        """Return the tally's rows of a measure, where columns have the given values."""
        rows = self.tally[self.tally["measure"] == measure]
        for column, value in where.items():
            rows = rows[rows[column] == value]
        return rows

    def n(self, measure: str, **where: object) -> int:
        """Return how many cases a measure counts."""
        return int(self.rows(measure, **where)["n"].sum())

    @cached_property
    def in_force(self) -> pd.DataFrame:
        """Catalogue rows in force at the cut-off."""
        return in_force(self.items, self.year.cutoff)

    @cached_property
    def in_force_before(self) -> pd.DataFrame:
        """Catalogue rows in force on the last day of the year before."""
        return in_force(self.items, self.year.start - timedelta(days=1))


def licence_cases(counts: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Keep the counts of licence cases: of items of type 01, and of items not in the catalogue.

    An export of licence cases may name items that the catalogue lacks; they are counted, and shown
    as 未入目录. Cases of items known to be of another type are not licence cases.
    """
    other = set(items["item_code"]) - set(items.loc[items["item_type"] == LICENCE, "item_code"])
    return counts[~counts["item_code"].isin(other)].reset_index(drop=True)
