"""Extent (范围): how large the worksheets of a workbook say they are.

calamine makes room for every cell between the first and the last that is filled. One stray cell in the
last corner asks for 500 GB, and what cannot have its memory ends the process without a word.
"""

import re
from functools import reduce
from typing import BinaryIO
from zipfile import ZipFile, is_zipfile

from analysis.errors import XukeError

MOST = 100_000_000  # cells of one worksheet; they take 3 GB before the first is read
START = 4096  # bytes in which a worksheet says it
DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def require_room(stream: BinaryIO, name: str) -> None:
    """Refuse a workbook that needs more memory than there is; a worksheet may say nothing.

    Args:
        stream: of any kind of workbook; only what is zipped says how large it is.
        name: what the user calls it.

    Raises:
        XukeError: a worksheet is too large.
    """
    if not is_zipfile(stream):
        return
    with ZipFile(stream) as book:
        for member in book.namelist():
            if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                with book.open(member) as sheet:
                    said = DIMENSION.search(sheet.read(START))
                if said:
                    left, top, right, bottom = said.groups()
                    rows = int(bottom) - int(top) + 1
                    _require(rows, _column(right) - _column(left) + 1, name)


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    return reduce(lambda number, letter: number * 26 + letter - 64, letters, 0)


def _require(rows: int, columns: int, name: str) -> None:
    if rows * columns > MOST:
        raise XukeError(
            f"“{name}”有一张工作表占 {rows:,} 行 × {columns:,} 列,读不进内存:多半是远处有误填的格子,"
            "请在 Excel 里删去数据以外的行和列,另存后再试;数据确有这么多的,请导出为 CSV。"
        )
