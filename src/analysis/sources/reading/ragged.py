"""Rows one by one (逐行读): where cells are missing, too many, or quotes do not pair."""

import csv
import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from analysis.sources.reading.form import Form
from analysis.sources.reading.not_data import FOREIGN_TOTALS, TOTALS
from analysis.sources.reading.source import Unreadable

RUN_ON_LINES = 1_000  # a quoted cell that goes on for more lines, or more bytes, was never closed
RUN_ON_BYTES = 1 << 20
UNCLOSED = "引号没有配对:请在导出时给内容里的引号加倍,或改用别的格式"
BEHIND_UNCLOSED = "接在一个没有配对的引号之后,格数不够"
CUT_OFF = "文件在这一行中间断了:请重新导出"


class Ragged(NamedTuple):
    """Rows as lists of undecoded cells, with the lines they start on, and what is no row."""

    rows: list[int]
    cells: list[list[bytes]]
    unreadable: list[Unreadable]
    used: int


def read_ragged(data: bytes, form: Form, line: int, *, last: bool) -> Ragged:
    """Read the whole records of some bytes, however wide each is.

    A short row is filled up with empty cells; empty cells too many are left out. A quote that is
    never closed spoils its own line only: reading goes on with the next one, and rows that are
    not complete are not trusted until one is.

    Args:
        data: bytes that start at a record.
        form: how the text is laid out.
        line: number of the first line.
        last: whether the file ends with ``data``.
    """
    lines = data.splitlines(keepends=True)
    # The last line may go on, and a carriage return be the first half of its end.
    complete = len(lines) if last or data.endswith(b"\n") else len(lines) - 1
    found = Ragged([], [], [], 0)
    at, doubtful = 0, False
    while at < complete:
        cells, length = _record(lines, at, form)
        goes_on = not length or at + length > complete
        if goes_on and not last and not _runs_on(lines[at:]):
            break
        number, end = line + at, at + max(length, 1)
        if cells is None:
            found.unreadable.append(Unreadable(number, UNCLOSED))
            doubtful = True
        elif reason := _wrong(cells, form, lines[end - 1], doubtful):
            found.unreadable.append(Unreadable(number, reason))
        else:
            doubtful = doubtful and len(cells) < form.width
            found.rows.append(number)
            found.cells.append(cells[: form.width] + [b""] * (form.width - len(cells)))
        at = end
    return found._replace(used=sum(map(len, lines[:at])))


def _record(lines: Sequence[bytes], at: int, form: Form) -> tuple[list[bytes] | None, int]:
    """Return the cells of the record that starts at a line, and how many lines it takes.

    No cells: its quotes do not pair; no lines besides: it goes on to the end of what is there.
    """
    line = lines[at].rstrip(b"\r\n")
    if b'"' not in line:
        return line.split(form.separator), 1
    # Latin-1 has a character for each byte: the cells come back undecoded.
    following = (each.decode("latin-1") for each in islice(lines, at, at + RUN_ON_LINES))
    separator = form.separator.decode()
    strict = csv.reader(following, delimiter=separator, strict=True)
    try:
        return [each.encode("latin-1") for each in next(strict)], strict.line_num
    except csv.Error as error:
        runs_on = "end of data" in str(error) and at + RUN_ON_LINES >= len(lines)
    lenient = csv.reader([lines[at].decode("latin-1"), ""], delimiter=separator)
    try:
        cells = next(lenient)
    except csv.Error:
        return None, 1
    if lenient.line_num > 1:
        return None, 0 if runs_on else 1
    # Quotes out of place in a row that is not whole: nobody knows where its cells end.
    return [each.encode("latin-1") for each in cells] if len(cells) == form.width else None, 1


def _runs_on(lines: Sequence[bytes]) -> bool:
    return len(lines) > RUN_ON_LINES or sum(map(len, lines)) > RUN_ON_BYTES


def _wrong(cells: list[bytes], form: Form, line: bytes, doubtful: bool) -> str:
    """Return why these cells are no row, or an empty text."""
    if any(cells[form.width :]):
        return f"有 {len(cells)} 格,表头只有 {form.width} 个:内容里的分隔符要加引号"
    if len(cells) >= form.width:
        return ""
    if doubtful:
        return BEHIND_UNCLOSED
    first = next((each.strip() for each in cells if each.strip()), b"").decode(
        form.encoding, "replace"
    )
    whole = line.endswith((b"\r", b"\n")) or re.fullmatch(f"{TOTALS}|{FOREIGN_TOTALS}", first)
    return "" if whole else CUT_OFF
