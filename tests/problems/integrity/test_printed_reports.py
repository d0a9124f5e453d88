"""Reports as they come: what must be asked about, refused, compared otherwise, or found wrong."""

import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.problems.integrity.audit import audit_report, failing
from analysis.problems.integrity.findings import reckoned
from analysis.problems.integrity.vocabulary import vocabulary


def audit(*rows: tuple[str, str, str], **more: str) -> pd.DataFrame:
    return audit_report(pd.DataFrame(rows, columns=["指标", "数值", "单位"]), **more)


def verdicts(checks: pd.DataFrame) -> dict[str, str]:
    return dict(zip(checks["检查"], checks["结论"], strict=True))


@pytest.mark.parametrize(
    "rows",
    [
        [("上年受理量", "0", "件"), ("受理量", "3000", "件"), ("受理量同比增长", "100", "%")],
        [("受理量", "0", "件"), ("受理量同比", "10", "%")],
    ],
)
def test_a_change_from_or_to_nothing_is_not_tested(rows) -> None:
    checks = audit(*rows)
    assert "不适用" in set(checks.loc[checks["类别"] == "合理性", "结论"])


@pytest.mark.parametrize(
    "value",
    ["1234①", "1234²", "1234*", "1000-1200", "十余件", "暂无", "▲3.2%", "#DIV/0!", "1234.5", "−5"],
)
def test_a_value_that_is_no_count_is_asked_about_and_the_rest_is_audited(value) -> None:
    checks = audit(
        ("申请", "10", "件"), ("受理", "8", "件"), ("不受理", "2", "件"), ("办结", value, "件")
    )
    asked = checks[checks["结论"] == "待确认"]
    assert list(asked["检查"]) == ["用语“办结”"]
    assert verdicts(checks)["申请 = 受理 + 不受理"] == "成立"


def test_a_share_without_a_unit_is_asked_about_not_taken_a_hundred_times_too_large() -> None:
    checks = audit(("受理", "1000", "件"), ("办结", "997", "件"), ("办结率", "99.7", ""))
    assert "是不是 99.7%" in checks.loc[checks["结论"] == "待确认", "说明"].iloc[0]
    assert failing(checks).empty


@pytest.mark.parametrize(("change", "wrong"), [("10", 0), ("9", 0), ("8", 1)])
def test_percentage_points_are_differences_of_rates(change, wrong) -> None:
    checks = audit(
        ("网上受理率", "60", "%"),
        ("上年网上受理率", "50", "%"),
        ("网上受理率同比", change, "个百分点"),
    )
    assert len(failing(checks)) == wrong


@pytest.mark.parametrize(
    ("term", "figure"),
    [
        ("行政许可撤回", "permit_withdrawn"),
        ("撤回", "withdrawn"),
        ("申请人主动撤回", "withdrawn"),
        ("撤销行政许可决定", "revoked"),
        ("受理量比上年增长", "accepted_yoy"),
        ("较上年增长受理量", "accepted_yoy"),
        ("受理量同比下降", "accepted_yoy"),
        ("依法受理", "accepted"),
        ("审结", "completed"),
        ("不予受理决定", "refused_acceptance"),
        ("许可总量", ""),
        ("收件", ""),
        ("驳回", ""),
        ("个人受理量", ""),
    ],
)
def test_what_terms_mean(term, figure) -> None:
    assert vocabulary().meaning(term).figure == figure


def test_a_fall_counts_as_negative() -> None:
    rows = [("受理量", "90", "件"), ("上年受理量", "100", "件")]
    assert failing(audit(*rows, ("受理量同比下降", "10", "%"))).empty
    assert len(failing(audit(*rows, ("受理量同比增长", "10", "%")))) == 1


def test_two_scopes_of_one_figure_are_asked_about() -> None:
    checks = audit(("全区受理量", "80", "件"), ("全市受理量", "1000", "件"))
    assert list(checks.loc[checks["结论"] == "待确认", "检查"]) == ["用语“全市受理量”"]
    assert failing(checks).empty


