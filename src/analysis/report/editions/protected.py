"""Protected tables (公开的表) of one year as sections read them: of the place, or of one department."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.report.html import Html, note
from analysis.report.numbers import MASK
from analysis.report.released import Release
from analysis.report.released import tables as names
from analysis.report.tabular import Format, table
from analysis.statistics.breakdowns import TOTAL

HIDDEN = "“*”为不公开的数:数目过小,或由它可以推算出过小的数。"


class Protected:
    """The released tables of one year, or what they say of one department."""

    def __init__(self, release: Release, year: int, department: str = ""):
        """Take a release; ``department`` is the name of the one department, empty for all."""
        self._release, self.year, self.department = release, year, department

    def table(self, name: str, year: int | None = None) -> pd.DataFrame:
        """Return a protected table; empty where the year has none."""
        return self._release.tables.get((year or self.year, name), pd.DataFrame())

    def rows(self, name: str, year: int | None = None) -> pd.DataFrame:
        """Return a protected table, or the one row of it that is of the department."""
        frame = self.table(name, year)
        return frame[frame.index == self.department] if self.department else frame

    def months(self, year: int) -> pd.DataFrame | None:
        """Return a year's months as charts take them; None where one is not shown."""
        rows = self.table(names.MONTHS, year)
        if rows.empty or masked(rows["受理量"]):
            return None
        months, n = rows.index.astype("int64"), rows["受理量"].astype("int64").to_numpy()
        return pd.DataFrame({"year": year, "month": months, "n": n})

    def shown(
        self,
        name: str,
        columns: Sequence[str] = (),
        *,
        unit: str,
        names: Mapping[str, str] | None = None,
        formats: Mapping[str, Format] | None = None,
    ) -> Html:
        """Return a protected table as readers see it."""
        rows = self.rows(name)
        if rows.empty:
            return nothing(name)
        kept = rows[list(columns)] if columns else rows
        return table(
            kept.rename(columns=dict(names or {})).rename_axis(columns=None),
            caption=name,
            unit=unit,
            note=HIDDEN if (kept == MASK).to_numpy().any() else "",
            formats=formats,
            total=TOTAL in kept.index,
        )


def nothing(what: str) -> Html:
    """Say that the year has no data for a section."""
    return note("没有“{}”的数据。", what)


def masked(values: pd.Series) -> bool:
    """Return whether one of several numbers is hidden."""
    return bool((values == MASK).any())
