"""Figures by a dimension: members add up to the whole, and what means nothing is left out."""

import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.figures import TERMS, figures
from analysis.statistics.registry import REGISTRY
from tests.tables.build import accepted, case, closed, item, refused_acceptance, year

ITEMS = [item("A"), item("B", dept_code="D2", dept_name="乙局"), item("F", item_type="07")]
CASES = [
    closed("2022-03-01", "2022-03-02", "2022-04-03", region_code="S1", applicant_type="person"),
    closed("2022-03-01", "2022-03-02", "2022-03-03", "refused", region_code="S2"),
    accepted("2022-12-20", "2022-12-21", item_code="B", dept_code="D2", region_code="S1"),
    refused_acceptance("2022-05-01", "2022-05-05", apply_channel="pc", region_code="S2"),
    closed("2022-03-01", "2022-03-02", "2022-03-03", item_code="F", region_code="S1"),
    case("2022-06-01", item_code="X", region_code=None, applicant_type="enterprise"),
]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.of(year(CASES, ITEMS))


@pytest.mark.parametrize("by", ["department", "item", "month", "channel", "street", "applicant"])
def test_counts_of_the_members_add_up_to_the_whole(facts, by) -> None:
    whole = figures(facts).set_index(["id", "variant"])["value"]
    parts = figures(facts, by=by)
    kinds = {key for key, figure in REGISTRY.items() if figure.additive and figure.compute}
    summed = parts[[(i, v) in kinds for i, v in zip(parts["id"], parts["variant"], strict=True)]]
    assert len(summed)
    for key, rows in summed.groupby(["id", "variant"]):
        values = pd.to_numeric(rows["value"])
        if values.notna().any():
            assert values.sum() == int(whole[key] or 0), key


def test_streets_worked_out_by_hand(facts) -> None:
    rows = figures(facts, by="street")
    accepted_cases = rows[rows["id"] == "accepted"].set_index("member")["value"]
    # The case of another type and the one that was not accepted do not count.
    assert dict(accepted_cases) == {"": "0", "S1": "2", "S2": "1"}


def test_months_leave_out_stocks_and_the_catalogue(facts) -> None:
    rows = figures(facts, by="month")
    assert list(dict.fromkeys(rows["member"])) == [str(month) for month in range(1, 13)]
    january = rows[(rows["member"] == "1") & (rows["id"] == "completed")]
    assert january["value"].item() == "0"
    assert not {"open_at_end", "licence_items_total", "late_open"} & set(rows["id"])
    march = rows[(rows["member"] == "3") & (rows["id"] == "completed")]
    assert (march["value"].item(), march["member_name"].item()) == ("1", "3月")


def test_one_department_by_code_or_name(facts) -> None:
    by_name = figures(facts, department="乙局")
    pd.testing.assert_frame_equal(by_name, figures(facts, department="D2"))
    assert by_name.set_index("id").loc["accepted", "value"] == "1"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "departement"}, "是不是 department?"),
        ({"by": "colour"}, "可用的有:department"),
        ({"department": "丙局"}, "可用的有:乙局、甲局"),
    ],
)
def test_a_wrong_name_gets_the_nearest_one(facts, asked, said) -> None:
    with pytest.raises(XukeError, match=said.replace("?", r"\?")):
        figures(facts, **asked)


def test_a_dimension_without_its_column_is_refused_by_name() -> None:
    with pytest.raises(XukeError, match="没有“镇街”"):
        figures(year([case("2022-01-01")]), by="street")


def test_chinese_columns_on_demand(facts) -> None:
    assert list(figures(facts, chinese=True).columns)[:3] == ["地方", "年度", "编号"]
    assert set(figures(facts, by="channel").columns) <= set(TERMS)
