"""Validation of the tables around the cases: each rule finds exactly the rows planted for it."""

import pandas as pd
import pytest

from analysis.tables.validate import problems
from analysis.tables.year import Year
from tests.tables.build import (
    PLACE,
    at,
    case,
    evaluation,
    frames,
    heads,
    inspection,
    item,
    oversight_frames,
)


def event(number: str, **values):
    """One step of the case ``c``."""
    row = {
        "event_id": number,
        "case_id": "c",
        "seq": 1,
        "activity": "receive",
        "start_at": "2022-03-01 09:00",
        "end_at": "2022-03-01 10:00",
    } | values
    return row | {name: at(value) for name, value in row.items() if name.endswith("_at")}


def found(events=(), inspections=(), evaluations=(), staff=()):
    """What is wrong when these rows stand among clean ones."""
    tables = frames([case("2022-03-01", case_id="c")], [item()])
    tables |= oversight_frames(
        inspections=[inspection("2022-03-01", published_on="2022-03-01"), *inspections],
        evaluations=[
            evaluation("2022-03-01", case_id="of another year"),
            evaluation("2022-03-01", "5", order_created_at="2022-03-01", rectified_at="2022-03-01"),
            *evaluations,
        ],
        staff=[heads("D1", "2022", "window", 0), heads("D1", "2022-12", "window", 1), *staff],
    )
    tables["events"] = pd.DataFrame([event("e"), event("f", end_at=None), *events])
    made = Year.from_frames(PLACE, 2022, tables)
    return list(problems(made).itertuples(index=False, name=None))


def test_nothing_is_wrong():
    assert found() == []


STEPS = {
    "“环节”(activity)为空": {"activity": None},
    "“环节”(activity)不在代码表“环节”内": {"activity": "lunch"},
    "环节结束时间早于开始时间": {"end_at": "2022-03-01 08:59"},
    "办件编号不在办件表内": {"case_id": "nobody's"},
}


@pytest.mark.parametrize("rule", STEPS)
def test_a_wrong_step(rule):
    example = "lunch" if "代码表" in rule else ""
    assert found(events=[event("x", **STEPS[rule])]) == [("办理环节", rule, 1, example)]


def test_a_repeated_step():
    assert found(events=[event("e")]) == [("办理环节", "环节编号重复", 1, "")]


@pytest.mark.parametrize(
    ("rule", "values", "example"),
    [
        ("“抽查类型”(inspect_type)不在代码表“抽查类型”内", {"inspect_type": "fun"}, "fun"),
        ("“检查人数”(inspectors_n)小于0", {"inspectors_n": -1}, ""),
        ("公示日期早于检查完成日期", {"published_on": "2022-02-28"}, ""),
    ],
)
def test_a_wrong_inspection(rule, values, example):
    wrong = inspection("2022-03-01", **values)
    assert found(inspections=[wrong]) == [("事中事后监管", rule, 1, example)]


@pytest.mark.parametrize(
    ("rule", "values", "example"),
    [
        ("“满意度”(satisfaction)不在代码表“满意度”内", {"satisfaction": "6"}, "6"),
        (
            "差评整改时间早于差评工单生成时间",
            {"order_created_at": "2022-03-05", "rectified_at": "2022-03-04"},
            "",
        ),
    ],
)
def test_a_wrong_rating(rule, values, example):
    assert found(evaluations=[evaluation("2022-03-01", **values)]) == [("好差评", rule, 1, example)]


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("“人数”(headcount)小于0", heads("D2", "2022", "window", -1)),
        ("时期不是 YYYY 或 YYYY-MM", heads("D2", "2022-13", "window", 1)),
        ("部门编码、时期、岗位重复", heads("D1", "2022", "window", 3)),
    ],
)
def test_wrong_staff(rule, row):
    assert found(staff=[row]) == [("人员", rule, 1, "")]
