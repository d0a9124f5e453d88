"""Validation: each rule finds exactly the rows planted for it, and a clean year has none."""

import pandas as pd
import pytest

from analysis.statistics.facts import Facts
from analysis.statistics.volume.flows import flows_by_department, imbalances
from analysis.tables.validate import problems
from tests.tables.build import accepted, case, closed, day, item, refused_acceptance, year

CLEAN = [
    closed("2022-03-01", "2022-03-01", "2022-03-01"),  # all in one moment
    closed("2022-03-01", "2022-03-02", "2022-03-03", "refused", apply_channel="pc"),
    closed("2022-03-01", "2022-03-02", "2022-03-03", "deleted"),
    accepted("2022-03-01", "2022-03-02", item_code="X"),  # 未入目录 is no fault of the row
    refused_acceptance("2022-03-01", "2022-03-01"),
    refused_acceptance("2022-03-01", "2022-03-02", "not_needed"),
    refused_acceptance("2022-03-01", "2022-03-02", closed_at="2022-03-03"),
    case("2022-03-01"),
    case("2022-03-01", accept_status="supplement"),
    case("2022-03-01", closed_at="2022-03-05", outcome="withdrawn"),
    closed("2022-03-01", "2022-03-02", "2022-03-03", statutory_days=None),
]
CATALOGUE = [
    item("A"),
    item("B", impl_code="A", promised_limit=0.0, case_type="1"),
    item("C", statutory_limit=None, no_statutory_limit=True),
    item("D", item_version=1, valid_to=day("2022-03-01"), tolerance_ok=True),
    item("D", item_version=2, valid_from=day("2022-03-02"), tolerance_ok=False),
]


def found(cases=(), items=()):
    """What is wrong when these rows stand among clean ones: (table, rule, rows, example)."""
    table = problems(year([*CLEAN, *cases], [*CATALOGUE, *items]))
    assert list(table.columns) == ["table", "rule", "rows", "example"]
    return list(table.itertuples(index=False, name=None))


def test_clean_year_has_no_problems():
    assert found() == []


def test_empty_year_has_no_problems():
    assert problems(year([], [])).empty


# One rule at a time: the planted rows (so many of them) and the words that name the rule.
CASE_RULES = {
    "受理时间早于申请时间": [
        accepted("2022-03-02 10:00", "2022-03-02 09:59"),
        accepted("2022-03-02", "2022-03-01"),
    ],
    "办结时间早于受理时间": [closed("2022-03-01", "2022-03-02 10:00", "2022-03-02 09:00")],
    "不受理时间早于申请时间": [refused_acceptance("2022-03-02", "2022-03-01")],
    "受理状态为受理而没有受理时间": [case("2022-03-01", accept_status="accepted")] * 3,
    "有受理时间而受理状态不是受理": [
        case("2022-03-01", accepted_at="2022-03-02", accept_status=status)
        for status in ("pending", "supplement")
    ],
    "受理状态为不受理而没有不受理时间": [
        case("2022-03-01", accept_status=status) for status in ("rejected", "not_needed")
    ],
    "有不受理时间而受理状态不是不受理或不予受理": [
        case("2022-03-01", not_accepted_at="2022-03-02")
    ],
    "有办结时间而没有办结结果": [
        closed("2022-03-01", "2022-03-02", "2022-03-03", None),
        case("2022-03-01", closed_at="2022-03-03"),
    ],
    "有办结结果而没有办结时间": [accepted("2022-03-01", "2022-03-02", outcome="withdrawn")],
    "准予或不予许可而没有受理时间": [
        case("2022-03-01", closed_at="2022-03-03", outcome=outcome)
        for outcome in ("approved", "refused")
    ],
}


@pytest.mark.parametrize("rule", CASE_RULES)
def test_case_rule_finds_exactly_its_rows(rule):
    planted = [row | {"case_id": f"p{n}"} for n, row in enumerate(CASE_RULES[rule])]
    assert found(planted) == [("办件", rule, len(planted), "")]


def test_accepted_and_refused_at_once():
    both = case(
        "2022-03-01",
        accepted_at="2022-03-02",
        not_accepted_at="2022-03-03",
        accept_status="accepted",
    )
    # Whatever the status says, it contradicts one of the two times as well.
    assert found([both]) == [
        ("办件", "既有受理时间又有不受理时间", 1, ""),
        ("办件", "有不受理时间而受理状态不是不受理或不予受理", 1, ""),
    ]


@pytest.mark.parametrize(
    ("column", "term"),
    [
        ("item_code", "业务办理项编码"),
        ("dept_code", "办理部门编码"),
        ("apply_channel", "申报来源"),
        ("accept_status", "受理状态"),
        ("case_type", "办件类型"),
        ("submitted_at", "申请时间"),
    ],
)
def test_empty_required_column_of_cases(column, term):
    planted = [case("2022-03-01") | {column: None} for _ in range(2)]
    assert found(planted) == [("办件", f"“{term}”({column})为空", 2, "")]


@pytest.mark.parametrize(
    ("column", "term"),
    [
        ("impl_code", "实施编码"),
        ("item_name", "事项名称"),
        ("dept_name", "实施主体"),
        ("promised_limit", "承诺办结时限"),
        ("site_visits", "到办事现场次数"),
        ("on_application", "是否依申请"),
        ("in_prov_system", "进驻省事项管理系统"),
    ],
)
def test_empty_required_column_of_items(column, term):
    assert found(items=[item("E") | {column: None}]) == [
        ("事项目录", f"“{term}”({column})为空", 1, "")
    ]


