"""What a mapping makes (对照结果): the rows of one declared table, decoded but not yet judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analysis.tables.schema import Table

SOURCE = "_source"  # position of the source in the list that was mapped
NOT_DATA = "_not_data"
VERSION = ("data_version", "loaded_at")  # tell versions apart; the later is newer, unknown oldest
MERGED_ROWS = "_rows"
FLAG = "_broken_"


def rows_from(source: int) -> str:
    """Return the column that says how many rows of a source became one row."""
    return f"{MERGED_ROWS}_{source}"


def flag(rule: str, column: str) -> str:
    """Return the name of the boolean column that says where a rule is broken."""
    return f"{FLAG}{rule}_{column}"


class Severity(StrEnum):
    """What a broken rule does to a row (严重程度)."""

    QUARANTINE = "隔离"  # the row cannot be used
    WARNING = "提示"  # the row is kept; somebody should look


@dataclass(frozen=True)
class Rule:
    """Something that must not be true of a row.

    Attributes:
        id: stable short name, in ``problems.csv``.
        column: the canonical column it is about; its heading is what the user is told.
        said: what is wrong, in Chinese; names a value only where the value is a code.
        todo: what to do about it, in Chinese.
        severity: what it does to the row.
        broken: Ibis boolean over the mapped rows (null counts as false). It is deferred
            (``ibis._``), so it can be used on ``rows`` and on any copy that kept its columns.
        headings: headings that it concerns, where they are not those of ``column``.
        unread: whether a cell is filled, but its column empty: nobody knows what it says.
    """

    id: str
    column: str
    said: str
    todo: str
    severity: Severity
    broken: Any
    headings: tuple[str, ...] = ()
    unread: bool = False


@dataclass(frozen=True)
class Mapped:
    """The rows of one table.

    Attributes:
        table: the declaration.
        rows: Ibis table: ``SOURCE``, ``ROW``, ``NOT_DATA`` (null, or why the row is not data:
            空行, 合计行, 重复的表头), every canonical column that the mapping carries, in its
            declared type, and for each rule a boolean column whose name begins with ``_``. A
            column with such a name is never written.
        rules: what decoding found wrong (a text that is no time, a code outside its system …).
        headings: for each source and canonical column, the heading it came from.
        copies: columns whose values are those of another one, and which that is.
        absent: what the source cannot carry and so must not be computed: ``table.column``, or
            ``table.column=code`` for one code of it, and the reason in Chinese.
        merged: whether several source rows may become one row (one row a location, an event
            log, two tables of one system); then ``MERGED_ROWS`` (int64) says how many,
            ``rows_from(n)`` how many of source n, and ``ROW`` is the first of them.
        accounts: whether each source row is to be found in this table. A table that is made from
            the same rows as another one (a catalogue of the items that cases name) does not
            account for them; then rows that are not data are left out of it already.
        notes: what the user should know, in Chinese.
    """

    table: Table
    rows: Any
    rules: tuple[Rule, ...] = ()
    headings: tuple[Mapping[str, str], ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    merged: bool = False
    accounts: bool = True
    notes: tuple[str, ...] = ()
