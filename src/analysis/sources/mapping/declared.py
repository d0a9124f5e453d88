"""What a mapping file declares (对照的声明): headings, readings, conditions, code systems.

The structure can be read in both directions. To write a table out in a system's own form, take for
each column the first reading: its first heading, the first of ``times``, and ``CodeSystem.written``.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from analysis.tables.schema import CodeList, Column, Privacy, Table, Type

Headings = tuple[str, ...]  # names of one and the same heading; the first is the system's own


class Read(StrEnum):
    """How a text becomes a value (读法)."""

    TEXT = "text"
    NUMBER = "number"  # 1,234 · 0次
    LIMIT = "limit"  # the number of a time limit: 20个工作日, 即办
    UNIT = "unit"  # the unit of a time limit
    DAYS = "days"  # a time limit in working days
    TIME = "time"
    FLAG = "flag"  # 是/否
    CODE = "code"
    CODES = "codes"  # several codes


class Pick(StrEnum):
    """Which value a merged row has, where several source rows make one (取哪一行)."""

    ONLY = "only"  # the rows must not contradict each other
    FIRST = "first"  # in the order of the file
    LAST = "last"
    EARLIEST = "earliest"  # smallest value
    LATEST = "latest"
    COUNT = "count"  # number of rows that have one


class Comparison(StrEnum):
    """What a condition asks of a value (条件)."""

    IS = "is"
    NOT = "not"
    CONTAINS = "contains"
    FILLED = "filled"


class Derive(StrEnum):
    """Values that are not in the export but follow from its rows (推算)."""

    SEQUENCE = "sequence"  # place of the event in its case, by time
    EVENT_ID = "event_id"  # case and place


@dataclass(frozen=True)
class Condition:
    """Something that a row must meet for a reading to hold.

    Attributes:
        field: a canonical column of the same table, else a heading.
        test: what is asked.
        values: one of them must fit; for ``FILLED`` "true" or "false".
    """

    field: str
    test: Comparison
    values: tuple[str, ...]


@dataclass(frozen=True)
class CodeSystem:
    """What one system's codes mean (代码系统).

    Attributes:
        name: name in mappings.
        codes: name of the canonical list, as in ``tables.codes``, in small letters.
        term: Chinese name, with whose system it is.
        values: canonical code by the system's code; empty where a code stands for no value.
        lacks: canonical codes that the system cannot express.
        source: where the list was read.
        confidence: C, C2, P, D or U, see ``docs/import.md``.
        labels: code by the system's own word for it, where that is not the canonical term.
        words: whether it only explains words; codes in the column are still asked about.
    """

    name: str
    codes: str
    term: str
    values: dict[str, str]
    lacks: tuple[str, ...] = ()
    source: str = ""
    confidence: str = "U"
    labels: dict[str, str] = field(default_factory=dict)
    words: bool = False

    @property
    def written(self) -> dict[str, str]:
        """The system's code by canonical code; the first where several mean the same."""
        return {code: own for own, code in reversed(self.values.items()) if code}


@dataclass(frozen=True)
class Reading:
    """One way to get the values of a column.

    Attributes:
        headings: names of the heading whose cells are read.
        join: headings whose cells are put together, instead of one heading.
        joined_by: what stands between them.
        value: the value of every row, instead of a heading; a code or text as the table has it.
        copy: a canonical column whose value it is.
        derive: how it follows from the rows.
        extract: regular expression whose match (or first group) is the text.
        codes: name of the code system.
        read: how the text is read.
        unit: unit of a limit that names none (W, N, M, Y, H).
        times: formats of times, first the one that the system writes.
        when: conditions, all of which must hold.
        pick: which value a merged row has.
    """

    headings: Headings = ()
    join: tuple[Headings, ...] = ()
    joined_by: str = "-"
    value: str | None = None
    copy: str = ""
    derive: Derive | None = None
    extract: str = ""
    codes: str = ""
    read: Read = Read.TEXT
    unit: str = ""
    times: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    pick: Pick = Pick.ONLY

    @property
    def references(self) -> tuple[Headings, ...]:
        """Every heading that the text is made of."""
        return self.join or ((self.headings,) if self.headings else ())


@dataclass(frozen=True)
class TableMapping:
    """How one table is made.

    Attributes:
        table: its declaration.
        columns: readings by canonical column; the first whose condition holds and whose cell is
            filled gives the value.
        needs: columns that a source must have to be taken for this table.
        rows_of: the table whose source rows also make this one; empty where it has its own.
        one_per: columns of which one row remains for each value; empty where rows stay as they are.
    """

    table: Table
    columns: dict[str, tuple[Reading, ...]]
    needs: tuple[str, ...] = ()
    rows_of: str = ""
    one_per: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping (对照): how the exports of one system become canonical tables.

    Attributes:
        name: name of the preset, or of the file.
        term: what system it is for, in Chinese.
        about: what a user should know about it, in Chinese.
        zone: time zone of the place; times become local to it.
        written_in: time zone of times that name none.
        empty: texts that mean that a cell is empty, besides the usual ones.
        ignore: headings that are never proposed for anything.
        partial: why required columns may be lacking; empty where none may.
        absent: what the exports cannot carry: ``table.column`` or ``table.column=code``, and why.
        tables: the tables, in the order in which sources are tried.
        systems: every code system that can be named.
        own: names of the code systems that the mapping itself declares.
    """

    name: str
    term: str
    tables: dict[str, TableMapping]
    systems: dict[str, CodeSystem]
    about: str = ""
    zone: str = "Asia/Shanghai"
    written_in: str = "Asia/Shanghai"
    empty: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    partial: str = ""
    absent: dict[str, str] = field(default_factory=dict)
    own: tuple[str, ...] = ()


def is_identity(column: Column) -> bool:
    """Tell whether a column holds keys that the door makes of persons or firms."""
    return column.privacy is Privacy.PSEUDONYM


def usual_read(column: Column) -> Read:
    """Return how a column is read unless the mapping says otherwise."""
    match column.type:
        case Type.CODE:
            return Read.CODE
        case Type.SET:
            return Read.CODES
        case Type.BOOL:
            return Read.FLAG
        case Type.DATE | Type.TIMESTAMP:
            return Read.TIME
        case Type.INT:
            return Read.NUMBER
        case Type.FLOAT if column.name.endswith("_limit"):
            return Read.LIMIT
        case Type.FLOAT if column.unit == "工作日":
            return Read.DAYS
        case Type.FLOAT:
            return Read.NUMBER
        case _:
            return Read.TEXT


def terms(codes: CodeList | None) -> dict[str, str]:
    """Return the canonical code by its Chinese term."""
    return {term: code for code, term in codes.terms.items()} if codes else {}
