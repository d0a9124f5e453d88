"""Layout (版面): which separator a text uses, and in which row the headings stand."""

import re
from collections.abc import Sequence
from statistics import median, mode

from analysis.errors import XukeError

Row = Sequence[str]
SEPARATORS = (",", "\t", ";", "|")
FULL = 0.6  # of the usual number of filled cells: what is emptier stands above the headings
VALUE = re.compile(r"[\d\s.,:/+%-]+|(?=.*\d)[A-Za-z0-9_-]{8,}")  # a number, a time, an identifier


def heading_row(
    rows: Sequence[Row], numbers: Sequence[int], where: str, given: int | None = None
) -> int:
    """Return the position of the heading row among the first rows of a sheet.

    It is the first row that is about as full as most: titles above fill a cell or two.

    Args:
        rows: cells of the first rows, blank ones included.
        numbers: of these rows in the file.
        where: file and sheet, for messages.
        given: number that the user states.

    Raises:
        XukeError: there is no such row, or what stands there looks like data.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    if not any(filled):
        raise XukeError(f"{where}是空的:请核对导出。")
    if given is not None:
        at = next((n for n, number in enumerate(numbers) if number == given and filled[n]), None)
        if at is None:
            raise XukeError(
                f"{where}第 {given} 行没有表头(只在前 {len(rows)} 行里找):请改 --heading-row。"
            )
        return at
    several = [number for number in filled if number > 1]
    usual = median(several) if several else 1
    at = next(n for n, number in enumerate(filled) if number >= FULL * usual and number)
    cells = [cell.strip() for cell in rows[at] if cell.strip()]
    if sum(bool(VALUE.fullmatch(cell)) for cell in cells) * 2 >= len(cells):
        raise XukeError(
            f"{where}第 {numbers[at]} 行像数据,不像表头:请在数据上面加一行表头,或用 --heading-row 指定。"
        )
    return at + (at + 1 < len(rows) and _completes(rows[at], rows[at + 1]))


def _completes(upper: Row, lower: Row) -> bool:
    """Return whether headings go on in the next row, below cells merged over several columns.

    It fills what the upper one leaves empty, leaves something empty that the upper one fills, and
    holds no values.
    """
    pairs = [(above.strip(), below.strip()) for above, below in zip(upper, lower, strict=False)]
    filled = sum(bool(below and not above) for above, below in pairs)
    left = sum(bool(above and not below) for above, below in pairs)
    return filled > 1 and left > 0 and not any(VALUE.fullmatch(below) for _, below in pairs)


def separator_of(lines: Sequence[str]) -> str:
    """Return the separator with which most lines have the same number of cells, and the most."""
    return max(SEPARATORS, key=lambda separator: _agreement(lines, separator))


def _agreement(lines: Sequence[str], separator: str) -> tuple[float, int]:
    widths = [line.count(separator) for line in lines if line.strip()]
    usual = mode(widths) if widths else 0
    return (widths.count(usual) / len(widths) if usual else 0.0, usual)
