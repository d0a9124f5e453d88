"""Encoding, separator and headings are found as a person would find them, and may be overridden."""

import pytest

from analysis.errors import XukeError
from analysis.sources.reading import Options, encoded
from analysis.sources.reading.open_text import open_text
from tests.sources.reading.tables import drawn, in_memory, reasons

TABLE = """申办流水号,事项名称,办结时间,经办人
001,公共场所卫生许可,2022-01-05 09:30:00,张䶮
002,食品经营许可,2022-01-06 10:00:00,王小明
"""
FRENCH = "Référence;Intitulé;Reçu;Clos\n1;Café à l’été, près du bâtiment;2022-01-05;\n2;Crèche;2022-02-01;\n"


def opened(text: str | bytes, written: str = "utf-8", **options):
    data = text if isinstance(text, bytes) else text.encode(written)
    return open_text(in_memory(data), Options(**options))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_tells_the_encoding(written, told):
    source = opened(TABLE, written)
    assert f"编码 {told}" in source.notes
    assert source.headings == ("申办流水号", "事项名称", "办结时间", "经办人")
    assert drawn(source)[2] == ["001", "公共场所卫生许可", "2022-01-05 09:30:00", "张䶮"]


def test_gbk_is_read_as_what_contains_it():
    source = opened(TABLE.replace("䶮", "伟").encode("gbk"), encoding="gbk")
    assert "编码 gb18030" in source.notes


def test_western_text_is_not_taken_for_chinese():
    source = opened(FRENCH, "cp1252")
    assert source.notes[:2] == ("编码 cp1252", "分隔符为分号")
    assert drawn(source)[2][1] == "Café à l’été, près du bâtiment"


def test_the_encoding_shows_late(monkeypatch):
    monkeypatch.setattr(encoded, "SAMPLE", 64)
    source = opened("id,name\n" + "1,abc\n" * 100 + "2,准予许可\n", "gb18030")
    assert drawn(source)[102] == ["2", "准予许可"]


def test_a_wrong_encoding_can_be_overridden():
    assert drawn(opened(FRENCH, "cp1252", encoding="iso8859-15"))[3][1] == "Crèche"
    with pytest.raises(XukeError, match="没有“gb-nonsense”这种编码"):
        opened(TABLE, encoding="gb-nonsense")
    with pytest.raises(XukeError, match="没有“rot13”这种编码"):
        opened(TABLE, encoding="rot13")


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_tells_the_separator(separator, encoding):
    # 恷 ends in the byte of a bar in GB 18030.
    rows = TABLE.replace(",", separator).replace("王小明", "恷")
    assert b"\x90|" in "恷".encode("gb18030")
    assert drawn(opened(rows, encoding))[3] == ["002", "食品经营许可", "2022-01-06 10:00:00", "恷"]


def test_separators_within_quotes_do_not_count():
    text = '编号;说明\n1;"甲,乙,丙\n丁,戊,己"\n2;"甲,乙,丙"\n'
    assert drawn(opened(text)) == {2: ["1", "甲,乙,丙\n丁,戊,己"], 4: ["2", "甲,乙,丙"]}


def test_a_separator_is_one_character():
    assert drawn(opened("甲\t乙,丙\n1\t2,3\n", separator="\\t")) == {2: ["1", "2,3"]}
    with pytest.raises(XukeError, match="只能是一个英文字符"):
        opened(TABLE, separator=",,")


def test_titles_and_blank_lines_above_the_headings():
    source = opened("2022年办件清单,,,\n\n统计时间:,2022年\n" + TABLE)
    assert source.headings[0] == "申办流水号"
    assert "表头在第 4 行" in source.notes
    assert list(drawn(source)) == [5, 6]


def test_the_heading_row_may_be_told():
    source = opened("a,b\n" + TABLE, heading_row=2)
    assert source.headings[0] == "申办流水号"
    with pytest.raises(XukeError, match="第 9 行没有表头"):
        opened(TABLE, heading_row=9)


def test_data_without_headings_are_refused():
    with pytest.raises(XukeError, match=r"第 1 行像数据,不像表头.*--heading-row"):
        opened("20220001,440114000001,2022-01-05\n20220002,440114000002,2022-01-06\n")


