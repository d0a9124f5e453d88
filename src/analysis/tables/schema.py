"""What a declaration of a table is made of: columns, types, code lists, privacy classes."""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """Type of a column; the value is the Chinese word that documentation shows."""

    STR = "文本"
    INT = "整数"
    FLOAT = "小数"
    BOOL = "是否"
    DATE = "日期"
    TIMESTAMP = "时间"
    CODE = "代码"
    SET = "代码集合"  # several codes joined with "^", as exchange formats write them


class Need(StrEnum):
    """How much a column is needed."""

    REQUIRED = "必填"
    RECOMMENDED = "建议"
    OPTIONAL = "可选"


class Privacy(StrEnum):
    """What a column reveals about a person or a firm."""

    NONE = "无"
    QUASI = "准标识符"
    COMMERCIAL = "商业信息"
    PSEUDONYM = "去标识化标识"


@dataclass(frozen=True)
class CodeList:
    """Codes and their Chinese terms (代码表), with the standard they come from."""

    name: str
    terms: dict[str, str]
    source: str


@dataclass(frozen=True)
class Column:
    """One column: its name in code, its Chinese term, and everything known about its content."""

    name: str
    term: str
    type: Type
    need: Need = Need.OPTIONAL
    unit: str = ""
    codes: CodeList | None = None
    privacy: Privacy = Privacy.NONE
    note: str = ""


@dataclass(frozen=True)
class Table:
    """One table: what a row is, what identifies it, and its columns.

    Attributes:
        name: name of the file or of the table in a database.
        term: Chinese name.
        row: what one row stands for, in Chinese.
        key: columns that together are unique and never empty.
        columns: the declared columns, in the order in which they are written.
    """

    name: str
    term: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def __getitem__(self, column: str) -> Column:
        """Return the column called ``column``.

        Raises:
            KeyError: no such column is declared.
        """
        for declared in self.columns:
            if declared.name == column:
                return declared
        raise KeyError(f"{self.name}.{column}")

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which the table cannot be used."""
        return tuple(c.name for c in self.columns if c.need is Need.REQUIRED)
