"""Identities on real printed figures: what was checked by hand comes out of data alone."""

from fractions import Fraction

import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.problems.integrity.audit import audit_all, audit_report, failing, findings, sources
from analysis.problems.integrity.evaluate import evaluate
from analysis.problems.integrity.findings import Verdict, with_readings
from analysis.problems.integrity.identities import identities
from analysis.problems.integrity.numerals import read_printed
from analysis.sources.published import published_figures

FINE, COARSE = "(若227万精确到0.1万)", "(若227万取整到1万)"
HOLDS, ROUNDING, FAILS = Verdict.HOLDS, Verdict.ROUNDING, Verdict.RESIDUAL
GAP, EXCEEDS = Verdict.GAP, Verdict.EXCEEDS

# Checked by hand against the printed reports: left side, right side, left less right, verdict.
BY_HAND = [
    ("huadu_district_2022", "申请 = 受理 + 不受理", 1801779, 1800888, 891, FAILS),
    ("huadu_district_2022", "办结 = 同意 + 不同意", 1795762, 1795222, 540, FAILS),
    ("huadu_district_2022", "办结 ≤ 受理", 1795762, 1795742, 20, EXCEEDS),
    ("guangzhou_city_2021", f"办结 = 同意 + 不同意{FINE}", 2270000, 2267000, 3000, FAILS),
    ("guangzhou_city_2021", f"办结 = 受理 × 办结率{FINE}", 2270000, 2268175, 1825, FAILS),
    ("guangzhou_city_2021", f"办结 = 申请 × 办结率{FINE}", 2270000, 2272163, -2163, FAILS),
    ("guangzhou_city_2021", f"办结 = 同意 + 不同意{COARSE}", 2270000, 2267000, 3000, ROUNDING),
    ("guangzhou_city_2021", f"办结 = 受理 × 办结率{COARSE}", 2270000, 2268175, 1825, ROUNDING),
    ("guangzhou_city_2021", f"办结 = 申请 × 办结率{COARSE}", 2270000, 2272163, -2163, ROUNDING),
    ("guangzhou_city_2021", "申请 − 受理", 2279000, 2275000, 4000, GAP),
    ("huadu_police_2023", "申请 = 受理 + 不受理", 736253, 736253, 0, HOLDS),
    ("huadu_police_2023", "办结 = 同意 + 不同意", 736253, 736253, 0, HOLDS),
    ("huadu_police_2023", "受理 = 办结", 736253, 736253, 0, HOLDS),
    ("panyu_housing_2024", "申请 = 受理 + 不受理", 3840, 3840, 0, HOLDS),
    ("panyu_housing_2024", "办结 = 同意 + 不同意", 3839, 3839, 0, HOLDS),
    ("panyu_housing_2024", "受理 = 办结", 3839, 3839, 0, HOLDS),
    ("gz_ecology_2024", "办结 = 同意 + 不同意 + 撤回", 3571, 3571, 0, HOLDS),
    ("gz_ecology_2024", "办结 = 同意 + 不同意", 3571, 3478, 93, FAILS),
    ("gz_ecology_2024", "受理 − 办结", 3580, 3571, 9, GAP),
    ("zhongshan_chengguan_2015", "办结 − 同意", 150, 96, 54, GAP),
    (
        "gd_province_2020_01",
        "受理环节合计 = 受理 + 不受理 + 不予受理 + 补正",
        2143249,
        2143249,
        0,
        HOLDS,
    ),
    ("gd_province_2020_01", "办结 = 同意 + 不同意 + 转报 + 终止", 7878562, 7878557, 5, FAILS),
    ("gd_province_2020_01", "办结 − 受理", 7878562, 2142623, 5735939, GAP),
    (
        "zhongshan_service_2021h1",
        "12345平台受理诉求 ÷ 日均 = 天数",
        Fraction(903600, 4992),
        181,
        Fraction(48, 4992),
        ROUNDING,
    ),
    ("sh_lingang_2024", "申请 = 受理 + 不受理", 83244, 83244, 0, HOLDS),
    ("sh_lingang_2024", "受理 = 同意 + 不同意 + 受理中", 83178, 83178, 0, HOLDS),
    ("sh_lingang_2024", "按期办结 + 超期办结 = 同意 + 不同意", 82904, 83122, -218, FAILS),
    (
        "sh_lingang_2024",
        "行政许可事项 = 集中行使的许可事项 + 依职权行使的许可事项",
        212,
        212,
        0,
        HOLDS,
    ),
    (
        "sh_jiading_eco_2023",
        "问题率 = 问题企业数 ÷ 质量审核家数",
        Fraction(529, 10),
        Fraction(529, 10),
        0,
        HOLDS,
    ),
    (
        "wuhan_wuchang_2022",
        "受理 = 受理:企业登记类 + 受理:经营许可类 + 受理:工程建设类 + 受理:社会服务类",
        66295,
        66295,
        0,
        HOLDS,
    ),
    ("zj_qingyuan_2024", "受理 = 同意 + 不同意 + 撤销", 26569, 26569, 0, HOLDS),
]


