"""What a reader gives (来源): one sheet of text with headings, whatever file it came from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

ROW = "_row"  # row number in the file as its user counts, heading rows included
NOT_DATA = "_not_data"  # null, or why the row is not data: 空行, 合计行, 重复的表头
Door = Callable[[pa.RecordBatch], pa.RecordBatch]


def cell(position: int) -> str:
    """Return the name that the cells under the heading at ``position`` have in a batch."""
    return f"c{position}"


@dataclass(frozen=True)
class Unreadable:
    """A row that could not be split into cells, or whose wanted cells are no text.

    Attributes:
        row: its number in the file; in text, the line that it starts on.
        reason: why, in Chinese; never quotes the row, which may hold personal data.
    """

    row: int
    reason: str


class Source(Protocol):
    """One sheet: a CSV file, a worksheet, a Parquet file, a table or query of a database.

    Attributes:
        file: what the user calls it; a member of an archive stands behind ``!``: 办件.zip!1月.csv.
            The address of a database, without its password.
        sheet: worksheet or table; empty where a file holds only one.
        headings: as written, white space at the ends and line breaks taken out; never empty,
            never twice the same: a column without one is ``(第3列)``, and headings that stand
            twice become ``名称#1``, ``名称#2``, so that neither is taken for the other.
        notes: what was detected and may be overridden (encoding, separator, heading row), and
            what is odd about the file, in Chinese.
        unreadable: rows without cells; complete once ``batches`` has been drawn to its end.
    """

    file: str
    sheet: str
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    unreadable: list[Unreadable]

    def batches(self, wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """Yield the rows below the headings, in the file's order.

        A batch holds ``ROW`` (int64, rising), ``NOT_DATA`` (string, judged by all cells of the
        row, wanted or not) and ``cell(i)`` (string) for each wanted heading position, in that
        order. Cells are as written, spaces included; empty cells are null. Memory does not grow
        with the file (a worksheet's does: about 100 bytes a cell). May be drawn once.

        Raises:
            XukeError: the file cannot be read on.
        """
        ...


@dataclass(frozen=True)
class Staged:
    """A source after the door: a Parquet file that holds nothing personal.

    Attributes:
        source: where it came from.
        rows: the file; ``ROW``, ``NOT_DATA`` and ``cell(i)`` columns as the door let them through.
        n: rows below the headings that could be split into cells, those that are not data
            included; ``n + len(source.unreadable)`` is every row. 0 for a file of only headings.
    """

    source: Source
    rows: Path
    n: int
