"""Departments' returns (部门填报): what they say, beside what the rows of their items say.

A return counts all licence items of a department. Those outside the provincial system have no rows:
what the department says of them is all there is, and is taken off before comparing with the rows.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

import pandas as pd

from analysis.problems.integrity.numerals import read_printed
from analysis.problems.integrity.printed import Printed
from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from analysis.tables import TABLES
from analysis.tables.codes.catalogue import LICENCE
from analysis.tables.conform import query
from analysis.tables.totals import WHOLE_DEPARTMENT

DEPARTMENT = "部门"
REPORTED = "reported"
KEY = ["dept_code", "item_code", "figure"]  # of a returned number


@dataclass(frozen=True)
class Returns:
    """The returns of a place and year, beside what its rows say.

    Attributes:
        facts: tally and catalogue of the year.
        told: the returns for this year, one row a figure; see ``tables.REPORTED``.
        elsewhere: how many returned numbers are for other periods, and not used.
    """

    facts: Facts
    told: pd.DataFrame
    elsewhere: int = 0

    @classmethod
    def of(cls, facts: Facts) -> Self | None:
        """Return the year's returns; None where departments have sent none."""
        year = facts.year
        if not year.has(REPORTED):
            return None
        told = query(year.tables[REPORTED], TABLES[REPORTED])
        ours = told["period"] == str(year.year)
        return cls(facts, told[ours].reset_index(drop=True), int((~ours).sum()))

    @cached_property
    def licences(self) -> pd.DataFrame:
        """The licence items in force on any day of the year, one row an item: its latest version.

        ``inside`` tells whether some version of it was in the provincial system.
        """
        items, year = self.facts.items, self.facts.year
        licences = items[items["item_type"] == LICENCE]
        none = pd.Series(pd.NaT, index=licences.index)
        since, until = licences.get("valid_from", none), licences.get("valid_to", none)
        began = since.isna() | (since <= pd.Timestamp(year.cutoff))
        lasted = until.isna() | (until >= pd.Timestamp(year.start))
        there = licences[began & lasted].sort_values("item_version", kind="stable")
        inside = there["in_prov_system"].fillna(False).astype(bool)
        there = there.assign(inside=inside.groupby(there["item_code"]).transform("any"))
        return there.drop_duplicates("item_code", keep="last")

    @cached_property
    def outside(self) -> pd.DataFrame:
        """The licence items that were never in the provincial system during the year."""
        return self.licences[~self.licences["inside"]]

    @cached_property
    def of_items_outside(self) -> pd.Series:
        """Which returned numbers are of items outside the system."""
        return self.told["item_code"].isin(self.outside["item_code"])

    @cached_property
    def totals(self) -> pd.DataFrame:
        """What each department says of all its items: ``dept_code``, ``figure``, ``value``."""
        return self.told[self.told["item_code"] == WHOLE_DEPARTMENT]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each department that has licence items."""
        return dict(zip(self.licences["dept_code"], self.licences["dept_name"], strict=True))

    @cached_property
    def silent(self) -> list[str]:
        """Codes of the departments that have licence items and sent no return."""
        return sorted(set(self.names) - set(self.totals["dept_code"]))

    @cached_property
    def twice(self) -> pd.Series:
        """Which returned numbers are given twice, so that none of them is used."""
        return self.told.duplicated(KEY, keep=False)

    @cached_property
    def times(self) -> dict[tuple[str, str, str], int]:
        """How often each number is given, by department, item and figure."""
        return dict(Counter(self.told[KEY].astype(str).itertuples(index=False, name=None)))

    @cached_property
    def item_codes(self) -> set[str]:
        """Codes of all licence items."""
        return set(self.licences["item_code"])

    def lacking(self, figure: str, department: str) -> int:
        """Return for how many items outside the system a department gives no such number."""
        items = self._outside_codes.get(department, [])
        return sum(item not in self._told_items.get(figure, ()) for item in items)

    def of_outside(self, figure: str, department: str | None = None) -> Printed:
        """Return what one department, or all, say of a figure for items outside the system."""
        rows = self._told_outside.get(figure, [])
        own = [row for row in rows if department in (None, row["dept_code"])]
        return exact(sum((count(row).value for row in own), Fraction(0)))

    @cached_property
    def _outside_codes(self) -> dict[str, list[str]]:
        """The items outside the system of each department."""
        split = self.outside.groupby("dept_code")["item_code"]
        return {str(code): list(items) for code, items in split}

    @cached_property
    def _told_items(self) -> dict[str, set[str]]:
        """For which items each figure is returned at all."""
        told = self.told[self.told["value"].notna()]
        return {str(name): set(items) for name, items in told.groupby("figure")["item_code"]}

    @cached_property
    def _told_outside(self) -> dict[str, list[dict[Hashable, Any]]]:
        """The usable returned numbers of items outside the system, by figure."""
        usable = self.told[self.of_items_outside & ~self.twice & self.told["value"].notna()]
        return {str(name): rows.to_dict("records") for name, rows in usable.groupby("figure")}

    def in_rows(self, figure: str, department: str, item: str) -> int | None:
        """Return what the rows of items in the system say; None where they cannot say."""
        key = department, item
        if key not in self._inside:
            self._inside[key] = self._within(department, item)
        result = REGISTRY[figure, ""].result(self._inside[key])
        return None if result.numerator is None else int(result.numerator)

    @cached_property
    def _inside(self) -> dict[tuple[str, str], Facts]:
        """What has been cut out of the tally already: each is asked for several figures."""
        return {}

    def _within(self, department: str, item: str) -> Facts:
        """Return the facts of one item in the system, or of all that a department has there."""
        facts = self.facts.department(department)
        kept = [
            rows[~rows["item_code"].isin(self.outside["item_code"])]
            if item == WHOLE_DEPARTMENT
            else rows[rows["item_code"] == item]
            for rows in (facts.tally, facts.items)
        ]
        return replace(facts, tally=kept[0], items=kept[1])


def count(row: Mapping[Hashable, Any]) -> Printed:
    """Return a returned count as a number to do arithmetic with, its unit (万件) resolved.

    Raises:
        XukeError: it is no count.
    """
    value = float(row["value"])
    text = f"{value:.0f}" if value.is_integer() else f"{value}"
    term = REGISTRY[str(row["figure"]), ""].term if (row["figure"], "") in REGISTRY else ""
    unit = row.get("unit")
    return read_printed(text, unit if isinstance(unit, str) else "", "exact", term=term)


def exact(value: Fraction) -> Printed:
    """Return a number that is known exactly, to be shown."""
    return Printed(f"{value}", value, "件", Fraction(1))
