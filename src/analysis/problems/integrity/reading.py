"""Files (文件) of figures: CSV text or a spreadsheet with the headings 指标, 数值 and 单位."""

import csv
import io
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import XukeError

HEADINGS = ("指标", "数值", "单位")
ALIASES = {"指标名称": "指标", "名称": "指标", "指标值": "数值", "计量单位": "单位"}
# Digits, decimals, a real per cent sign (which multiplies) or words in quotes (which do not).
FORMAT = re.compile(
    r"[#0_ ]*(?:#,##)?0(?:\.(?P<decimals>0+))?(?:_.)*"
    r"(?:(?P<percent>%)|(?P<literal>\"[^\"]*\"|\\.))?(?:_.)*\s*"
)
PLAIN = (None, "General", "@")
SEARCHED = 10  # lines above the headings that may hold a title
ENCODINGS = ("utf-8-sig", "gb18030")
SHOWN = (".xlsx", ".xlsm")  # files that say how each number is shown
SPREADSHEETS = (*SHOWN, ".xls", ".xlsb", ".ods")


def read_file(path: Path) -> pd.DataFrame:
    """Read a file with 指标, 数值 and 单位: CSV (UTF-8 or GB18030), or the one sheet that has them.

    A column 对应 may say which known term each 指标 stands for, and 章节 where it is printed.
    Numbers of an xlsx file are read as they are shown (99.70%); of an older kind of spreadsheet as
    they are kept, without last zeros.

    Raises:
        XukeError: it cannot be read, the headings are not in it, or several sheets have them.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise XukeError(f"文件“{path.name}”打不开({error.strerror}):请核对路径。") from error
    if path.suffix.lower() not in SPREADSHEETS:
        texts = {"": _decoded(content, path.name)}
    else:
        texts = _sheets(path)
    found = [table for text in texts.values() if (table := _found(text, path.name)) is not None]
    if not found:
        raise XukeError(f"文件“{path.name}”里没有“{'、'.join(HEADINGS)}”三个列名:请补上这一行。")
    if len(found) > 1:
        raise XukeError(
            f"文件“{path.name}”有 {len(found)} 个工作表都有“{'、'.join(HEADINGS)}”:"
            "一份报告请放在一个工作表里,其余的分别存为文件。"
        )
    return found[0]


def _found(text: str, name: str) -> pd.DataFrame | None:
    """Return the figures of a text, or None if it has no such headings near its beginning."""
    lines = text.splitlines()
    for start, line in enumerate(lines[:SEARCHED]):
        for separator in (",", "\t", ";", "，"):
            cells = next(csv.reader([line], delimiter=separator), [])
            heads = [_heading(cell) for cell in cells]
            if set(HEADINGS) <= set(heads):
                return _table(lines[start + 1 :], heads, separator, name, start + 1)
    return None


def _heading(cell: str) -> str:
    plain = "".join(cell.split())
    return ALIASES.get(plain, plain)


def _sheets(path: Path) -> dict[str, str]:
    """Return each sheet of a spreadsheet as CSV text, by name."""
    try:
        sheets = _shown_sheets(path) if path.suffix.lower() in SHOWN else _kept_sheets(path)
    except Exception as error:  # whatever the reader says of a file that is no spreadsheet
        raise XukeError(f"“{path.name}”不是能读的电子表格:请另存为 xlsx 或 CSV 后再试。") from error
    return {name: _as_csv(rows) for name, rows in sheets.items()}


def _as_csv(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue()


def _kept_sheets(path: Path) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _shown_sheets(path: Path) -> dict[str, list[list[object]]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    return {
        sheet.title: [
            [shown_number(cell.value, cell.number_format) for cell in row] for row in sheet
        ]
        for sheet in book.worksheets
    }


def shown_number(value: object, form: str | None) -> object:
    """Return a cell's number as its format shows it: 0.997 in ``0.00%`` is ``99.70%``.

    Whatever is no number, or in the general format, stays as it is; a number in a format that is
    not understood (thousands left out, 万 made by shifting) becomes a text that is asked about.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if form in PLAIN:
        return value
    shape = FORMAT.fullmatch((form or "").partition(";")[0])
    if shape is None:
        return f"{value}(显示格式 {form})"
    exact = Decimal(str(value)) * (100 if shape["percent"] else 1)
    step = Decimal(1).scaleb(-len(shape["decimals"] or ""))
    said = (shape["literal"] or "").replace('"', "").replace("\\", "")
    return f"{exact.quantize(step, ROUND_HALF_UP):f}{shape['percent'] or ''}{said}"


def _cell(value: object) -> str:
    """Return a cell as text on one line; whole numbers without the point that the file adds."""
    if value is None:
        return ""
    whole = isinstance(value, float) and value.is_integer()
    return " ".join(str(int(value) if isinstance(value, float) and whole else value).split())


def _decoded(content: bytes, name: str) -> str:
    if b"\0" not in content:
        for encoding in ENCODINGS:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise XukeError(f"文件“{name}”不是文本文件(UTF-8 或 GB18030):请另存为 CSV 后再试。")


def _table(
    lines: Iterable[str], heads: list[str], separator: str, name: str, start: int
) -> pd.DataFrame:
    if len({*heads} - {""}) != len([head for head in heads if head]):
        raise XukeError(f"文件“{name}”的列名有重复:每个列名只写一次。")
    rows = []
    for number, cells in enumerate(csv.reader(lines, delimiter=separator), start + 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(heads):
            raise XukeError(
                f"文件“{name}”第 {number} 行的格数多于列名:带千分位逗号的数请加引号,或去掉逗号。"
            )
        cells += [""] * (len(heads) - len(cells))
        rows.append({head: cell.strip() for head, cell in zip(heads, cells, strict=True)})
    if not rows:
        raise XukeError(f"文件“{name}”里一个数也没有:请在列名下面每行填一个指标。")
    return pd.DataFrame(rows, dtype=str)
