"""How the numbers of findings are said."""

import pytest

from analysis.problems.finding import Answer, Finding, Interval, Verdict
from analysis.problems.findings import QUESTIONS, between, statement, with_unit


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0%"),
        (-0.5, "−0.500%"),
        (0.0002, "不到 0.001%"),
        (0.0005, "0.001%"),
        (1.2345, "1.235%"),
    ],
)
def test_a_few_are_not_printed_as_none(value: float, said: str) -> None:
    assert with_unit(value, QUESTIONS["late_closed_statutory"]) == said


def said(question: str, number: float) -> str:
    return statement(Finding(QUESTIONS[question], Answer(number), Verdict.NONE))


@pytest.mark.parametrize(
    ("question", "number", "sentence"),
    [
        ("visits_growth", 12.34, "人均检查人次比上年增长 12.3%。"),
        ("visits_growth", -12.34, "人均检查人次比上年下降 12.3%。"),
        ("duplicates_beyond_chance", -4.1, "跨系统重复申请比偶然少 4.10 对/万件。"),
        ("delegated_duration", -8.0, "扣除同部门未下放事项同期的变化,可比的下放事项的平均用时在下放后减少 8.0%。"),
        ("delegated_lateness", -0.04, "扣除同部门未下放事项同期的变化,可比的下放事项的超承诺时限占比在下放后下降 不到 0.1 个百分点。"),
    ],
)  # fmt: skip
def test_less_is_said_in_words_not_by_a_sign(question: str, number: float, sentence: str) -> None:
    assert said(question, number) == sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("days_off", "没有承诺件在非工作日办结。"),
        ("bulk_entry", "没有办结件成批补录。"),
        ("late_closed_promised", "按承诺时限计,没有办结件超期。"),
        ("resubmitted", "没有申请是前一次未成后重新提交的。"),
        ("published_late", "没有双随机检查结果逾期公示或没有公示。"),
        ("sent_back", "没有办结件被审核环节退回经办人。"),
        ("departments_refusals", "没有部门不予许可多于事项结构和偶然能解释的。"),
        ("departments_reversed", "没有部门的超承诺时限比率与其他部门的高低在扣除事项结构后反转。"),
        ("bundle_candidates", "没有事项常由同一申请人一周内一起申请。"),
        ("median_with_open", "把在办的也算上,承诺件办结用时的中位数不比只算已办结的长。"),
    ],
)
def test_of_none_it_is_said_that_none_does_so(question: str, sentence: str) -> None:
    assert said(question, 0.0) == sentence


def test_without_a_number_it_is_said_of_what_there_is_none() -> None:
    answer = Answer(None, reason="数据不足:没有人员表")
    found = Finding(QUESTIONS["visits_growth"], answer, Verdict.INSUFFICIENT)
    assert statement(found) == "人均检查人次增长:没有人员表。"


def test_both_ends_of_an_interval_have_one_unit() -> None:
    interval = Interval(-1.234, 2.5, "甲", "乙")
    assert between(interval, QUESTIONS["duplicates_beyond_chance"]) == "−1.23 至 2.50 对/万件"
    assert between(interval, QUESTIONS["visits_growth"]) == "−1.2% 至 2.5%"


def test_who_has_words_for_less_uses_them() -> None:
    for question in QUESTIONS.values():
        assert ("{change}" in question.statement) == (question.change is not None), question.id
