"""Departments' returns against rows and print; the demo's planted disagreements, found exactly."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.problems.integrity.numerals import read_printed
from analysis.problems.integrity.returns import Returns
from analysis.problems.integrity.returns_checks import (
    checks_by_department,
    items_outside,
    sums_against_print,
)
from analysis.statistics.facts import Facts
from analysis.statistics.kept import kept_facts
from analysis.tables.year import Year
from tests.tables.build import PLACE, accepted, closed, frames, item

# 甲局 D1: item A in the system (2 accepted, 1 completed), item X outside it. 乙局 D2: item B.
ITEMS = [
    item("A"),
    item("X", in_prov_system=False, item_name="系统外事项"),
    item("B", dept_code="D2", dept_name="乙局"),
]
CASES = [
    closed("2022-03-01", "2022-03-02", "2022-03-03"),
    accepted("2022-03-01", "2022-03-02"),
    accepted("2022-03-01", "2022-03-02", item_code="B", dept_code="D2"),
]


def told(*rows: tuple[str, str, str, float], period: str = "2022") -> pd.DataFrame:
    """Returns: department, item, figure, value."""
    names = ["dept_code", "item_code", "figure", "value"]
    return pd.DataFrame(rows, columns=names).assign(period=period, unit="件", source="填报表")


def returns(*given: pd.DataFrame) -> Returns:
    tables = frames(CASES, ITEMS) | {"reported": pd.concat(given, ignore_index=True)}
    found = Returns.of(Facts.of(Year.from_frames(PLACE, 2022, tables)))
    assert found is not None
    return found


def verdicts(found: Returns) -> dict[tuple[str, str], tuple[str, object]]:
    checks = checks_by_department(found)
    keys = zip(checks["部门"], checks["检查"], strict=True)
    return dict(zip(keys, zip(checks["结论"], checks["差额"], strict=True), strict=True))


WHOLE = "受理量:填报 − 系统外事项 = 系统内办件"


@pytest.mark.parametrize(
    ("value", "verdict", "residual"), [(9, "成立", 0), (10, "差额", 1), (2, "差额", -7)]
)
def test_a_return_less_its_items_outside_the_system_is_what_the_rows_say(value, verdict, residual):
    found = returns(
        told(("D1", "*", "accepted", value), ("D1", "X", "accepted", 7), ("D2", "*", "accepted", 1))
    )
    assert verdicts(found) == {("甲局", WHOLE): (verdict, residual), ("乙局", WHOLE): ("成立", 0)}


def test_one_line_of_arithmetic_that_can_be_keyed_in():
    found = returns(told(("D1", "*", "accepted", 10), ("D1", "X", "accepted", 7)))
    assert checks_by_department(found)["算式"].iloc[0] == "10 − 7 − 2 = 1"


def test_an_item_in_the_system_is_held_against_its_own_rows():
    found = verdicts(returns(told(("D1", "A", "completed", 3), ("D2", "B", "completed", 0))))
    assert found["甲局", "办结量(A):填报 = 系统内办件"] == ("差额", 2)
    assert found["乙局", "办结量(B):填报 = 系统内办件"] == ("成立", 0)


def test_who_sent_nothing_is_named():
    checks = checks_by_department(returns(told(("D1", "*", "accepted", 2))))
    silent = checks[checks["部门"] == "乙局"].iloc[0]
    assert (silent["结论"], silent["说明"]) == ("提示", "有许可事项 1 项,未报送")


@pytest.mark.parametrize(
    "row",
    [
        ("D9", "*", "accepted", 1.0),  # a department that the catalogue does not have
        ("D1", "*", "acepted", 1.0),  # a figure that the registry does not have
        ("D1", "*", "accepted", float("nan")),
    ],
)
def test_what_is_not_known_is_asked_about(row):
    checks = checks_by_department(returns(told(row)))
    assert checks["结论"].iloc[0] == "待确认"


def test_other_periods_are_counted_and_not_used():
    found = returns(
        told(("D1", "*", "accepted", 2)), told(("D1", "*", "accepted", 1), period="2022-H1")
    )
    assert found.elsewhere == 1
    assert verdicts(found)["甲局", WHOLE] == ("成立", 0)


def test_no_returns_is_no_finding():
    assert Returns.of(Facts.of(Year.from_frames(PLACE, 2022, frames(CASES, ITEMS)))) is None


def test_rows_that_cannot_say_are_no_disagreement():
    tables = frames(CASES, ITEMS)
    tables["reported"] = told(("D1", "*", "tolerant_items", 1))
    tables["items"] = tables["items"].drop(columns="tolerance_ok")
    found = Returns.of(Facts.of(Year.from_frames(PLACE, 2022, tables)))
    assert found is not None
    assert checks_by_department(found)["结论"].iloc[0] == "不适用"


def test_sums_are_tried_with_and_without_the_items_outside():
    found = returns(
        told(("D1", "*", "accepted", 9), ("D1", "X", "accepted", 7), ("D2", "*", "accepted", 1))
    )
    printed = {"accepted": read_printed("3", "件")}
    sums = sums_against_print(found, printed)
    assert list(sums["差额"]) == [7, 0]  # 9 + 1 − 3, and 9 + 1 − 7 − 3
    assert list(sums["结论"]) == ["差额", "成立"]
    assert list(sums["算式"]) == ["10 − 3 = 7", "10 − 7 − 3 = 0"]


def test_a_print_rounded_to_ten_thousands_holds_within_rounding():
    found = returns(told(("D1", "*", "accepted", 19_600), ("D2", "*", "accepted", 500)))
    sums = sums_against_print(found, {"accepted": read_printed("2.0", "万件")})
    assert set(sums["结论"]) == {"在取整范围内"}  # 20,100 is printed as 2.0万


def test_items_outside_show_only_what_was_returned():
    found = returns(told(("D1", "X", "accepted", 7), ("D1", "X", "approved", 6)))
    table = items_outside(found)
    assert table.to_dict("records") == [
        {"部门": "甲局", "事项": "系统外事项", "受理量": 7, "审批同意量": 6}
    ]


@pytest.mark.full
@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_demos_planted_disagreements_are_found_and_nothing_else(demo_data: Path, year: int):
    folder = demo_data / "years" / "demo" / str(year)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["returns"]
    found = Returns.of(kept_facts(Year.open("demo", year, data=demo_data)))
    assert found is not None
    checks = checks_by_department(found)
    wrong = checks[checks["结论"] == "差额"]
    figures = wrong["组"].str.rpartition(":")[2]
    planted = {(e["department"], e["figure"], e["added"]) for e in truth["misreported"]}
    assert set(zip(wrong["部门"], figures, wrong["差额"], strict=True)) == planted
    assert len(wrong) == len(planted)
    silent = set(checks.loc[checks["结论"] == "提示", "部门"])
    assert silent == {entry["department"] for entry in truth["unreported"]}


@pytest.mark.full
def test_85_items_have_their_numbers_only_from_returns(demo_data: Path):
    year = Year.open("demo", 2022, data=demo_data)
    found = Returns.of(kept_facts(year))
    assert found is not None
    table = items_outside(found)
    assert len(table) == 593 - 508
    cases = year.tables["cases"]
    there = cases.filter(cases["item_code"].isin(list(found.outside["item_code"]))).count()
    assert there.to_pandas() == 0


def test_an_item_that_ended_during_the_year_is_still_an_item_of_the_year():
    gone = item("X", in_prov_system=False, valid_to=pd.Timestamp("2022-06-30").date())
    tables = frames(CASES, [item("A"), gone])
    tables["cases"] = tables["cases"][tables["cases"]["dept_code"] == "D1"]
    tables["reported"] = told(("D1", "*", "accepted", 9), ("D1", "X", "accepted", 7))
    found = Returns.of(Facts.of(Year.from_frames(PLACE, 2022, tables)))
    assert found is not None
    assert verdicts(found) == {("甲局", WHOLE): ("成立", 0)}


def test_items_outside_that_are_not_returned_one_by_one_leave_only_a_gap():
    checks = checks_by_department(returns(told(("D1", "*", "accepted", 9))))
    first = checks[checks["部门"] == "甲局"].iloc[0]
    assert (first["结论"], first["差额"]) == ("仅列差额", 7)
    assert "1 项系统外事项未逐项填报" in first["说明"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("D1", "*", "accepted", 2.0), ("D1", "*", "accepted", 3.0)], "填报了 2 次"),
        ([("D1", "A9", "accepted", 2.0)], "事项编码“A9”不在目录"),
        ([("D1", "*", "accepted", -5.0)], "负数"),
    ],
)
def test_what_cannot_be_used_says_why(rows, said):
    checks = checks_by_department(returns(told(*rows)))
    asked = checks[checks["结论"] == "待确认"]
    assert len(asked) == len(rows)
    assert said in asked["说明"].iloc[0]


def test_returns_in_ten_thousands_are_read_as_such():
    given = told(("D1", "*", "accepted", 0.0009), ("D1", "X", "accepted", 0.0007))
    assert verdicts(returns(given.assign(unit="万件")))["甲局", WHOLE] == ("成立", 0)


def test_a_print_in_ten_thousands_may_be_cut_off():
    """19,600 + 500 = 20,100: printed as 2万, whether rounded or cut; as 3万 it is neither."""
    found = returns(told(("D1", "*", "accepted", 19_600), ("D2", "*", "accepted", 500)))
    for text, verdict in (("2", "在取整范围内"), ("3", "差额")):
        sums = sums_against_print(found, {"accepted": read_printed(text, "万件")})
        assert set(sums["结论"]) == {verdict}
