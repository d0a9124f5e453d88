"""Descriptions of tables (表的说明): what its columns count, and how they hang together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from analysis.errors import XukeError
from analysis.report.disclosure.rules import DEPARTMENT, MEASURE, Coordinates
from analysis.statistics.breakdowns import TOTAL


class Share(NamedTuple):
    """A rate (比率) of a part of some cases among them all."""

    column: str
    numerator: str
    denominator: str


class Summary(NamedTuple):
    """A mean, median or other value of several cases (平均数、中位数), and how many there are."""

    column: str
    cases: str


class Computed(NamedTuple):
    """Any other value worked out from counts, such as a change from last year (增减)."""

    column: str
    of: tuple[str, ...]


Derived = Share | Summary | Computed


@dataclass(frozen=True)
class Table:
    """What a table that is to be published holds.

    Attributes:
        name: its name in messages and in the log.
        frame: its numbers; the index and the columns are labels. 合计 as a label of the index, or
            of the columns, is the sum of all others.
        rows: what the index tells apart.
        columns: what the columns tell apart.
        fixed: what else tells its numbers apart from those of other tables, such as
            ``{"年度": "2022"}`` or, where columns are months, ``{"指标": "受理量"}``.
        meant: the coordinates of columns whose label does not say it: a short heading
            (``{"受理": {"指标": "受理量"}}``), or another year.
        derived: columns that are worked out from counts.
        free: columns that do not count cases or persons, and are always shown.
        unprinted: counts that are there only because derived columns need them.
        parts: counts that are a part of another, and of which: of the cases completed, those that
            were late. A share says so itself.
        complete: dimensions whose labels here add up to the whole though no 合计 is printed.
        about: its sensitive subjects, of ``rules.SENSITIVE``.

    Every other column must hold counts: integers of 0 and more.
    """

    name: str
    frame: pd.DataFrame
    rows: str = DEPARTMENT
    columns: str = MEASURE
    fixed: Mapping[str, str] = field(default_factory=dict)
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    derived: Sequence[Derived] = ()
    free: Sequence[str] = ()
    unprinted: Sequence[str] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    complete: Sequence[str] = ()
    about: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that the description fits the frame.

        Raises:
            XukeError: labels that occur twice, columns that are not there or hold no counts.
        """
        if self.frame.index.has_duplicates or self.frame.columns.has_duplicates:
            raise XukeError(f"表“{self.name}”有重复的行名或列名:请合并或改名后再公开。")
        named = {*self.free, *self.unprinted, *self.meant, *self.parts, *self.parts.values()}
        for each in self.derived:
            named |= {each.column, *sources(each)}
        if unknown := named - set(self.frame.columns):
            raise XukeError(f"表“{self.name}”没有“{'、'.join(sorted(unknown))}”列:请改正表的说明。")
        for column in self.counts:
            values = self.frame[column]
            if (
                not pd.api.types.is_integer_dtype(values)
                or values.isna().any()
                or values.lt(0).any()
            ):
                raise XukeError(
                    f"表“{self.name}”的“{column}”列不全是 0 以上的整数:不是计数的列,请在 derived 或 free 中说明。"
                )
        used = {source for each in self.derived for source in sources(each)}
        used |= {*self.parts, *self.parts.values(), *self.unprinted}
        if wrong := used - set(self.counts):
            raise XukeError(
                f"表“{self.name}”的“{'、'.join(sorted(wrong))}”列不是计数:请改正表的说明。"
            )

    @property
    def counts(self) -> list[str]:
        """The columns that hold counts."""
        other = {each.column for each in self.derived} | set(self.free)
        return [column for column in self.frame.columns if column not in other]

    @property
    def wholes(self) -> list[str]:
        """The dimensions over which its numbers add up: 合计 is printed, or they are complete."""
        ends = {self.rows: list(self.frame.index), self.columns: self.counts}
        return [each for each in ends if each in self.complete or TOTAL in ends[each]]

    @property
    def subsets(self) -> list[tuple[str, str]]:
        """The counts that are a part of another, each with the whole."""
        shares = [each[1:] for each in self.derived if isinstance(each, Share)]
        return list(dict.fromkeys([*shares, *self.parts.items()]))

    def coordinates(self, row: str, column: str) -> Coordinates:
        """Return what one number counts; the total over a dimension lacks that dimension."""
        named = {
            **self.fixed,
            self.rows: row,
            **self.meant.get(column, {self.columns: column}),
        }
        return frozenset((key, str(label)) for key, label in named.items() if label != TOTAL)

    def cells(self) -> Iterator[tuple[Coordinates, str, str, int]]:
        """Return coordinates, row, column and value of every count."""
        for column in self.counts:
            for row, value in self.frame[column].items():
                yield self.coordinates(str(row), column), str(row), column, int(value)


def sources(derived: Derived) -> tuple[str, ...]:
    """Return the counts that a derived column is worked out from."""
    match derived:
        case Share(_, numerator, denominator):
            return (numerator, denominator)
        case Summary(_, cases):
            return (cases,)
        case Computed(_, of):
            return of