@pytest.mark.parametrize(
    ("term", "unit"),
    [("受理量(件)", ""), ("1.受理量", "件"), ("(一)受理量", "宗"), ("二、受理量", "件(次)")],
)
def test_numbering_and_units_in_a_term_do_not_matter(term, unit) -> None:
    checks = audit(("申请", "10", "件"), (term, "8", unit), ("不受理", "2", "件"))
    assert verdicts(checks)["申请 = 受理 + 不受理"] == "成立"


def test_a_term_that_is_none_of_the_known_ones_can_be_answered() -> None:
    rows = pd.DataFrame({"指标": ["收件"], "数值": ["5"], "单位": ["件"], "对应": ["无"]})
    assert set(audit_report(rows)["结论"]) == {"提示"}
    wrong = audit_report(rows.assign(对应="申请两"))
    assert "“申请两”" in wrong["说明"].iloc[0]


def test_nothing_reckoned_is_not_counted_as_checked() -> None:
    checks = audit(("依法收件", "5", "件"), ("依法送件", "5", "件"))
    assert reckoned(checks).empty


@pytest.mark.parametrize("period", ["2022年", "去年", "2022-13"])
def test_a_period_that_is_none_is_refused(period) -> None:
    with pytest.raises(XukeError, match="写作 2022"):
        audit(("受理", "1", "件"), period=period)


# One report each: consistent as printed, or with one error; how many things do not add up.
@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        # 提前办结率 over what was accepted, not over what was completed: 85 of 100 of 120.
        (
            [("受理", "100", "件"), ("办结", "98", "件"), ("提前办结", "85", "件"), ("提前办结率", "85", "%")],
            0,
        ),
        ([("办结", "98", "件"), ("提前办结", "85", "件"), ("提前办结率", "80", "%")], 1),
        ([("办结", "98", "件"), ("提前办结", "99", "件")], 1),
        ([("按时办结率", "99.0", "%"), ("超期率", "2.0", "%")], 1),
        ([("按时办结率", "99.0", "%"), ("超期率", "1.0", "%")], 0),
        ([("办结", "1000", "件"), ("超期办结", "10", "件"), ("按时办结率", "98", "%")], 1),
        ([("办结", "1000", "件"), ("超期办结", "10", "件"), ("按时办结率", "99", "%")], 0),
        ([("按时办结率", "100.5", "%")], 1),
        ([("提前办结率", "90", "%"), ("按时办结率", "80", "%")], 1),
        ([("不予受理", "20", "件"), ("申请", "10", "件"), ("受理", "9", "件")], 2),
        # More accepted than applied for, or approved than accepted: legal for flows, so no failure.
        ([("申请", "10", "件"), ("受理", "12", "件")], 0),
        # All in time but for three: not "none late among 2,000".
        ([("办结", "2000", "件"), ("按时办结", "1997", "件"), ("超期办结", "3", "件")], 0),
    ],
)  # fmt: skip
def test_reports(rows, wrong) -> None:
    assert len(failing(audit(*rows))) == wrong


def test_100_percent_beside_late_cases_is_no_zero_lateness() -> None:
    checks = audit(("办结", "2000", "件"), ("按时办结率", "100", "%"), ("超期办结", "3", "件"))
    assert not checks["检查"].str.contains("无一超期").any()


def test_flows_that_exceed_are_shown() -> None:
    found = verdicts(audit(("申请", "10", "件"), ("受理", "12", "件")))
    assert found["受理 ≤ 申请"] == "左大于右"


def test_each_thing_that_does_not_add_up_is_named_once_by_its_closest_reading() -> None:
    """办结 is 5 off with 转报 and 终止, 893 and more without either: one finding, the 5."""
    rows = [("办结", "1000", "件"), ("同意", "900", "件"), ("不同意", "50", "件")]
    wrong = failing(audit(*rows, ("转报", "20", "件"), ("终止", "25", "件")))
    assert list(wrong["差额"]) == [5]
