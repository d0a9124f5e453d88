"""The four reductions (四减) of a place, beside each other."""

import pytest

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.four_reductions import four_reductions_table
from analysis.statistics.passes.tally import tally
from analysis.tables.reduction import Reduction, Reductions
from tests.tables.build import item, year


@pytest.fixture(scope="module")
def facts():
    made = year([], [item("A", materials_n=2, materials_n_base=4, site_visits=1), item("B")])
    return Facts(made, tally(made), made.items)


def table(facts, *reductions):
    return four_reductions_table(facts, Reductions("甲", reductions))


def test_each_is_measured_by_its_figure(facts):
    frame = table(
        facts,
        Reduction("减跑动", "avg_trips", "item_mean"),
        Reduction("减材料", "materials_saved_rate"),
        Reduction("减时限", "time_compression_rate", "item_sum"),
    )
    assert frame.index.tolist() == ["减跑动", "减材料", "减时限"]
    assert frame["数值"].tolist() == ["0.5000", "28.57", "75.00"]  # 1/2; 2 of 7; 30 of 40
    assert frame["单位"].tolist() == ["次", "%", "%"]
    assert frame.loc["减跑动", "公式"] == "Σ到办事现场次数 ÷ 到现场次数已知的业务办理项数"
    assert set(frame["说明"]) == {""}


def test_what_cannot_be_computed_says_why(facts):
    frame = table(facts, Reduction("减环节", "steps_saved_rate"), Reduction("减证照"))
    assert frame["数值"].tolist() == ["", ""]
    assert frame.loc["减环节", "说明"].startswith(
        "数据不足:缺少事项目录表的“办理环节数”“办理环节数(减环节前)”列"
    )
    assert frame.loc["减证照", "说明"].startswith("数据不足")


def test_figure_that_is_not_registered_is_named(facts):
    with pytest.raises(XukeError, match=r"“减跑动”所用指标 avg_trip\(无变体\)没有登记"):
        table(facts, Reduction("减跑动", "avg_trip"))
