"""Supervision broken down, against values counted by hand in ``supervised``."""

import pandas as pd
import pytest

from analysis.statistics.facts import Facts
from analysis.statistics.passes.oversight import oversight_tallies
from analysis.statistics.supervision import tables
from tests.statistics.supervised import supervised_year
from tests.statistics.test_supervision import NO_CASES
from tests.tables.build import evaluation

INSPECTED = ["检查", "发现问题", "查处违法违规", "作出处罚", "已公示", "按时公示", "逾期"]
RATED = ["评价", "主动评价", "默认评价"]
EXPECTED = {
    "inspections_by_type": (
        INSPECTED,
        {
            "双随机": [5, 3, 1, 1, 3, 2, 2],
            "重点检查": [1, 0, 0, 0, 0, 0, 1],
            "专项检查": [1, 0, 0, 0, 1, 1, 0],
            "投诉举报": [0, 0, 0, 0, 0, 0, 0],
            "跨部门联合": [1, 1, 1, 0, 1, 1, 0],
            "合计": [8, 4, 2, 1, 5, 4, 3],
        },
    ),
    "inspections_by_department": (
        INSPECTED,
        {
            "甲局": [5, 3, 1, 0, 4, 3, 2],
            "D2": [3, 1, 1, 1, 1, 1, 1],  # not in the catalogue
            "合计": [8, 4, 2, 1, 5, 4, 3],
        },
    ),
    "ratings_by_level": (
        RATED,
        {
            "非常满意": [2, 1, 1],
            "满意": [1, 1, 0],
            "基本满意": [1, 0, 1],
            "不满意": [2, 2, 0],
            "非常不满意": [2, 2, 0],
            "合计": [8, 6, 2],
        },
    ),
    "ratings_by_channel": (
        [*RATED, "差评", "已整改"],
        {
            "电脑端": [7, 6, 1, 4, 2],
            "移动端": [0, 0, 0, 0, 0],
            "二维码": [0, 0, 0, 0, 0],
            "大厅平板": [0, 0, 0, 0, 0],
            "大厅其他终端": [0, 0, 0, 0, 0],
            "短信": [0, 0, 0, 0, 0],
            "系统默认评价": [1, 0, 1, 0, 0],
            "合计": [8, 6, 2, 4, 2],
        },
    ),
    "ratings_by_department": (
        [*RATED, "差评", "已整改"],
        {
            "甲局": [5, 5, 0, 4, 2],
            "D2": [2, 1, 1, 0, 0],
            "D3": [1, 0, 1, 0, 0],
            "合计": [8, 6, 2, 4, 2],
        },
    ),
}


def facts_of(year):
    return Facts(year, NO_CASES, year.items, oversight_tallies(year))


@pytest.fixture(scope="module")
def facts():
    return facts_of(supervised_year())


@pytest.mark.parametrize("name", EXPECTED)
def test_table_is_what_was_counted_by_hand(facts, name):
    columns, rows = EXPECTED[name]
    found = getattr(tables, name)(facts)
    assert list(found.columns) == columns
    assert {
        index: list(row) for index, row in zip(found.index, found.to_numpy(), strict=True)
    } == rows
    assert list(found.index) == list(rows)
    assert (found.dtypes == "int64").all()


@pytest.mark.parametrize("name", EXPECTED)
def test_table_without_rows_is_all_nought(name):
    without = facts_of(supervised_year(inspections=None, evaluations=None))
    empty = facts_of(supervised_year(inspections=[], evaluations=[]))
    for facts in (without, empty):
        found = getattr(tables, name)(facts)
        assert list(found.columns) == EXPECTED[name][0]
        assert (found == 0).all(axis=None)
        assert found.index[-1] == "合计"


def test_table_of_one_department_is_its_row(facts):
    own = tables.inspections_by_type(facts.department("D2")).loc["合计"]
    pd.testing.assert_series_equal(
        own, tables.inspections_by_department(facts).loc["D2"], check_names=False
    )


def test_rating_by_an_unknown_channel_is_not_lost():
    rows = [evaluation("2022-03-03", "1", channel=None), evaluation("2022-03-03", "2")]
    found = tables.ratings_by_channel(facts_of(supervised_year(evaluations=rows)))
    assert list(found["评价"][["电脑端", "不明", "合计"]]) == [1, 1, 2]
