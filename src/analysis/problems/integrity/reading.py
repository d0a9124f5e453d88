"""Reading (读入) of a report's figures: from a table of public figures, or from anyone's file."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd

from analysis.errors import XukeError
from analysis.problems.integrity.findings import Finding, Sort, Verdict
from analysis.problems.integrity.grim import TESTABLE
from analysis.problems.integrity.printed import Printed, is_unprinted, read_printed
from analysis.problems.integrity.vocabulary import Meaning, Vocabulary

HEADINGS = ("指标", "数值", "单位")
ANSWER = "请在“对应”一列写明它指用语表里的哪个用语"
MEANS = "对应"  # an optional heading: the known term that one's own stands for
FORMAT = re.compile(r"[#,0_ ]*0(?:\.(?P<decimals>0+))?[_ )]*(?P<percent>%)?")
SEARCHED = 10  # lines above the headings that may hold a title
ENCODINGS = ("utf-8-sig", "gb18030")
SHOWN = (".xlsx", ".xlsm")  # files that say how each number is shown
SPREADSHEETS = (*SHOWN, ".xls", ".xlsb", ".ods")


@dataclass(frozen=True)
class Report:
    """What one report prints.

    Attributes:
        printed: its numbers, in print order, with their figures; a figure may stand twice.
        kinds: kind by figure.
        asked: what has to be asked about, one finding each.
        period: the period it covers, if known.
    """

    printed: tuple[tuple[str, Printed], ...]
    kinds: dict[str, str] = field(default_factory=dict)
    asked: tuple[Finding, ...] = ()
    period: str = ""

    @property
    def figures(self) -> dict[str, Printed]:
        """Each figure as it is printed first."""
        return dict(reversed(self.printed))

    def testable(self, figure: str) -> bool:
        """Return whether a figure is a share of counts or a mean of integers."""
        return self.kinds.get(figure) in TESTABLE


def read_report(figures: pd.DataFrame, words: Vocabulary, *, period: str = "") -> Report:
    """Read figures as committed in ``data/published/``, or as a file gives them.

    Args:
        figures: either the columns of ``tables.PUBLISHED``, whose ``figure`` says what each term
            means, or 指标, 数值 and 单位, whose terms are looked up.
        words: the vocabulary.
        period: the period that the report covers.
    """
    if set(HEADINGS) <= set(figures.columns):
        return _from_terms(figures, words, period)
    return _from_figures(figures, words, period)


def read_file(path: Path) -> pd.DataFrame:
    """Read a file with 指标, 数值 and 单位: CSV (UTF-8 or GB18030), or a spreadsheet's first sheet.

    A column 对应 may say which known term each 指标 stands for. Numbers of an xlsx file are read as
    they are shown (99.70%); of an older kind of spreadsheet as they are kept, without last zeros.

    Raises:
        XukeError: it cannot be read, or the headings are not in it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise XukeError(f"文件“{path.name}”打不开({error.strerror}):请核对路径。") from error
    if path.suffix.lower() in SPREADSHEETS:
        lines = _sheet(path).splitlines()
    else:
        lines = _decoded(content, path.name).splitlines()
    for start, line in enumerate(lines[:SEARCHED]):
        for separator in (",", "\t", ";", "，"):
            heads = [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
            if set(HEADINGS) <= set(heads):
                return _table(lines[start + 1 :], heads, separator, path.name, start + 1)
    raise XukeError(f"文件“{path.name}”里没有“{'、'.join(HEADINGS)}”三个列名:请补上这一行。")


def _sheet(path: Path) -> str:
    """Return the first sheet of a spreadsheet as CSV text."""
    try:
        rows = _shown_rows(path) if path.suffix.lower() in SHOWN else _kept_rows(path)
    except Exception as error:  # whatever the reader says of a file that is no spreadsheet
        raise XukeError(f"“{path.name}”不是能读的电子表格:请另存为 xlsx 或 CSV 后再试。") from error
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue()


def _kept_rows(path: Path) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    return list(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def _shown_rows(path: Path) -> list[list[object]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return [[shown_number(cell.value, cell.number_format) for cell in row] for row in sheet]


def shown_number(value: object, form: str | None) -> object:
    """Return a cell's number as its format shows it: 0.997 in ``0.00%`` is ``99.70%``.

    Whatever is no number, or in a format without digits of its own, stays as it is.
    """
    shape = FORMAT.fullmatch((form or "").partition(";")[0])
    if isinstance(value, bool) or not isinstance(value, int | float) or shape is None:
        return value
    exact = Decimal(str(value)) * (100 if shape["percent"] else 1)
    step = Decimal(1).scaleb(-len(shape["decimals"] or ""))
    return f"{exact.quantize(step, ROUND_HALF_UP):f}{shape['percent'] or ''}"


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


def _from_figures(figures: pd.DataFrame, words: Vocabulary, period: str) -> Report:
    printed, kinds = [], {}
    for row in figures.to_dict("records"):
        figure, kind = str(row["figure"]), str(row["kind"])
        kinds[figure] = kind
        number = read_printed(
            str(row["value"]),
            str(row["unit"]),
            str(row["rounding"]),
            whole=kind == "count",
            signed=kind in ("change", "residual", "other"),
            term=str(row["term"]),
            section=str(row["section"]),
        )
        printed.append((figure, number))
    return Report(tuple(printed), kinds, period=period)


def _from_terms(figures: pd.DataFrame, words: Vocabulary, period: str) -> Report:
    printed: list[tuple[str, Printed]] = []
    kinds: dict[str, str] = {}
    asked: list[Finding] = []
    for row in figures.to_dict("records"):
        term, value, unit = (str(row[heading] or "").strip() for heading in HEADINGS)
        if not term and not value:
            continue
        meaning = words.meaning(str(row.get(MEANS) or "") or term)
        if is_unprinted(value):
            asked.append(_ask(term, f"“{term}”没有数值,按未印出处理", Verdict.NOTED))
            continue
        if not meaning.figure:
            asked.append(_ask(term, _question(term, meaning)))
            continue
        kind = words.kind(meaning.figure)
        number = read_printed(
            value,
            unit,
            whole=kind == "count",
            signed=kind == "change",
            term=term,
            section=str(row.get("章节") or ""),
        )
        if not words.fits(meaning.figure, number.unit):
            asked.append(_ask(term, f"“{term}”的单位是“{number.unit}”:请确认它是什么数,本次未用"))
            continue
        kinds[meaning.figure] = kind
        printed.append((meaning.figure, number))
    return Report(tuple(printed), kinds, tuple(asked), period)


def _question(term: str, meaning: Meaning) -> str:
    if not meaning.nearest:
        return f"用语表里没有“{term}”,也没有相近的用语:{ANSWER},本次未用"
    return f"用语表里没有“{term}”:是不是“{'”“'.join(meaning.nearest)}”之一?{ANSWER},本次未用"


def _ask(term: str, note: str, verdict: Verdict = Verdict.ASK) -> Finding:
    return Finding(f"用语“{term}”", verdict, note=note, sort=Sort.TERM, group=f"term:{term}")
