"""Worksheets give what a person reads in them, with the row numbers that stand at their side."""

import datetime as dt
import gc
import io
import weakref

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.sources.reading import Options
from analysis.sources.reading.sheets import SheetCells, open_sheets
from tests.sources.reading.tables import drawn, in_memory, reasons

HEADINGS = ["申办流水号", "事项名称", "办结时间", "天数"]


def opened(book: openpyxl.Workbook, **options):
    content = io.BytesIO()
    book.save(content)
    return open_sheets(in_memory(content.getvalue(), "办件.xlsx"), Options(**options))


def book_of(*rows, name: str = "办件") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return book


# Not in a spreadsheet: control characters; a carriage return becomes a line feed in its XML.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=8)
VALUES = st.one_of(
    TEXT.filter(lambda text: not text.startswith("=")).map(lambda text: (text, text or None)),
    st.integers(-(10**15), 10**15).map(lambda number: (number, str(number))),
    st.dates(dt.date(1901, 1, 1), dt.date(2200, 1, 1)).map(lambda day: (day, day.isoformat())),
    st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2200, 1, 1))
    .map(lambda moment: moment.replace(microsecond=0))
    .filter(lambda moment: moment.time() != dt.time())
    .map(lambda moment: (moment, moment.isoformat(" "))),
    st.booleans().map(lambda truth: (truth, str(truth).upper())),
    st.just((None, None)),
)


@given(rows=st.lists(st.lists(VALUES, min_size=4, max_size=4), max_size=20))
def test_reads_back_what_openpyxl_writes(rows):
    book = book_of(["2022年办件清单"], [], HEADINGS, *([value for value, _ in row] for row in rows))
    (source,) = opened(book, heading_row=3)
    found = drawn(source)
    expected = {4 + at: [text for _, text in row] for at, row in enumerate(rows)}
    while expected and not any(expected[max(expected)]):  # blank rows at the end are not stored
        del expected[max(expected)]
    assert found == expected


def test_long_numbers_as_text_are_exact_and_fractions_as_shown():
    number = "440114202200000000123"
    (source,) = opened(
        book_of(HEADINGS, [number, "甲", None, 0.1 + 0.2], ["00012", "乙", None, 2.5])
    )
    assert drawn(source) == {2: [number, "甲", None, "0.3"], 3: ["00012", "乙", None, "2.5"]}


def test_merged_titles_and_blank_rows_above_columns_left_free():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "2022年度办件统计表"
    sheet.merge_cells("B2:E2")
    for column, heading in enumerate(HEADINGS, 2):
        sheet.cell(4, column, heading)
        sheet.cell(5, column, f"值{column}")
        sheet.cell(8, column, f"值{column}")
    (source,) = opened(book)
    assert source.headings == tuple(HEADINGS)
    assert "表头在第 4 行" in source.notes
    assert drawn(source)[8] == ["值2", "值3", "值4", "值5"]
    assert reasons(opened(book)[0]) == {6: "空行", 7: "空行"}


def test_headings_merged_over_two_rows():
    book = book_of(
        ["编号", "申请人", None, "时间"], [None, "姓名", "类型", "申请", "办结"], list("12345")
    )
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")
    book.active.merge_cells("D1:E1")
    (source,) = opened(book)
    assert source.headings == ("编号", "姓名", "类型", "申请", "办结")


def test_totals_and_repeated_headings():
    (source,) = opened(
        book_of(HEADINGS, list("abcd"), HEADINGS, ["合 计"], ["合计", None, None, 1])
    )
    assert reasons(source) == {3: "重复的表头", 4: "合计行", 5: "合计行"}


def test_every_visible_sheet_or_those_named():
    book = book_of(HEADINGS, list("abcd"), name="一月")
    for name in ("二月", "隐藏", "空"):
        book.create_sheet(name)
    for name in ("二月", "隐藏"):
        book[name].append(HEADINGS)
        book[name].append(list("efgh"))
    book["隐藏"].sheet_state = "hidden"
    sources = opened(book)
    assert [each.sheet for each in sources] == ["一月", "二月"]
    assert "未读的工作表(空、隐藏或只有一列):隐藏、空" in sources[0].notes
    assert [each.sheet for each in opened(book, sheets=("隐藏",))] == ["隐藏"]
    with pytest.raises(XukeError, match="没有工作表“三月”:有 一月、二月、隐藏、空"):
        opened(book, sheets=("三月",))


def test_an_empty_workbook():
    with pytest.raises(XukeError, match="都是空的"):
        opened(openpyxl.Workbook())


def test_a_workbook_cut_off():
    content = io.BytesIO()
    book_of(HEADINGS, list("abcd")).save(content)
    with pytest.raises(XukeError, match="不是完整的电子表格"):
        open_sheets(in_memory(content.getvalue()[:-200], "办件.xlsx"), Options())


def test_ten_thousand_columns():
    (source,) = opened(book_of([f"列{n}" for n in range(10_000)], list(range(10_000))))
    assert drawn(source, [0, 9_999]) == {2: ["0", "9999"]}


@pytest.mark.parametrize(("at", "left"), [(1, 1), (3, 4)], ids=["at the corner", "further in"])
def test_a_cell_merged_over_rows_is_said_of_each_of_them(at, left):
    """Not of blank rows, nor of those behind; a merged heading or title is no data."""
    book = openpyxl.Workbook()
    table = book.active
    rows = [["清单"], ["部门", "编号", "天数"], ["甲局", "1", 5], [None, "2", 6]]
    rows += [[None, None, None], [None, "3", 7], [None, "4", 8], ["乙局", "5", None]]
    for n, row in enumerate(rows):
        for m, value in enumerate(row):
            table.cell(at + n, left + m, value)
    for top, bottom, column in ((2, 5, 0), (5, 6, 2), (7, 7, 1)):
        table.merge_cells(
            start_row=at + top,
            end_row=at + bottom,
            start_column=left + column,
            end_column=left + column,
        )
    table.merge_cells(start_row=at, end_row=at, start_column=left, end_column=left + 2)
    (source,) = opened(book)
    assert "数据里有 2 处单元格跨行合并,所跨的各行都取合并格里的值" in source.notes
    assert list(drawn(source).values()) == [
        ["甲局", "1", "5"],
        ["甲局", "2", "6"],
        [None, None, None],
        ["甲局", "3", "7"],
        [None, "4", "7"],
        ["乙局", "5", None],
    ]


def test_cells_are_given_up_without_the_collector():
    """A circle kept the rows of many batches in memory until it came by."""
    gc.disable()
    try:
        cells = SheetCells([["甲", 1.0], ["乙", ""]], 2)
        assert [cells.whole(at).to_pylist() for at in (0, 1)] == [["甲", "乙"], ["1", None]]
        left = weakref.ref(cells)
        del cells
        assert left() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("corner", "said"),
    [("XFD1048576", "1,048,576 行 × 16,384 列"), ("CV1000001", "1,000,001 行 × 100 列")],
)
def test_a_stray_cell_far_away_is_told_before_it_takes_all_memory(corner, said):
    book = book_of(HEADINGS)
    book.active[corner] = "x"
    with pytest.raises(XukeError, match=said):
        opened(book)


def test_a_stray_cell_less_far_away_is_read_past():
    book = book_of(HEADINGS, ["a", "b", None, 1])
    book.active["AA2000"] = "x"
    (source,) = opened(book)
    assert drawn(source)[2][:4] == ["a", "b", None, "1"]
