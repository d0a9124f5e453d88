"""Writing the workbook (写工作簿): accessible, and the same bytes from the same edition.

What data hold is written as text or as a number, never as a formula or a link.
"""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype
from xlsxwriter import Workbook

from analysis.report.edition import DECIMALS, Edition
from analysis.report.numbers import MASK, MISSING
from analysis.report.watermark import first_words
from analysis.report.workbook.fit import LINE, lines, width
from analysis.report.workbook.pages import Page, pages

CONTENTS = "目录"
HEAD = 3  # rows above a table's headings: title, label, remark
LOOK: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "label": {"font_color": "#9C2A1E"},
    "remark": {"font_color": "#555555"},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#1F4E79", "underline": 1},
}
RIGHT = {"align": "right", "indent": 1}  # of numbers: clear of the words in the next column
RATE, PERCENT = "率", "0.00%"  # the columns of tables that hold shares
STYLE = "Table Style Light 1"  # grey bands; meaning is never in colours alone


def workbook(edition: Edition) -> bytes:
    """Return the workbook of an edition: contents first, then one named table a sheet."""
    made = BytesIO()
    book = Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    writer = _Writer(book, edition)
    sheets = pages(edition)
    writer.contents(sheets)
    for page in sheets:
        writer.page(page)
    book.close()
    return made.getvalue()


class _Writer:
    """Writes the sheets of one edition."""

    def __init__(self, book: Workbook, edition: Edition):
        self._book, self._edition, self._label = book, edition, edition.year.label
        font = {"font_name": "宋体", "font_size": 11}
        self._look = {name: book.add_format(font | look) for name, look in LOOK.items()}
        self._right = {
            name: book.add_format(font | LOOK[name] | RIGHT) for name in ("head", "text")
        }
        self._number: dict[str, Any] = {}
        self._font = font
        book.set_properties(
            {
                "title": f"{edition.title}行政许可实施和监督管理情况:指标",
                "subject": self._label,
                "comments": edition.dates,
                # Not the time of day: the same edition gives the same bytes.
                "created": datetime.combine(edition.year.cutoff, time(), UTC).replace(tzinfo=None),
            }
        )

    def contents(self, sheets: list[Page]) -> None:
        """Write the first sheet: what is where."""
        rows = [(page.tab, page.title, len(page.frame)) for page in sheets]
        frame = pd.DataFrame(rows, columns=["工作表", "内容", "行数"])
        title = f"{self._edition.title}行政许可实施和监督管理情况:指标"
        sheet = self.page(Page(CONTENTS, "contents", title, self._edition.dates, frame))
        for at, page in enumerate(sheets, start=HEAD + 1):
            sheet.write_url(at, 0, f"internal:'{page.tab}'!A1", self._look["link"], page.tab)

    def page(self, page: Page) -> Any:
        """Write one sheet and return it."""
        sheet = self._book.add_worksheet(page.tab)
        for row, (words, look) in enumerate(
            ((page.title, "title"), (self._label, "label"), (page.note, "remark"))
        ):
            sheet.write_string(row, 0, words, self._look[look])
        numeric = [
            name in page.numbers or is_numeric_dtype(page.frame[name]) for name in page.frame
        ]
        # Hidden numbers are text, and stand where the others of their column do.
        numeric = [
            right or bool(page.frame[name].map(_is_number_or_hidden).all())
            for name, right in zip(page.frame, numeric, strict=True)
        ]
        looks = [self._right if right else self._look for right in numeric]
        widths = [width(str(name), page.frame[name]) for name in page.frame]
        for row, cells in enumerate(page.frame.itertuples(index=False), start=HEAD + 1):
            if (needed := lines(cells, widths)) > 1:  # LibreOffice does not see by itself
                sheet.set_row(row, LINE * needed)
        for at, name in enumerate(page.frame.columns):
            column = page.frame[name]
            as_number, form = name in page.numbers, PERCENT if str(name).endswith(RATE) else ""
            for row, value in enumerate(column, start=HEAD + 1):
                self._cell(sheet, row, at, value, looks[at]["text"], as_number=as_number, form=form)
            sheet.set_column(at, at, widths[at])
        last = HEAD + max(len(page.frame), 1)
        sheet.add_table(
            HEAD,
            0,
            last,
            len(page.frame.columns) - 1,
            {
                "name": page.table,
                "style": STYLE,
                "autofilter": len(page.frame) > 1,
                "columns": [
                    {"header": str(name), "header_format": look["head"]}
                    for name, look in zip(page.frame.columns, looks, strict=True)
                ],
            },
        )
        self._set_up(sheet, page)
        return sheet

    def _cell(
        self, sheet: Any, row: int, at: int, value: Any, look: Any, *, as_number: bool, form: str
    ) -> None:
        text = isinstance(value, str)
        if (not text and pd.isna(value)) or value == "":
            sheet.write_string(row, at, MISSING, look)
        elif as_number and value != MASK and "/" not in value:  # 1/3 stays exact as text
            _, _, decimals = str(value).partition(".")
            sheet.write_number(row, at, float(value), self._numeric(_plain(len(decimals))))
        elif not text:
            form = form or _plain(0 if pd.api.types.is_integer(value) else 2)
            sheet.write_number(row, at, round(float(value), DECIMALS), self._numeric(form))
        else:
            sheet.write_string(row, at, value, look)

    def _numeric(self, form: str) -> Any:
        if form not in self._number:
            look = {"num_format": form, "valign": "top"} | RIGHT
            self._number[form] = self._book.add_format(self._font | look)
        return self._number[form]

    def _set_up(self, sheet: Any, page: Page) -> None:
        """Freeze the headings, and say on paper, too, what kind of data it is."""
        sheet.freeze_panes(HEAD + 1, page.fixed)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
        sheet.set_header(f"&C{first_words(self._label)}" if self._label else "")
        sheet.set_footer("&C&P / &N")


def _plain(places: int) -> str:
    """Return the format of a number with these decimals."""
    return "#,##0" + ("." + "0" * places if places else "")


def _is_number_or_hidden(value: Any) -> bool:
    return not isinstance(value, str) or value == MASK