def test_headings_in_two_rows_are_put_together():
    source = opened(
        ",编号,申请人,,时间,\n序号,,姓名,类型,申请,办结\n1,A1,甲,个人,早,晚\n2,A2,乙,企业,早,晚\n"
    )
    assert source.headings == ("序号", "编号", "姓名", "类型", "申请", "办结")


def test_missing_and_repeated_headings_get_names():
    source = opened("编号,名称,,名称,\n1,甲,x,乙,\n2,甲,x,乙,\n")
    assert source.headings == ("编号", "名称#1", "(第3列)", "名称#2", "(第5列)")
    assert any("“名称”重复" in note for note in source.notes)
    assert any("2 列没有表头" in note for note in source.notes)


def test_headings_lose_white_space_and_line_breaks():
    assert opened('" 编号 ","办结\n时间"\n1,2022\n').headings == ("编号", "办结时间")


def test_one_heading_too_few_is_refused():
    with pytest.raises(XukeError, match="表头有 2 个,数据行多为 3 格"):
        opened("编号,名称\n1,甲,2022\n2,乙,2022\n")


def test_rows_may_all_end_in_a_separator():
    source = opened("编号,名称\n1,甲,\n2,乙,\n")
    assert source.headings == ("编号", "名称", "(第3列)")
    assert list(drawn(source)) == [2, 3]


def test_headings_may_end_in_separators_that_rows_lack():
    source = opened("编号,名称,,\n1,甲\n2,乙\n")
    assert source.headings == ("编号", "名称")


def test_what_is_not_data():
    rows = "合计建材公司,甲,1,a\n,,,\n  ,\u3000,,\n\n合计,,2,\n ,总计:,3,\n申办流水号,事项名称,办结时间,经办人\n"
    source = opened(TABLE + rows)
    assert reasons(source) == {
        5: "空行", 6: "空行", 7: "空行", 8: "合计行", 9: "合计行", 10: "重复的表头",
    }  # fmt: skip


def test_only_headings():
    assert drawn(opened("编号,名称\n")) == {}


def test_one_column():
    assert drawn(opened("编号\n1\n\n3\n")) == {2: ["1"], 3: [None], 4: ["3"]}


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_in_it(data):
    with pytest.raises(XukeError, match="空文件"):
        opened(data)


def test_no_text():
    with pytest.raises(XukeError, match="不是文本表格"):
        opened(bytes(range(1, 256)) * 50)


def test_ten_thousand_columns():
    headings = ",".join(f"列{number}" for number in range(10_000))
    row = ",".join(str(number) for number in range(10_000))
    source = opened(f"{headings}\n{row}\n{row}\n")
    assert drawn(source, [0, 9_999]) == {2: ["0", "9999"], 3: ["0", "9999"]}


def test_untidy_and_western_with_old_line_ends():
    lines = [
        "Planning register – café licences;;",
        "Reference;Décision;Received",
        "",
        "1;Refusé;2022-01-05",
    ]
    lines += ["2;Accordé – été;2022-01-06", ";;", "3;Refusé;2022-01-07"]
    source = opened("\r".join(lines) + "\r", "cp1252")
    assert source.notes[:3] == ("编码 cp1252", "分隔符为分号", "表头在第 2 行")
    assert drawn(source)[5] == ["2", "Accordé – été", "2022-01-06"]
    assert reasons(opened("\r".join(lines), "cp1252")) == {3: "空行", 6: "空行"}


@pytest.mark.parametrize(
    "total", ["Total", "GRAND TOTAL:", "Sub-total", "Eindtotaal", "Gesamt", "總計"]
)
def test_totals_in_other_languages_are_no_data(total):
    source = opened(f"Ref,Type,Applied,Fee\nA1,Sign,2022,2\n{total},,,2\n")
    assert reasons(source) == {3: "合计行"}


def test_a_kind_of_something_may_be_called_total():
    source = opened("Demolition,Ref,Fee\nPartial,A1,2\nTotal,A2,3\n")
    assert reasons(source) == {}