@pytest.fixture(scope="module")
def found():
    periods = sources().set_index("report")["period"]
    reports = {report for report, *_ in BY_HAND}
    return {
        report: {f.check: f for f in findings(published_figures(report), period=periods[report])}
        for report in reports
    }


@pytest.fixture(scope="module")
def everything():
    return audit_all()


@pytest.mark.parametrize(("report", "check", "left", "right", "residual", "verdict"), BY_HAND)
def test_what_was_checked_by_hand(found, report, check, left, right, residual, verdict):
    finding = found[report][check]
    assert (finding.left, finding.right, finding.residual) == (left, right, residual)
    assert finding.verdict is verdict


def test_arithmetic_is_one_line_for_a_calculator(found):
    checks = found["huadu_district_2022"]
    assert checks["申请 = 受理 + 不受理"].arithmetic == "1,801,779 − (1,795,742 + 5,146) = 891"
    quotient = found["zhongshan_service_2021h1"]["12345平台受理诉求 ÷ 日均 = 天数"]
    assert quotient.arithmetic == "903,600 ÷ 4,992 − 181 ≈ 0.0096"


def test_no_more_fails_than_what_was_found_by_hand(everything):
    wrong = failing(everything)
    assert set(zip(wrong["报告"], wrong["差额"], strict=True)) == {
        ("huadu_district_2022", 891),
        ("huadu_district_2022", 540),
        ("gd_province_2020_01", 5),
        ("sh_lingang_2024", -218),
    }


def test_a_reading_that_another_one_saves_says_so_and_does_not_fail(everything):
    """Guangzhou's ecology bureau counts the 93 withdrawn among its 3,571 completed."""
    ours = everything[everything["报告"] == "gz_ecology_2024"]
    told = with_readings(ours).set_index("检查")["说明"]
    assert told["办结 = 同意 + 不同意"] == "另一读法成立"
    assert failing(ours).empty


@pytest.mark.parametrize("more", ["withdrawn", "forwarded", "terminated"])
@pytest.mark.parametrize("completed", ["980", "985"])
def test_withdrawn_forwarded_terminated_may_be_counted_in_or_not(more, completed):
    out = checked(completed=completed, approved="970", disapproved="10", **{more: "5"})
    verdicts = {v.verdict for k, v in out.items() if k.startswith("completed = ")}
    assert verdicts == {HOLDS, FAILS}


def test_open_cases_carried_over_are_no_residual():
    """受理 1,000, 办结 1,010, 在办 20: with 30 open at the start it closes, but they are not printed."""
    out = checked(accepted="1000", completed="1010", in_progress="20")
    assert out["accepted − (completed + in_progress)"].verdict is GAP
    known = checked(
        accepted="1000", completed="1010", in_progress="20", in_progress_previous_year="30"
    )
    stocks = "accepted + in_progress_previous_year = completed + in_progress"
    assert known[stocks].verdict is HOLDS
    wrong = checked(
        accepted="1000", completed="1010", in_progress="20", in_progress_previous_year="31"
    )
    assert (wrong[stocks].verdict, wrong[stocks].residual) == (FAILS, 1)