@pytest.mark.parametrize("column", ["extended_days", "stopped_days_art45", "promised_days"])
def test_recommended_columns_may_be_empty(column):
    assert found([case("2022-03-01") | {column: None}]) == []


@pytest.mark.parametrize(
    ("column", "term", "codes", "value"),
    [
        ("apply_channel", "申报来源", "申报来源", "fax"),
        ("case_type", "办件类型", "办件类型", "3"),
        ("case_type", "办件类型", "办件类型", "01"),
        ("accept_status", "受理状态", "受理状态", "Pending"),
    ],
)
def test_unknown_code_of_cases(column, term, codes, value):
    planted = [case("2022-03-01", **{column: value}) for _ in range(3)]
    assert found(planted) == [("办件", f"“{term}”({column})不在代码表“{codes}”内", 3, value)]


def test_unknown_outcome():
    assert found([closed("2022-03-01", "2022-03-02", "2022-03-03", "granted")]) == [
        ("办件", "“办结结果”(outcome)不在代码表“办结结果”内", 1, "granted")
    ]


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("item_type", "1", "“事项类型”(item_type)不在代码表“事项类型”内"),
        ("statutory_unit", "D", "“法定办结时限单位”(statutory_unit)不在代码表“时限单位”内"),
        ("item_status", "0", "“事项状态”(item_status)不在代码表“事项状态”内"),
        ("grain", "大项", "“事项层级”(grain)不在代码表“事项层级”内"),
    ],
)
def test_unknown_code_of_items(column, value, rule):
    assert found(items=[item("E", **{column: value})]) == [("事项目录", rule, 1, value)]


def test_smallest_unknown_code_is_the_example():
    planted = [case("2022-03-01", apply_channel=channel) for channel in ("telex", "fax", "radio")]
    assert [(rows, example) for _, _, rows, example in found(planted)] == [(3, "fax")]


def test_repeated_case():
    planted = [case("2022-03-01", case_id="twice") for _ in range(3)]
    # Three rows, one of which may stay. The key is a quasi-identifier: no example of it.
    assert found(planted) == [("办件", "办件编号重复", 2, "")]


def test_repeated_item_version():
    planted = [item("E", item_version=7), item("E", item_version=7), item("E", item_version=8)]
    assert found(items=planted) == [("事项目录", "业务办理项编码、事项版本重复", 1, "")]


@pytest.mark.parametrize(
    ("column", "term", "value"),
    [
        ("in_prov_system", "进驻省事项管理系统", False),
        ("tolerance_ok", "容缺受理", True),
        ("on_application", "是否依申请", False),
        ("item_type", "事项类型", "07"),
    ],
)
def test_rows_of_one_service_that_contradict_each_other(column, term, value):
    planted = [item("E1", impl_code="S"), item("E2", impl_code="S", **{column: value})]
    planted += [item(f"G{n}", impl_code="G", **{column: value}) for n in range(2)]  # agree
    assert found(items=planted) == [
        ("事项目录", f"同一实施编码的“{term}”({column})前后不一", 1, "S")
    ]


def test_service_rows_that_are_not_in_force_together_may_differ():
    planted = [
        item("E1", impl_code="S", valid_to=day("2022-06-30"), in_prov_system=False),
        item("E2", impl_code="S", valid_from=day("2022-07-01")),
        item("E3", impl_code="S", item_status="2", item_type="07"),
    ]
    assert found(items=planted) == []


def test_several_rules_at_once_are_counted_apart():
    planted = [
        case("2022-03-01", apply_channel="fax"),
        accepted("2022-03-02", "2022-03-01"),
        accepted("2022-03-02", "2022-03-01"),
    ]
    assert found(planted) == [
        ("办件", "“申报来源”(apply_channel)不在代码表“申报来源”内", 1, "fax"),
        ("办件", "受理时间早于申请时间", 2, ""),
    ]


def test_no_case_identifier_is_ever_an_example():
    planted = [
        case("2022-03-01", case_id="秘密", item_code=None, apply_channel="fax"),
        case("2022-03-01", case_id="秘密"),
    ]
    text = problems(year(planted, CATALOGUE)).to_csv()
    assert "秘密" not in text


@pytest.mark.parametrize(
    "row",
    [
        case("2022-01-05", closed_at="2021-12-31", outcome="withdrawn"),
        refused_acceptance("2021-12-01", "2022-01-05", closed_at="2021-12-31"),
    ],
    ids=["before it was submitted", "before it was refused acceptance"],
)
def test_closed_too_early(row):
    """Across the turn of a year such a row unbalances the stock awaiting acceptance."""
    flows = flows_by_department(Facts.of(year([row])))
    assert not imbalances(flows).empty
    assert [rows for _, _, rows, _ in found([row])] == [1]


def test_problems_are_a_frame_that_can_be_shown():
    table = problems(year([case("2022-03-01", apply_channel="fax")], CATALOGUE))
    assert isinstance(table, pd.DataFrame)
    assert table["rows"].dtype.kind == "i"
