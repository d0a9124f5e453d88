"""File formats (文件格式) that bureaux get exports in: CSV in two encodings, and workbooks."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

SHEET_ROWS = 1_000_000  # a worksheet has room for 1,048,576
MADE = datetime(2000, 1, 1)  # not the time of day: the same cases give the same bytes
BOOK = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Format:
    """A way to write a table.

    Attributes:
        suffix: of the file's name.
        write: takes the path, cells by heading in parts, and a title.
    """

    suffix: str
    write: Callable[[Path, Iterable[pd.DataFrame], str], None]


def _csv(encoding: str) -> Callable[[Path, Iterable[pd.DataFrame], str], None]:
    def write(path: Path, parts: Iterable[pd.DataFrame], title: str) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            for n, cells in enumerate(parts):
                cells.to_csv(file, index=False, header=n == 0, lineterminator="\r\n")

    return write


def _workbook(path: Path, parts: Iterable[pd.DataFrame], title: str) -> None:
    """Write worksheets with a title over all columns, and times that are times, as Excel has them."""
    from xlsxwriter import Workbook

    cells = pd.concat(parts, ignore_index=True)
    with Workbook(path, BOOK) as book:
        book.set_properties({"created": MADE})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for start in range(0, len(cells), SHEET_ROWS):
            part = cells.iloc[start : start + SHEET_ROWS]
            sheet = book.add_worksheet(f"第{start // SHEET_ROWS + 1}页")
            sheet.merge_range(0, 0, 0, cells.shape[1] - 1, title)
            sheet.write_row(1, 0, list(cells.columns))
            columns = [_excel(part[heading]) for heading in cells.columns]
            for at, row in enumerate(zip(*columns, strict=True), start=2):
                for column, value in enumerate(row):
                    if isinstance(value, datetime):
                        sheet.write_datetime(at, column, value, moment)
                    elif value is not None:
                        sheet.write_string(at, column, value)


def _excel(column: pd.Series) -> list[datetime | str | None]:
    """Return cells as a workbook keeps them: times as such if the column holds nothing else."""
    texts = [None if pd.isna(text) else str(text) for text in column]
    if all(text is None or MOMENT.fullmatch(text) for text in texts):
        return [None if text is None else datetime.fromisoformat(text) for text in texts]
    return list(texts)


FORMATS = {
    "csv-utf8": Format(".csv", _csv("utf-8-sig")),  # with a mark, as Excel needs it
    "csv-gb18030": Format(".csv", _csv("gb18030")),
    "xlsx": Format(".xlsx", _workbook),
}
