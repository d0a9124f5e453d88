"""What a reader gives (来源): one sheet of text with headings, whatever file it came from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

ROW = "_row"  # row number in the file as its user counts, heading rows included
Door = Callable[[pa.RecordBatch], pa.RecordBatch]


def cell(position: int) -> str:
    """Return the name that the cells under the heading at ``position`` have in a batch."""
    return f"c{position}"


@dataclass(frozen=True)
class Unreadable:
    """A row that could not be split into cells.

    Attributes:
        row: its number in the file.
        reason: why, in Chinese; never quotes the row, which may hold personal data.
    """

    row: int
    reason: str


class Source(Protocol):
    """One sheet: a CSV file, a worksheet, a Parquet file, a table or query of a database.

    Attributes:
        file: what the user calls it; a member of an archive stands behind ``!``: 办件.zip!1月.csv.
        sheet: worksheet or table; empty where a file holds only one.
        headings: as written, white space at the ends and line breaks taken out; never empty,
            never twice the same.
        notes: what was detected and may be overridden (encoding, separator, heading row), Chinese.
        unreadable: rows without cells; complete once ``batches`` has been drawn to its end.
    """

    file: str
    sheet: str
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    unreadable: list[Unreadable]

    def batches(self, wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """Yield the rows below the headings: ``ROW`` (int64) and ``cell(i)`` (string) for each
        wanted heading position. Empty cells are null. Memory does not grow with the file.

        Raises:
            XukeError: the file cannot be read on.
        """
        ...


@dataclass(frozen=True)
class Staged:
    """A source after the door: a Parquet file that holds nothing personal.

    Attributes:
        source: where it came from.
        rows: the file; ``ROW`` and ``cell(i)`` columns as the door let them through.
        n: rows below the headings that could be split into cells.
    """

    source: Source
    rows: Path
    n: int
