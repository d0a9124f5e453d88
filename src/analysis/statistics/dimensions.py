"""Dimensions (维度): what the figures of a year can be broken down by."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from analysis.errors import XukeError
from analysis.statistics.facts import Facts, department_names, item_names, licence_cases
from analysis.statistics.figure import CASE, Figure
from analysis.statistics.passes.tally import tally
from analysis.tables.codes.process import APPLICANT_TYPE, APPLY_CHANNEL
from analysis.tables.names import nearest

TABLE = "cases"


@dataclass(frozen=True)
class Dimension:
    """One dimension.

    Attributes:
        name: as it is asked for.
        term: Chinese term.
        column: the column that holds its members.
        own_pass: whether the tally does not hold it, so that it makes a pass of its own.
        catalogue: whether figures over the catalogue can be broken down by it too.
        terms: names of its members, where a code list has them.
    """

    name: str
    term: str
    column: str
    own_pass: bool = False
    catalogue: bool = False
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether tallies of several places have it: they know no items and make no passes."""
        return not self.own_pass and self.name != "item"

    def allows(self, figure: Figure) -> bool:
        """Return whether a figure means something for one member."""
        if figure.of_oversight:
            return self.name == "department"
        if self.name == "month":
            return figure.grain == CASE and figure.dated and not figure.of_items
        if self.own_pass:
            return figure.grain == CASE and not figure.of_items
        return figure.grain == CASE or self.catalogue


DIMENSIONS = {
    dimension.name: dimension
    for dimension in (
        Dimension("department", "部门", "dept_code", catalogue=True),
        Dimension("item", "业务办理项", "item_code"),
        Dimension("month", "月份", "month"),
        Dimension("channel", "申报来源", "apply_channel", terms=tuple(APPLY_CHANNEL.terms.items())),
        Dimension("street", "镇街", "region_code", own_pass=True),
        Dimension(
            "applicant",
            "申请人类型",
            "applicant_type",
            own_pass=True,
            terms=tuple(APPLICANT_TYPE.terms.items()),
        ),
    )
}


def dimension(name: str) -> Dimension:
    """Return the dimension called ``name``.

    Raises:
        XukeError: there is none.
    """
    if name not in DIMENSIONS:
        raise XukeError(f"没有名为“{name}”的维度:{nearest(name, DIMENSIONS)}")
    return DIMENSIONS[name]


def members(facts: Facts, by: Dimension) -> Iterator[tuple[str, str, Facts]]:
    """Yield each member's key, name and facts, in order.

    Departments of the catalogue, and months, are there whether they have cases or not.

    Raises:
        XukeError: the cases do not have the column, or nobody has the cases.
    """
    if facts.added_up and not by.adds_up:
        raise XukeError(f"汇总里没有按{by.term}分的数:只能按部门、月份或申报来源分。")
    counts = _counts(facts, by)
    # Cut into a thousand small frames, plain objects are handled faster than Arrow's strings.
    words = [column for column in counts.columns if counts[column].dtype == "str"]
    counts = counts.astype(dict.fromkeys(words, object))
    names = _names(facts, by)
    split = {str(key): rows for key, rows in counts.groupby(by.column, sort=True)}
    listed = _catalogued(facts, by)
    nothing = counts.iloc[:0]
    for key in sorted(
        {*split, *listed}, key=lambda key: (len(key), key) if by.name == "month" else (0, key)
    ):
        whole = facts.department(key) if by.name == "department" else facts
        items = _items(facts, by, key)
        yield key, names.get(key, key), replace(whole, tally=split.get(key, nothing), items=items)


def _counts(facts: Facts, by: Dimension) -> pd.DataFrame:
    if by.name == "month":
        return facts.unfolded[facts.unfolded["month"] > 0]
    if not by.own_pass:
        return facts.unfolded
    if not facts.year.has(TABLE, by.column):
        raise XukeError(
            f"{facts.year.title}的办件没有“{by.term}”({by.column})列,不能按{by.term}分。"
        )
    return licence_cases(tally(facts.year, margin=by.column), facts.year.items)


def _catalogued(facts: Facts, by: Dimension) -> set[str]:
    """Return the members that are there without any case: months; departments by their items or inspections."""
    if by.name == "month":
        return set(map(str, range(1, facts.year.cutoff.month + 1)))
    if not by.catalogue:
        return set()
    overseen = (set(rows[by.column]) for rows in facts.oversight.values())
    return set(facts.items[by.column]).union(*overseen) - {""}


def _items(facts: Facts, by: Dimension, key: str) -> pd.DataFrame:
    return facts.items[facts.items[by.column] == key] if by.catalogue else facts.items


def _names(facts: Facts, by: Dimension) -> dict[str, str]:
    if by.name == "month":
        return {str(month): f"{month}月" for month in range(1, 13)}
    if by.name not in ("department", "item"):
        return dict(by.terms)
    names = department_names if by.name == "department" else item_names
    return {str(code): name for code, name in names(facts.year.items).items()}
