from bs4 import BeautifulSoup

from analysis.report.show import (
    Card,
    Definition,
    cite,
    definitions,
    headline,
    masthead,
    note,
    paragraph,
    text,
)
from tests.report.sample import YEAR


def test_only_the_template_and_html_reach_the_page_as_they_are():
    made = paragraph("受理 {} 件,<{}>", cite("a", "<1>"), "<b>")
    assert made == '<p>受理 <a class="n" href="#def-a">&lt;1&gt;</a> 件,&lt;&lt;b&gt;&gt;</p>'
    assert note("{x}", x="<i>") == '<p class="note">&lt;i&gt;</p>'
    assert text("共 {:,} 件", 1000) == "共 1,000 件"


def test_in_a_terminal_the_text_is_shown():
    assert repr(paragraph("受理 {} 件", cite("a", "1"))) == "受理 1 件"


def test_masthead_names_place_year_and_both_dates():
    soup = BeautifulSoup(masthead(YEAR, "<标题>", "导语<b>"), "html.parser")
    assert soup.h1.text == "示例区 · 2022 年度 <标题>"
    assert soup.select_one(".place").text == "示例区 · 2022 年度"
    meta = soup.select_one(".meta").text
    assert meta == "统计截至 2022-12-31 24:00 · 数据导出 2023-01-15 · 内部版"
    assert soup.select_one(".lead").text == "导语<b>"


def test_headline_lists_terms_with_values():
    soup = BeautifulSoup(
        headline([Card("受理量", "179.57", "万件", "+6%"), Card("率", "1")]), "html.parser"
    )
    assert [dt.text for dt in soup.select("dt")] == ["受理量", "率"]
    assert [dd.text for dd in soup.select("dd")] == ["179.57万件", "+6%", "1"]


def test_definitions_are_where_cite_links_to():
    soup = BeautifulSoup(definitions([Definition("a", "甲", ("一", "<二>"))]), "html.parser")
    link = BeautifulSoup(cite("a", "1"), "html.parser").a["href"]
    assert soup.select_one(link).get_text("|") == "甲|一|<二>"
