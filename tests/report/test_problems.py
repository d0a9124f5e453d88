"""The page of findings, on a small year: what stands first, each finding in full, the gaps."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_hex

import analysis.publish
from analysis.problems.finding import Answer, Finding, Verdict
from analysis.problems.findings import QUESTIONS, grounds_of, statement, with_unit
from analysis.problems.judging import p_texts
from analysis.problems.topics import PROBLEMS, TOPICS
from analysis.report import palette
from analysis.report.problems import matrix, one, said
from analysis.report.problems.drawings import DRAWINGS, Bars
from analysis.report.problems.event_chart import event_study
from analysis.report.problems.sections import Page
from analysis.tables.year import Year
from tests.problems.whole import YEAR, whole_frames
from tests.tables.build import PLACE

TEMPLATES = Path(analysis.publish.__file__).parent / "templates/xuke"
NOTEBOOK = Path(__file__).parents[2] / "notebooks/problems.ipynb"


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(grounds_of(Year.from_frames(PLACE, YEAR, whole_frames())))


def test_first_screen_tells_one_evident_finding_of_each_problem_first(page: Page) -> None:
    told = said.most_evident(page.found)
    problems = [each.question.problem for each in told]
    assert 3 <= len(told) <= said.FIRST
    assert "quality" not in problems
    assert all(each.verdict is Verdict.EVIDENT for each in told)
    evident = {each.question.problem for each in page.found if each.verdict is Verdict.EVIDENT}
    assert len(set(problems)) == min(len(evident - {"quality"}), said.FIRST)
    soup = BeautifulSoup(said.first_screen(page.found), "html.parser")
    assert [link.text for link in soup.select("li a")] == [statement(each) for each in told]
    earlier = replace(told[0], before=1.5)
    shown = said.first_screen([earlier])
    assert f"上年 {with_unit(1.5, earlier.question)}" in shown


def test_key_figures_count_every_finding(page: Page) -> None:
    assert sum(int(card.value) for card in said.key_figures(page.found)) == len(QUESTIONS)


def test_each_finding_is_shown_once_with_all_that_a_reader_may_doubt(page: Page) -> None:
    parts = [page.quality()]
    for part in ("二", "三"):
        parts += [page.topic(part, at + 1) for at in range(sum(t.part == part for t in TOPICS))]
    soup = BeautifulSoup("".join(parts), "html.parser")
    shown = [fold["id"].removeprefix("f-") for fold in soup.select("details.finding")]
    assert sorted(shown) == sorted(QUESTIONS)
    for each in page.found:
        fold = soup.select_one(f"#f-{each.question.id}")
        assert fold is not None
        terms = [term.text for term in fold.select("dt")]
        assert {"指标", "定义", "范围", "判定线", "另外的解释", "出处"} <= set(terms)
        assert fold.summary is not None
        assert each.verdict.value in fold.summary.text
        assert fold.summary.text.count(Verdict.INSUFFICIENT) <= 1  # the badge says it
        assert fold.has_attr("open") == (each.verdict is Verdict.EVIDENT)
        assert all(rival in fold.text for rival in each.question.rivals)
        if each.answer.number is not None:
            assert "区间" in terms
    targets = {link["href"].removeprefix("#f-") for link in soup.select('a[href^="#f-"]')}
    assert targets <= set(shown)
    for image in soup.select("svg[role=img]"):
        assert len(str(image["aria-label"])) > 10


def test_the_matrices_count_what_there_is(page: Page) -> None:
    soup = BeautifulSoup(matrix.by_problem(page.found), "html.parser")
    assert len(soup.select("tbody tr")) == len({each.question.problem for each in page.found})
    departments = BeautifulSoup(matrix.by_department(page.grounds), "html.parser")
    assert [row.text for row in departments.select("tbody th")]
    missing = [each for each in page.found if each.verdict is Verdict.INSUFFICIENT]
    gaps = BeautifulSoup(matrix.not_computed(missing), "html.parser")
    assert all(each.answer.reason.removeprefix("数据不足:") in gaps.text for each in missing)


def test_drawings_are_of_questions_that_there_are() -> None:
    assert set(DRAWINGS) <= set(QUESTIONS)


def test_paper_gets_the_first_rows_and_says_where_the_others_are() -> None:
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    assert f"tr:nth-child(n+{one.IN_PRINT + 1}){{display:none}}" in css
    rows = pd.DataFrame({"部门": list("甲乙丙丁戊己庚"), "件": range(7)})
    question = QUESTIONS["late_delivery"]
    long, short = (
        one._evidence(Finding(question, Answer(1.0, evidence=table), Verdict.SIGNS))
        for table in (rows, rows[:5])
    )
    assert "其余 2 行见网页" in long
    assert "见网页" not in short
    assert all(name in long for name in rows["部门"])  # the page itself has all


def test_counts_of_departments_are_no_ranking() -> None:
    rows = pd.DataFrame({"部门": ["大局", "小局"], "逾期": [90, 9], "办件": [9000, 90]})
    table = rows.assign(**{"占比(%)": [1.0, 10.0]})
    drawn = Bars()(Finding(QUESTIONS["late_delivery"], Answer(1.0, evidence=table), Verdict.SIGNS))
    assert drawn is not None
    words = drawn[1]
    assert "大局 90 件(占 1.00%)最多" in words.caption
    assert "不是好坏的名次" in words.caption
    assert "小局 9 件(占 10.00%)" in words.alt


def test_the_bars_that_a_share_of_tags_counts_are_named() -> None:
    rows = pd.DataFrame({"差评标签": ["态度不好", "要求重复提交材料"], "差评(条)": [9, 4]})
    drawn = DRAWINGS["bad_tags_again"](
        Finding(QUESTIONS["bad_tags_again"], Answer(30.0, evidence=rows), Verdict.EVIDENT)
    )
    assert drawn is not None
    ax, words = drawn
    assert words.caption == "差评反映反复补交的占比:计入的标签(红色)是要求重复提交材料"
    colours = [to_hex(bar.get_facecolor()) for bar in ax.patches]
    assert colours == [palette.SUBJECT, palette.ACCENT]


def test_a_rate_is_highest_where_a_count_is_most() -> None:
    rows = pd.DataFrame({"部门": ["甲", "乙"], "等待占全程(%)": [41.0, 39.5]})
    drawn = DRAWINGS["waiting_share"](
        Finding(QUESTIONS["waiting_share"], Answer(40.0, evidence=rows), Verdict.SIGNS)
    )
    assert drawn is not None
    assert drawn[1].caption.endswith("甲 41.0%,最高")


def test_axes_say_what_they_are_of() -> None:
    rows = pd.DataFrame(
        {"距下放(月)": [-1, 0, 1], "差异": [0.0, 5, 6], "下限": [-1.0, 4, 5], "上限": [1.0, 6, 9]}
    )
    ax = event_study(rows)
    assert ax.get_xlabel() == "距下放的月数"
    assert ax.get_ylim()[1] > 9 * 1.1  # the name of the beginning stands above all intervals


def test_the_notebook_has_the_headings_of_the_topics() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    words = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    for part in ("二", "三"):
        titles = [topic.title for topic in TOPICS if topic.part == part]
        for at, title in enumerate(titles, 1):
            assert f"### ({'一二三四五'[at - 1]}){title}" in words
            assert f'page.topic("{part}", {at})' in code
    assert set(PROBLEMS) >= {"quality"}


def test_a_small_p_value_is_not_printed_as_none() -> None:
    assert p_texts([0.0, 0.0009, 0.001, 1]) == ["不到0.001", "不到0.001", "0.001", "1.000"]
