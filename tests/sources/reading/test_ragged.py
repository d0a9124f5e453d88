"""Rows that are not as the headings say: filled up, or named by their line; none is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.sources.reading import Options, records
from analysis.sources.reading.open_text import open_text
from tests.sources.reading.tables import drawn, in_memory, reasons

HEADINGS = "申办流水号,事项名称,办结时间\n"


def opened(text: str | bytes, encoding: str = "gb18030", **options):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return open_text(in_memory(data), Options(encoding=encoding, **options))


def unreadable(source) -> dict[int, str]:
    return {each.row: each.reason for each in source.unreadable}


def test_a_short_row_is_filled_up_and_empty_cells_too_many_are_left_out():
    source = opened(HEADINGS + "1,准予\n2,准予,2022,,\n3,,\n")
    assert drawn(source) == {2: ["1", "准予", None], 3: ["2", "准予", "2022"], 4: ["3", None, None]}
    assert not source.unreadable


def test_a_row_with_filled_cells_too_many_is_named():
    source = opened(HEADINGS + "1,准予,2022\n2,准予,变更,2022\n3,准予,2022\n")
    assert list(drawn(source)) == [2, 4]
    assert unreadable(source) == {3: "有 4 格,表头只有 3 个:内容里的分隔符要加引号"}


def test_a_file_cut_off_in_a_row():
    source = opened(HEADINGS + "1,准予,2022\n2,准")
    assert list(drawn(source)) == [2]
    assert unreadable(source) == {3: "文件在这一行中间断了:请重新导出"}


def test_a_file_cut_off_within_a_character():
    source = opened((HEADINGS + "1,准予,2022\n2,准予,年").encode("gb18030")[:-1])
    assert list(drawn(source)) == [2]
    assert unreadable(source) == {3: "“办结时间”里有不是 gb18030 的字节"}


def test_a_total_without_line_end_is_no_cut_off_row():
    source = opened(HEADINGS + "1,准予,2022\n合计,1")
    assert reasons(source) == {3: "合计行"}
    assert not source.unreadable


def test_a_quote_that_is_never_closed_costs_its_own_row():
    source = opened(HEADINGS + '1,"准予,2022\n2,"准予",2022\n3,准予,2022\n')
    assert list(drawn(source)) == [3, 4]
    assert list(unreadable(source)) == [2]
    assert "引号没有配对" in unreadable(source)[2]


def test_a_quote_unclosed_to_the_end_costs_its_own_row():
    rows = "".join(f"{number},准予,2022\n" for number in range(3, 3000))
    source = opened(HEADINGS + '2,"准予,2022\n' + rows)
    assert list(drawn(source)) == list(range(3, 3000))
    assert list(unreadable(source)) == [2]


def test_lines_of_a_broken_cell_are_not_taken_for_short_rows():
    source = opened(HEADINGS + '1,"他说"你好"\n再见",2022\n尾\n4,准予,2022\n')
    assert list(drawn(source)) == [5]
    assert list(unreadable(source)) == [2, 3, 4]


def test_a_quote_within_a_cell_is_a_character():
    source = opened(HEADINGS + '1,5"屏,2022\n2,"准予"书,2022\n')
    assert drawn(source) == {2: ["1", '5"屏', "2022"], 3: ["2", "准予书", "2022"]}


def test_zeros_and_foreign_bytes_spoil_their_row_only():
    good = "准予,2022\n".encode("gb18030")
    data = (
        HEADINGS.encode("gb18030") + b"1," + good + b"2\0," + good + b"\xff3," + good + b"4," + good
    )
    source = opened(data)
    assert list(drawn(source)) == [2, 5]
    assert unreadable(source) == {
        3: "“申办流水号”里有空字符(NUL)",
        4: "“申办流水号”里有不是 gb18030 的字节",
    }


def test_foreign_bytes_where_nobody_looks_spoil_nothing():
    source = opened(HEADINGS.encode("gb18030") + b"1,\xff,2022\n")
    assert drawn(source, [0, 2]) == {2: ["1", "2022"]}
    assert not source.unreadable


def test_foreign_units_in_utf_16():
    data = (HEADINGS + "1,准予,2022\n").encode("utf-16-le") + b"2\0,\0\x00\xd8,\0\n\0"
    source = opened(data, "utf-16-le")
    assert list(drawn(source)) == [2]
    assert list(unreadable(source)) == [3]


def test_a_wrong_separator_or_encoding_is_given_up():
    rows = "".join(f"{number},准,予,2022\n" for number in range(3000))
    with pytest.raises(XukeError, match=r"大多数行读不出.*--separator"):
        drawn(opened(HEADINGS + "1,准予,2022\n" * 60 + rows))
    utf_8 = (HEADINGS + "1,准予,2022\n" * 3000).encode().replace("准".encode(), b"\xff")
    with pytest.raises(XukeError, match=r"大多数行读不出.*--encoding"):
        drawn(opened(utf_8, "utf-8"))


def test_a_record_that_never_ends_is_no_table(monkeypatch):
    monkeypatch.setattr(records, "LONGEST", 1 << 20)
    with pytest.raises(XukeError, match="第 2 行太长"):
        drawn(opened(HEADINGS + "a" * (1 << 23)))


ROWS = st.lists(st.integers(1, 6), min_size=1, max_size=60)


@given(widths=ROWS, block=st.integers(1, 300), ragged=st.integers(1, 300))
def test_every_row_is_read_or_named(widths, block, ragged):
    lines = [",".join(str(cell) for cell in range(width)) + "\r\n" for width in widths]
    with pytest.MonkeyPatch.context() as small:
        small.setattr(records, "BLOCK", block)
        small.setattr(records, "RAGGED", ragged)
        source = opened(HEADINGS.replace("\n", "\r\n") + "0,1,2\r\n" * 60 + "".join(lines))
        found = drawn(source)
    expected = {
        row: [str(cell) if cell < width else None for cell in range(3)]
        for row, width in enumerate([3] * 60 + widths, 2)
        if width <= 3
    }
    assert found == expected
    assert list(unreadable(source)) == [row for row, n in enumerate(widths, 62) if n > 3]
