"""Opening text (打开文本表格): encoding, separator and headings, from the start of a file."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from statistics import mode
from typing import NamedTuple

from analysis.errors import XukeError
from analysis.sources.reading.encoded import SAMPLE, Encoded, encoded
from analysis.sources.reading.encodings import decoded_start
from analysis.sources.reading.file import File
from analysis.sources.reading.form import Form
from analysis.sources.reading.headings import joined, named
from analysis.sources.reading.layout import heading_row, separator_of
from analysis.sources.reading.options import Options
from analysis.sources.reading.text import TextSource

FIRST_ROWS = 50
QUOTED = re.compile(r'"(?:[^"]|"")*"')
NAMES = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线"}


class FirstRow(NamedTuple):
    """A record near the start of a text: the lines it starts and ends on, and its cells."""

    first: int
    last: int
    cells: list[str]


def open_text(file: File, options: Options) -> TextSource:
    """Find encoding, separator and headings of a text file.

    Raises:
        XukeError: it is empty, no table, or has no headings.
    """
    written = encoded(file, options.encoding)
    text, whole = _sample(written)
    separator = _separator(options.separator, text)
    if separator == "|" and written.encoding == "gb18030":  # a second byte there may be a bar
        written = replace(written, bytewise=False)
    rows = list(islice(_first_rows(text, separator, whole), FIRST_ROWS))
    cells, starts = [row.cells for row in rows], [row.first for row in rows]
    at = heading_row(cells, starts, f"“{file.name}”", options.heading_row)
    width = _width(file.name, rows[at], cells[at + 1 :])
    heading = [*rows[at].cells, *[""] * width][:width]
    headings, odd = named(joined(heading, cells[at - 1] if at else ()))
    notes = (
        f"编码 {written.encoding}",
        f"分隔符为{NAMES.get(separator, separator)}",
        f"表头在第 {rows[at].first} 行",
        *odd,
    )
    form = Form(file.name, separator.encode(), width, written.inner)
    return TextSource(file.name, headings, notes, written, form, tuple(heading), rows[at].last + 1)


def _sample(written: Encoded) -> tuple[str, bool]:
    """Return the first characters of a file, and whether they are all."""
    with written.open() as stream:
        sample = stream.read(SAMPLE)
        whole = not stream.read(1)
    text = decoded_start(sample, written.inner)
    if not text.strip("\0\ufeff \r\n\t"):
        raise XukeError(f"“{written.file.name}”是空文件:请核对导出。")
    return text, whole


def _separator(given: str, text: str) -> str:
    if not given:
        return separator_of(QUOTED.sub("", text).splitlines()[:FIRST_ROWS])
    separator = given.replace("\\t", "\t")
    if len(separator) != 1 or not separator.isascii() or separator in '"\r\n':
        raise XukeError(f"分隔符“{given}”不行:只能是一个英文字符,如 , ; | 或 \\t。")
    return separator


def _first_rows(text: str, separator: str, whole: bool) -> Iterator[FirstRow]:
    """Yield the first records; the last one may be cut off by the end of the sample."""
    lines = io.StringIO(text, newline="")  # ends of any kind, kept
    reader = csv.reader(lines, delimiter=separator)
    before = 0
    try:
        for cells in reader:
            if not whole and before and lines.tell() == len(text):
                return
            yield FirstRow(before + 1, reader.line_num, cells)
            before = reader.line_num
    except csv.Error:  # a quote that is never closed; reading will name the row
        return


def _width(file: str, heading: FirstRow, below: list[list[str]]) -> int:
    """Return how many cells a row has.

    Headings may end in empty cells that rows lack, and rows in empty cells that headings lack.

    Raises:
        XukeError: most rows are filled beyond the headings, so one heading may be missing.
    """
    last = max(at for at, text in enumerate(heading.cells, 1) if text.strip())
    usual = mode(len(cells) for cells in below if any(cells)) if any(map(any, below)) else last
    beyond = sum(any(cells[len(heading.cells) :]) for cells in below)
    if beyond * 2 > len(below):
        raise XukeError(
            f"“{file}”的表头有 {len(heading.cells)} 个,数据行多为 {usual} 格:请核对表头是否缺了。"
        )
    return max(last, usual)