def test_hedges_that_contradict_each_other_do_not_agree():
    """不足 1,000 accepted and 超过 1,000 completed are never equal, though both read as 1,000."""
    given = {
        "accepted": read_printed("不足1000", "件", whole=True),
        "completed": read_printed("超过1000", "件", whole=True),
    }
    out = {f.check: f for f in evaluate(identities(), given, name=lambda figure: figure)}
    assert out["completed ≤ accepted"].verdict is EXCEEDS
    assert out["accepted − completed"].verdict is GAP


def test_a_missing_term_is_named(found):
    finding = found["zhongshan_chengguan_2015"]["办结 = 同意 + 不同意"]
    assert finding.verdict is Verdict.NOT_APPLICABLE
    assert finding.note == "缺少“不同意”"


def test_a_flow_over_100_percent_is_noted_and_does_not_fail(everything):
    row = everything[everything["检查"] == "办结 ≤ 受理"].iloc[0]
    assert "100.0011%" in row["说明"]
    assert row.name not in failing(everything).index


def figures(**values):
    return {name: read_printed(value, "件", whole=True) for name, value in values.items()}


def checked(**values):
    found = evaluate(identities(), figures(**values), name=lambda figure: figure)
    return {finding.check: finding for finding in found}


def test_overdue_cases_without_an_outcome():
    # 清城 2017, by hand: 571 overdue cases are in neither outcome.
    out = checked(
        accepted="226517",
        on_time_completed="225946",
        overdue_completed="571",
        approved="225239",
        disapproved="707",
    )
    both = out["on_time_completed + overdue_completed = approved + disapproved"]
    assert (both.residual, both.verdict) == (571, FAILS)
    assert out["accepted = on_time_completed + overdue_completed"].verdict is HOLDS
    assert out["on_time_completed − (approved + disapproved)"].residual == 0


def test_not_accepting_and_refusing_to_accept_are_different_terms():
    only = checked(applications="12", accepted="10", refused_acceptance="2")
    assert only["applications = accepted + refused_acceptance"].verdict is HOLDS
    both = checked(applications="12", accepted="9", not_accepted="1", refused_acceptance="2")
    assert both["applications = accepted + not_accepted + refused_acceptance"].verdict is HOLDS


@pytest.mark.parametrize("completed", ["10", "13"])
def test_revocations_are_tried_both_ways(completed):
    out = checked(completed=completed, approved="8", disapproved="2", revoked="3")
    verdicts = {
        out["completed = approved + disapproved"].verdict,
        out["completed = approved + disapproved + revoked"].verdict,
    }
    assert verdicts == {HOLDS, FAILS}


def test_no_source_is_named_in_code_or_data():
    from pathlib import Path

    from analysis.problems.integrity import audit
    from analysis.project import data_dir

    texts = [*Path(audit.__file__).parent.glob("*.py"), *(data_dir() / "integrity").iterdir()]
    written = "".join(path.read_text(encoding="utf-8") for path in texts)
    assert [key for key in sources()["report"] if key in written] == []
    assert [place for place in sources()["place"] if place in written] == []


def test_an_identity_with_a_figure_on_both_sides_is_refused(tmp_path):
    folder = tmp_path / "integrity"
    folder.mkdir()
    text = '[[identity]]\nid = "x"\nleft = ["accepted"]\nright = ["accepted"]\n'
    (folder / "identities.toml").write_text(text, encoding="utf-8")
    with pytest.raises(XukeError, match="两次"):
        identities(tmp_path)


def test_columns_of_the_audit():
    table = audit_report(pd.DataFrame({"指标": ["受理"], "数值": ["10"], "单位": ["件"]}))
    assert list(table.columns) == [
        "检查",
        "算式",
        "差额",
        "结论",
        "说明",
        "类别",
        "组",
        "分母已说明",
    ]
