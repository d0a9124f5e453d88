"""Merged cells (合并单元格) over several rows: each row has what the first one says."""

from collections.abc import Iterator, Sequence
from typing import Any

Corner = tuple[int, int]  # row and column, counted from 0


def going_down(
    ranges: Sequence[tuple[Corner, Corner]] | None, below: int, left: int
) -> dict[int, list[Corner]]:
    """Return the merged cells that go on in further rows: last row and column, by first row.

    Args:
        ranges: first and last corner of each; None where the kind of file does not tell.
        below: the row of the headings; what begins in it or above is no data.
        left: the column of the sheet that is the first of the rows.
    """
    found: dict[int, list[Corner]] = {}
    for (first, column), (last, _) in ranges or ():
        if below < first < last:
            found.setdefault(first, []).append((last, column - left))
    return found


def filled_down(
    rows: Iterator[list[Any]], first: int, merged: dict[int, list[Corner]]
) -> Iterator[list[Any]]:
    """Yield rows with the value of a merged cell in each row that it covers.

    A row that is blank but for merged cells stays blank.

    Args:
        rows: cells of each row.
        first: row that the first of them is.
        merged: as returned by ``going_down``.
    """
    held: dict[int, tuple[int, Any]] = {}  # last row and value, by column
    for at, row in enumerate(rows, first):
        held = {column: kept for column, kept in held.items() if kept[0] >= at}
        if held and any(cell != "" for cell in row):
            row = [held[n][1] if n in held and cell == "" else cell for n, cell in enumerate(row)]
        held |= {column: (last, row[column]) for last, column in merged.get(at, ())}
        yield row
