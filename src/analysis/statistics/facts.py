"""Facts (计算依据): what all figures of a year are computed from – its tally and its catalogue."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any, Self, TypeVar

import pandas as pd

from analysis.statistics.passes.cells import cells
from analysis.statistics.passes.counting import other_items
from analysis.statistics.passes.measures import BY_NAME
from analysis.statistics.passes.oversight import oversight_tallies
from analysis.statistics.passes.tally import in_words, measured, numbered, unfolded
from analysis.tables.versions import in_force
from analysis.tables.year import Year

CALENDAR = "calendar"
T = TypeVar("T")


@dataclass(frozen=True)
class Facts:
    """Tally and catalogue of one place and year, or of one department of it.

    Attributes:
        year: whose they are.
        tally: counts of licence cases only (see ``licence_cases``), in either of its forms: cells,
            or unfolded. Ask for ``rows``, or for ``unfolded``.
        items: the catalogue, all versions.
        oversight: what was counted in the tables of supervision, by table; see ``oversight``.
        whole: the facts of the place that this is a part of; None for those of the place.
        added_up: whether it was put together from tallies (see ``federation``): there are no rows,
            and only what is additive can be computed.
    """

    year: Year
    tally: pd.DataFrame
    items: pd.DataFrame
    oversight: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    whole: "Facts | None" = None
    added_up: bool = False

    @classmethod
    def of(cls, year: Year) -> Self:
        """Compute the facts of a year; this is the only step that looks at rows."""
        counts = licence_cases(numbered(cells(year)), year.items)
        return cls(year, counts, year.items, oversight_tallies(year))

    def department(self, code: str) -> Self:
        """Return the facts of one department.

        What compares its items with others, or with what they were before, looks at ``place``.
        """
        return replace(
            self,
            whole=self.place,
            tally=self.tally[self.tally["dept_code"] == code],
            items=self.items[self.items["dept_code"] == code],
            oversight={
                name: rows[rows["dept_code"] == code] for name, rows in self.oversight.items()
            },
        )

    @property
    def place(self) -> "Facts":
        """The facts of the place that these are a part of, or these."""
        return self.whole or self

    def lacking(self, needs: Iterable[str]) -> list[str]:
        """Return which of the needs (see ``Figure.needs``) are not there.

        A table that is not there at all is named once, as ``table``.
        """
        lacking = (name for name in needs if not self._has(name))
        return list(dict.fromkeys(map(self._whole, lacking)))

    def _whole(self, name: str) -> str:
        table = name.split(".")[0]
        return name if name == CALENDAR or self.year.has(table) else table

    def _has(self, name: str) -> bool:
        if name == CALENDAR:
            return self.year.place.calendar is not None
        column, _, _ = name.partition("=")
        return self.year.has(*column.split(".")) and name not in self.year.absent

    def rows(self, measure: str, **where: object) -> pd.DataFrame:
        """Return the tally's rows of a measure, where columns have the given values.

        They are those of ``tally.tally``; several may differ in nothing but what they count.
        """
        rows = self.coded_rows(measure, **where)
        return rows if "measure" in self.tally else in_words(rows)

    def coded_rows(self, measure: str, **where: object) -> pd.DataFrame:
        """Return ``rows`` whose words may be categories: for what only compares or adds up."""
        if measure not in self._by_measure:
            self._by_measure[measure] = measured(self.tally, measure)
        rows = self._by_measure[measure]
        for column, value in where.items():
            rows = rows[rows[column] == value]
        return rows

    @cached_property
    def _by_measure(self) -> dict[str, pd.DataFrame]:
        """What of the tally is split by measure so far: figures ask for some eighty of them."""
        if "measure" not in self.tally:
            return {}
        split = {str(name): rows for name, rows in self.tally.groupby("measure", sort=False)}
        return dict.fromkeys(BY_NAME, self.tally.iloc[:0]) | split

    @cached_property
    def unfolded(self) -> pd.DataFrame:
        """The tally in one row per measure, month, item … and value."""
        return unfolded(self.tally)

    def n(self, measure: str, **where: object) -> int:
        """Return how many cases a measure counts, where columns have a value, or one of a tuple."""
        rows = self.coded_rows(measure)
        counted = rows["n"].to_numpy()
        for column, value in where.items():
            among = rows[column].isin(value) if isinstance(value, tuple) else rows[column] == value
            counted = counted * among.to_numpy(dtype=bool)
        return int(counted.sum())

    def once(self, compute: Callable[..., T], *given: Hashable) -> T:
        """Return what a function makes of these facts, computed once for all figures.

        Nobody may change it: ``compute(facts, *given)`` is asked the first time alone.
        """
        if (compute, given) not in self._once:
            self._once[compute, given] = compute(self, *given)
        kept: T = self._once[compute, given]
        return kept

    @cached_property
    def _once(self) -> dict[tuple[Callable[..., Any], tuple[Hashable, ...]], Any]:
        return {}

    @cached_property
    def in_force(self) -> pd.DataFrame:
        """Catalogue rows in force at the cut-off."""
        if self.whole is not None:
            return self._own(self.whole.in_force)
        return in_force(self.items, self.year.cutoff, self.year.exported_on)

    @cached_property
    def in_force_before(self) -> pd.DataFrame:
        """Catalogue rows in force on the last day of the year before."""
        if self.whole is not None:
            return self._own(self.whole.in_force_before)
        return in_force(self.items, self.year.start - timedelta(days=1), self.year.exported_on)

    def _own(self, items: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows of the place's catalogue that are of these facts: versions are told apart there."""
        return items[items.index.isin(self.items.index)]


def licence_cases(counts: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Keep the counts of licence cases: of items of type 01, and of items not in the catalogue.

    An export of licence cases may name items that the catalogue lacks; they are counted, and shown
    as 未入目录. Cases of items known to be of another type are not licence cases.
    """
    return counts[~counts["item_code"].isin(other_items(items))].reset_index(drop=True)


def department_name(items: pd.DataFrame, code: str) -> str:
    """Return the name of one department; its code where the catalogue has none."""
    return str(department_names(items).get(code, code))


def department_names(items: pd.DataFrame) -> pd.Series:
    """Return the name of each department (部门), indexed by its code; its latest name."""
    return _latest(items, "dept_code")["dept_name"]


def named(codes: Iterable[Any], items: pd.DataFrame) -> pd.Index:
    """Return the names of departments (部门) for their codes, in order; a code without one stays as it is."""
    names = department_names(items)
    return pd.Index([str(names.get(code, code)) for code in codes], name="部门")


def item_names(items: pd.DataFrame, by: str = "item_code") -> pd.Series:
    """Return the name of each item (事项), indexed by one of its codes; its latest name.

    Args:
        items: the catalogue, all versions in order.
        by: the column of the code. What several items share is called after the last of them.
    """
    return _latest(items, by)["item_name"]


def _latest(items: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the latest row of each code, indexed by it."""
    return items.dropna(subset=[by]).drop_duplicates(by, keep="last").set_index(by)
