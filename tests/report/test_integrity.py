"""The words and tables of the integrity page say what the checks came to, and rank nobody."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.problems.integrity.audit import REPORT, audit_all, audit_report, failing, sources
from analysis.problems.integrity.findings import Verdict
from analysis.problems.integrity.funnel import funnels
from analysis.problems.integrity.rates import comparisons, rates
from analysis.report import comparing, integrity
from analysis.report.funnel_chart import funnel_chart
from analysis.report.show import show

REPORTS = sources()


@pytest.fixture(scope="module")
def checks() -> pd.DataFrame:
    return audit_all()


def cells(html: str) -> list[list[str]]:
    soup = BeautifulSoup(html, "html.parser")
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th,td")]
        for row in soup.select("tbody tr")
    ]


def test_the_lead_names_every_report_that_does_not_add_up_and_by_how_much(checks):
    said = integrity.lead(checks, REPORTS)
    assert "广州市花都区 2022(差 891、540)" in said
    assert "广东省(省市县) 2020-01(差 5)" in said
    assert "上海市临港新片区管委会 2024(差 −218)" in said
    assert "panyu" not in said


def test_the_lead_says_so_when_everything_adds_up():
    figures = pd.DataFrame(
        {"指标": ["申请", "受理", "不受理"], "数值": ["3", "2", "1"], "单位": ["件"] * 3}
    )
    one = audit_report(figures).assign(**{REPORT: REPORTS["report"].iloc[0]})
    assert "没有发现对不上的数" in integrity.lead(one, REPORTS)


def test_each_failing_check_shows_its_arithmetic_in_its_row(checks):
    rows = cells(integrity.checks_table(failing(checks), REPORTS, caption="对不上"))
    assert [
        "广州市花都区 2022",
        "申请 = 受理 + 不受理 1,801,779 − (1,795,742 + 5,146) = 891",
        "差额",
    ] in rows
    assert len(rows) == len(failing(checks))


def test_every_verdict_has_a_meaning_and_a_badge():
    assert set(integrity.MEANINGS) == set(integrity.BADGES) == set(Verdict)


def test_reports_alike_in_place_and_period_are_told_apart():
    alike = REPORTS.iloc[[0, 0]].assign(report=["a", "b"], kind=["年度报告", "简报"])
    names = integrity.Names(alike)
    assert names["a"] != names["b"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(891, "891"), (-218, "−218"), (1234567, "1,234,567"), (0.09251968504, "0.0925")],
)
def test_a_residual_as_it_is_read(value, shown):
    assert integrity.residual(value) == shown


def test_titles_link_to_their_reports_and_to_nothing_else(checks):
    known = REPORTS.iloc[[0]].assign(url="javascript:alert(1)")
    assert "javascript" not in integrity.sources_table(known, checks)
    assert 'href="https://www.huadu.gov.cn' in integrity.sources_table(REPORTS, checks)


def test_rates_keep_the_order_of_the_reports_and_say_they_are_no_ranking():
    found = rates(REPORTS)
    html = comparing.rates_table(found, REPORTS)
    order = [row[0] for row in cells(html)]
    names = integrity.Names(REPORTS)
    assert order == [names[rate.source["report"]] for rate in found]
    assert "不是排名" in html


def test_every_incomparable_pair_says_why():
    pairs = comparisons(rates(REPORTS))
    rows = cells(comparing.reasons_table(pairs, REPORTS))
    assert len(rows) == len(pairs)
    assert all(row[3] for row in rows if row[2] == "不可比")


def test_a_funnel_is_described_with_its_numbers():
    for funnel in funnels(rates(REPORTS)):
        words = comparing.funnel_words(funnel)
        html = show(funnel_chart(funnel), caption=words.caption, alt=words.alt, note=words.note)
        assert "不说明优劣" in html
        assert "彼此不可比" in html
        for place in funnel.points["place"]:
            assert place in words.alt
