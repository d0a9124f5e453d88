import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.errors import XukeError
from analysis.report.numbers import percent
from analysis.report.show import cite, table

FRAME = pd.DataFrame(
    {
        "部门": ["公安", "<script>alert(1)</script>", "合计"],
        "受理量": [1795742, None, np.int64(3)],
        "即办率": [0.9025, None, 0.5],
        "结论": ["一致", None, "不一致"],
    }
).astype({"受理量": "Int64"})


def parsed(*args, **options) -> BeautifulSoup:
    return BeautifulSoup(table(*args, **options), "html.parser")


def test_headers_have_scopes_and_the_region_a_name():
    soup = parsed(FRAME, caption="各部门", unit="件")
    region = soup.select_one("div.tbl[role=region][tabindex='0']")
    assert region["aria-label"] == "各部门"
    assert soup.caption.get_text(" ") == "各部门 单位:件"
    assert [th.text for th in soup.select("thead th[scope=col]")] == list(FRAME.columns)
    assert len(soup.select("tbody th[scope=row]")) == len(FRAME)
    assert all(len(row.select("th,td")) == 4 for row in soup.select("tr"))


def test_data_cannot_bring_html_in():
    evil = FRAME.rename(columns={"结论": "<b onclick=x>结论"})
    made = table(evil, caption="<i>各部门</i>", unit="<u>", note="<s>")
    assert not BeautifulSoup(made, "html.parser").select("script, b, i, u, s")
    assert "alert(1)" in made


def test_values_are_printed_by_kind_or_as_asked_and_the_missing_are_read_aloud():
    soup = parsed(FRAME, caption="表", formats={"即办率": percent})
    cells = [[td.text for td in row.select("td")] for row in soup.select("tbody tr")]
    assert cells[0] == ["1,795,742", "90.25%", "一致"]
    assert cells[1] == ["—无数据"] * 3
    assert soup.select_one("td [aria-hidden=true]").text == "—"


def test_a_number_that_is_not_published_stays_among_numbers():
    frame = pd.DataFrame({"部门": ["甲", "乙"], "件": [7, "*"], "率": [0.5, "*"]}, dtype=object)
    cells = parsed(frame, caption="表", formats={"率": percent}).select("td")
    assert [cell.text for cell in cells] == ["7", "50.00%", "*不公开", "*不公开"]
    assert not any(cell.get("class") for cell in cells)


def test_numbers_are_right_aligned_and_words_are_not():
    first = parsed(FRAME, caption="表").select("tbody tr")[0].select("td")
    assert [cell.get("class") for cell in first] == [None, None, ["t"]]


def test_verdicts_become_badges_only_in_a_column_of_nothing_else():
    kinds = {"一致": "ok", "不一致": "bad"}
    soup = parsed(FRAME, caption="表", verdicts=kinds)
    assert [badge["class"] for badge in soup.select("td span.v")] == [["v", "ok"], ["v", "bad"]]
    assert not parsed(FRAME.replace("不一致", "其他"), caption="表", verdicts=kinds).select(".v")


def test_a_named_index_heads_the_rows():
    soup = parsed(FRAME.set_index("部门")[["受理量"]], caption="表")
    assert [th.text for th in soup.select("thead th")] == ["部门", "受理量"]
    assert soup.select_one("tbody th").text == "公安"


def test_years_that_head_rows_have_no_separators():
    soup = parsed(pd.DataFrame({"年度": [2022], "件": [2022]}), caption="表")
    assert (soup.select_one("tbody th").text, soup.td.text) == ("2022", "2,022")


def test_a_link_to_a_definition_is_kept():
    frame = pd.DataFrame({"指标": ["受理量"], "数": [cite("accepted", "1,795,742")]}, dtype=object)
    assert parsed(frame, caption="表").td.a["href"] == "#def-accepted"


def test_the_total_is_set_off_and_a_long_table_is_folded_complete():
    soup = parsed(FRAME, caption="表", total=True, fold_after=2)
    assert soup.select("tr.total")[0].th.text == "合计"
    assert len(soup.select("details.fold tbody tr")) == 3
    assert soup.summary.text == "表(共 3 行)"
    assert not parsed(FRAME, caption="表", fold_after=3).select("details")


def test_a_table_of_no_rows_is_still_a_table():
    assert parsed(FRAME.head(0), caption="表", total=True).select("thead th")


def test_mistakes_are_told():
    with pytest.raises(XukeError, match="caption"):
        table(FRAME, caption=" ")
    with pytest.raises(XukeError, match="没有“即办”列"):
        table(FRAME, caption="表", formats={"即办": percent})
