"""Breakdowns, worked out by hand."""

from analysis.statistics.breakdowns import days_by_department
from analysis.statistics.facts import Facts
from tests.tables.build import closed, item, year

ITEMS = [item("A"), item("B", dept_code="D2", dept_name="乙局")]


def test_the_median_of_an_even_number_lies_half_way_as_in_the_figure():
    rows = [
        closed("2022-03-01", "2022-03-01", "2022-03-02"),  # 1 working day
        closed("2022-03-01", "2022-03-01", "2022-03-07"),  # 4
        *(
            closed("2022-03-01", "2022-03-01", f"2022-03-{end:02}", item_code="B", dept_code="D2")
            for end in (2, 3, 10)  # 1, 2 and 7; five were promised
        ),
    ]
    found = days_by_department(Facts.of(year(rows, ITEMS)))
    assert found.loc["甲局"].to_dict() == {
        "办结量": 2, "平均": 2.5, "中位数": 2.5, "九成办结用时": 4, "超承诺时限": 0,
    }  # fmt: skip
    assert found.loc["乙局"].to_dict() == {
        "办结量": 3, "平均": 10 / 3, "中位数": 2, "九成办结用时": 7, "超承诺时限": 1,
    }  # fmt: skip
