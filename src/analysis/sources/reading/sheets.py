"""Spreadsheets (电子表格): worksheets of xlsx, xls, xlsb and ods as rows of text.

calamine reads a worksheet as a whole: about 100 bytes a cell stay in memory until its rows have
been drawn, and its file, where it came out of an archive, as well.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from analysis.errors import XukeError
from analysis.sources.reading.cells import Cells
from analysis.sources.reading.extent import require_room
from analysis.sources.reading.file import File
from analysis.sources.reading.headings import joined, named
from analysis.sources.reading.layout import heading_row
from analysis.sources.reading.merged import filled_down, going_down
from analysis.sources.reading.not_data import not_data
from analysis.sources.reading.options import Options
from analysis.sources.reading.source import NOT_DATA, ROW, Unreadable, cell
from analysis.sources.reading.values import as_read, as_text, columns_of

FIRST_ROWS = 50
ROWS = 500  # rows that are objects at a time: so few stay in the processor's cache
TOGETHER = 10  # so many make a batch


@dataclass
class SheetSource:
    """A worksheet as a source; see ``Source``.

    Attributes:
        rows: what is left to draw: the rows below the headings.
        heading: cells of the heading row, as they stand.
        row: number of the first row below the headings.
    """

    file: str
    sheet: str
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    rows: Iterator[list[Any]]
    heading: tuple[str, ...]
    row: int
    unreadable: list[Unreadable] = field(default_factory=list)

    def batches(self, wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """Yield the rows; see ``Source.batches``."""
        small = self._small(wanted)
        while some := list(islice(small, TOGETHER)):
            yield pa.concat_batches(some)

    def _small(self, wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        names = [ROW, NOT_DATA, *(cell(position) for position in wanted)]
        row = self.row
        while rows := list(islice(self.rows, ROWS)):
            cells = SheetCells(rows, len(self.headings))
            reasons = not_data(cells.some, len(rows), self.heading)
            numbers = pa.array(np.arange(row, row + len(rows), dtype=np.int64))
            columns = [cells.whole(position) for position in wanted]
            yield pa.RecordBatch.from_arrays([numbers, reasons, *columns], names=names)
            row += len(rows)


class SheetCells(Cells):
    """The cells of some rows of a worksheet."""

    def __init__(self, rows: list[list[Any]], width: int) -> None:
        super().__init__()
        self.columns = columns_of(rows, width)

    def _made(self, position: int) -> pa.StringArray:
        return as_text(self.columns[position])

    def some(self, position: int, rows: npt.NDArray[np.intp]) -> pa.StringArray:
        """Return some cells of a column."""
        column = self.columns[position]
        if len(rows) == len(column):
            return self.whole(position)
        return as_text([column[row] for row in rows])


def open_sheets(file: File, options: Options) -> list[SheetSource]:
    """Open the visible worksheets of a workbook, or those that the user names.

    Raises:
        XukeError: it is no workbook, has a password, or no sheet holds a table.
    """
    book = _workbook(file)
    names = _wanted(book, file.name, options.sheets)
    sources = []
    for name in names:
        sheet = _sheet(book, file.name, name)
        if sheet.start is not None and (sheet.width > 1 or len(names) == 1):
            sources.append(_source(file.name, name, sheet, options))
    if not sources:
        raise XukeError(f"“{file.name}”的工作表都是空的或只有一列文字:请核对导出。")
    unread = [name for name in book.sheet_names if name not in {each.sheet for each in sources}]
    if unread and not options.sheets:
        for source in sources:
            source.notes += (f"未读的工作表(空、隐藏或只有一列):{'、'.join(unread)}",)
    return sources


def _workbook(file: File) -> CalamineWorkbook:
    try:
        if file.path:
            with file.open() as stream:
                require_room(stream, file.name)
            return CalamineWorkbook.from_path(file.path)
        with file.open() as stream:
            content = stream.read()
        require_room(io.BytesIO(content), file.name)
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise XukeError(f"“{file.name}”有密码:请在 Excel 里取消密码后再试。") from error
    except XukeError:
        raise
    except Exception as error:  # whatever calamine says of a file that is no workbook
        raise XukeError(
            f"“{file.name}”不是完整的电子表格:请用 Excel 打开,另存为 xlsx 后再试。"
        ) from error


def _wanted(book: CalamineWorkbook, file: str, given: Sequence[str]) -> list[str]:
    """Return the names of the worksheets to read."""
    unknown = [name for name in given if name not in book.sheet_names]
    if unknown:
        raise XukeError(f"“{file}”里没有工作表“{unknown[0]}”:有 {'、'.join(book.sheet_names)}。")
    return list(given) or [
        each.name
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
    ]


def _sheet(book: CalamineWorkbook, file: str, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except Exception as error:  # a damaged sheet in a readable workbook
        raise XukeError(f"“{file}”的工作表“{name}”读不出,可能已损坏:请重新导出。") from error


def _source(file: str, name: str, sheet: CalamineSheet, options: Options) -> SheetSource:
    rows = sheet.iter_rows()  # from the first row of the sheet on, blank or not
    first = list(islice(rows, FIRST_ROWS))
    texts = [[as_read(value) for value in row] for row in first]
    numbers = range(1, len(first) + 1)
    at = heading_row(texts, numbers, f"“{file}”的工作表“{name}”", options.heading_row)
    headings, odd = named(joined(texts[at], texts[at - 1] if at else ()))
    notes = [f"表头在第 {at + 1} 行", *odd]
    below: Iterator[list[Any]] = chain(first[at + 1 :], rows)
    left = sheet.start[1] if sheet.start else 0  # empty columns in front of all rows are left out
    if merged := going_down(sheet.merged_cell_ranges, at, left):
        below = filled_down(below, at + 1, merged)
        n = sum(map(len, merged.values()))
        notes.append(f"数据里有 {n:,} 处单元格跨行合并,所跨的各行都取合并格里的值")
    return SheetSource(file, name, headings, tuple(notes), below, tuple(texts[at]), at + 2)
