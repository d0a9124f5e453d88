"""Catalogue: counts at each grain, movements, elements, rules and changes; worked out by hand."""

from datetime import date

import pandas as pd
import pytest

from analysis.statistics.catalogue.elements import ELEMENTS, elements_published
from analysis.statistics.catalogue.items import items_by_type
from analysis.statistics.catalogue.revisions import KINDS, changes, changes_by_department
from analysis.statistics.catalogue.rules import RULES
from analysis.statistics.catalogue.standards import (
    CHECKABLE,
    broken,
    rules_by_department,
    rules_overview,
)
from analysis.statistics.facts import Facts
from analysis.statistics.passes.tally import tally
from analysis.statistics.registry import REGISTRY
from analysis.tables.year import Year
from tests.tables.build import PLACE, accepted, case, day, item, year

D2 = {"dept_code": "D2", "dept_name": "乙局"}
NO_CASES = tally(year([]))


def facts_of(items, number=2022, **known):
    """Facts of a year without cases, with only the columns that the items have."""
    tables = {
        "cases": pd.DataFrame([case(f"{number}-03-01")]).iloc[:0],
        "items": pd.DataFrame(items),
    }
    made = Year.from_frames(PLACE, number, tables, **known)
    return Facts(made, NO_CASES, made.items)


def shown(facts, figure, variant=""):
    declared = REGISTRY[figure, variant]
    result = declared.result(facts)
    return result.reason or str(result.numerator), result.denominator and str(result.denominator)


def count(facts, figure, variant=""):
    return shown(facts, figure, variant)[0]


# Grains ---------------------------------------------------------------------------------------


def placed(code, parent, basic, **values):
    return item(code, parent_code=parent, catalog_code=basic, **values)


GRAINS = [
    placed("M", None, "0100001000", grain="main"),
    placed("S1", "M", "0100001001", grain="sub"),
    placed("S2a", "M", "0100001002", impl_code="S2", **D2),
    placed("S2b", "M", "0100001002", impl_code="S2", **D2),
    placed("S3", "N", "0100002001", grain="sub", in_prov_system=False),  # N is not there itself
    placed("L", None, None, grain="sub"),
    placed("F", "M", "0700001001", item_type="07", grain="sub", dept_code="D3"),
    placed("Z", "Q", "0100009001", item_status="3"),
]


def test_counts_at_each_grain():
    facts = facts_of(GRAINS)
    assert count(facts, "licence_items_total") == "5"  # M, S1, S2, S3, L
    assert count(facts, "licence_items_on_platform") == "4"
    assert count(facts, "handling_items") == "5"  # M, S1, S2a, S2b, L
    assert count(facts, "licence_main_items") == "3"  # M, N, L
    assert count(facts, "licence_basic_items") == "4"
    assert count(facts, "departments_with_licence_items") == "2"


def test_items_of_each_type():
    frame = items_by_type(facts_of(GRAINS))
    assert frame.index.name == "事项类型"
    assert frame.to_dict("index") == {
        "行政许可": {"实施清单事项": 5, "大项": 1, "子项": 3, "业务办理项": 2},
        "行政确认": {"实施清单事项": 1, "大项": 0, "子项": 1, "业务办理项": 0},
    }


@pytest.mark.parametrize(
    ("figure", "column"),
    [
        ("licence_main_items", "parent_code"),
        ("licence_basic_items", "catalog_code"),
        ("licence_items_delegated", "delegated_on"),
        ("elements_complete_share", "steps_n"),
    ],
)
def test_without_its_column_a_count_is_lacking(figure, column):
    rows = [{"delegated_on": None, "steps_n": 1} | row | {column: "gone"} for row in GRAINS]
    rows = [{name: value for name, value in row.items() if name != column} for row in rows]
    assert count(facts_of(rows), figure).startswith("数据不足:缺少事项目录表的")


# Elements -------------------------------------------------------------------------------------

ELEMENTARY = [
    item("A", steps_n=3),
    item("B", steps_n=None),
    item("C", steps_n=3, statutory_limit=None, no_statutory_limit=True),
    item("D", steps_n=3, statutory_limit=None),  # neither a limit, nor said to have none
    item("E", steps_n=3, item_name="", materials_n=None),
    item("F", steps_n=None, item_type="07"),
    item("G", steps_n=None, item_status="3"),
]


def test_elements_are_the_twelve():
    assert len(ELEMENTS) == 12
    article_30 = [element.term for element in ELEMENTS if "30" in element.source]
    assert article_30 == [
        "事项",
        "依据",
        "条件",
        "数量",
        "程序",
        "期限",
        "申请材料目录",
        "申请书示范文本",
    ]


def test_elements_published():
    frame = elements_published(facts_of(ELEMENTARY))
    filled = frame["已填"].dropna().to_dict()
    assert filled == {"事项": 4, "实施主体": 5, "程序": 4, "期限": 4, "申请材料目录": 4}
    absent = frame[frame["说明"] == "目录无此要素"]
    assert absent.index.tolist() == [
        "依据",
        "条件",
        "数量",
        "申请书示范文本",
        "收费标准",
        "咨询投诉方式",
        "办理结果",
    ]
    assert absent["已填"].isna().all()
    assert set(frame["事项"]) == {5}


def test_element_without_its_column_is_lacking():
    rows = [{name: value for name, value in row.items() if name != "steps_n"} for row in ELEMENTARY]
    frame = elements_published(facts_of(rows))
    assert frame.loc["程序", "说明"] == "数据不足:缺少事项目录表的“办理环节数”列"
    assert pd.isna(frame.loc["程序", "已填"])


def test_share_of_items_with_all_elements():
    assert shown(facts_of(ELEMENTARY), "elements_complete_share") == ("2", "5")  # A, C


# Rules ----------------------------------------------------------------------------------------


def ruled(code, **values):
    """A licence that keeps every rule: 20 → 5 working days, no visit, online, not to the end."""
    defaults = {
        "site_visit_reason": None,
        "online_available": True,
        "channels": "1^2",
        "online_depth": "2^3^4",
        "catalog_code": None,
        "parent_code": None,
    }
    return item(code, **(defaults | values))


RULED = [
    ruled("R1", promised_limit=20.0),  # as long as the law allows
    ruled("R2", case_type="1", promised_limit=0.0),
    ruled("R3", case_type="1", promised_limit=3.0, **D2),  # immediate, but takes days
    ruled("R4", promised_limit=0.0, **D2),  # takes none, but is not immediate
    ruled("R5", case_type="9", promised_limit=3.0),  # takes days, but is no 承诺件
    ruled("R6", promised_limit=30.0, promised_unit="N"),  # 20.5 working days
    ruled("R7", promised_limit=29.0, promised_unit="N"),  # 19.9
    ruled("R8", site_visits=2, site_visit_reason=""),
    ruled("R9", site_visits=1, site_visit_reason="须现场核验"),
    ruled("R10", online_available=False, channels="1"),
    ruled("R11", online_available=False, channels="1^4"),
    ruled("R12", online_available=False, channels=None),
    ruled("R13", online_depth="5^6", site_visits=1, site_visit_reason="须现场核验"),
    ruled("R14", promised_limit=None),
    ruled("R15", valid_from=day("2022-05-01"), valid_to=day("2022-04-30")),  # never in force
    ruled("R16", parent_code="P", catalog_code="0100001101"),
    ruled("R17", parent_code="P", catalog_code="0100002001"),  # of another item
    ruled("R18", parent_code="Q", catalog_code="0100003001"),  # Q is not in the catalogue
    ruled("P", catalog_code="0100001000", grain="main", parent_code="P"),
    ruled("F", item_type="07", case_type="1", site_visits=2, online_depth="7"),  # no licence
    ruled(  # in force for a day
        "Z",
        valid_from=day("2022-04-30"),
        valid_to=day("2022-04-30"),
        case_type="1",
        site_visits=2,
        online_depth="7",
    ),
]
# Rule: rows that it applies to, rows that break it.
RULE_RESULTS = {
    "immediate_is_zero": (17, ["R3", "R4"]),  # all 18 in force but R14
    "promise_is_commitment": (15, ["R3", "R5"]),  # of these not R2, R4
    "promise_within_statutory": (17, ["R6"]),
    "visit_has_reason": (3, ["R8"]),  # R8, R9, R13
    "no_visit_has_mail": (2, ["R10"]),  # R10, R11; R12 does not say
    "online_has_no_visit": (1, ["R13"]),
    "dates_in_order": (2, ["R15"]),  # Z was in force for a day
    "shares_parents_code": (2, ["R17"]),  # R16, R17
}


@pytest.fixture(scope="module")
def ruled_facts():
    return facts_of(RULED)


def test_every_checkable_rule_is_expected_here():
    assert {rule.id for rule in CHECKABLE} == set(RULE_RESULTS)


@pytest.mark.parametrize("rule", CHECKABLE, ids=lambda rule: rule.id)
def test_rule(ruled_facts, rule):
    applies, expected = RULE_RESULTS[rule.id]
    overview = rules_overview(ruled_facts).loc[rule.statement]
    assert broken(ruled_facts, rule)["item_code"].tolist() == expected
    assert (overview["适用"], overview["不合格"], overview["说明"]) == (applies, len(expected), "")
    assert overview["目录行"] == (20 if rule.id == "dates_in_order" else 18)
    assert count(ruled_facts, "catalogue_rule_broken", rule.id) == str(len(expected))


def test_rules_that_no_catalogue_can_tell_are_lacking_never_passed(ruled_facts):
    overview = rules_overview(ruled_facts)
    untold = overview[[rule.holds is None for rule in RULES]]
    assert len(untold) == 5
    assert untold["说明"].str.startswith("数据不足:目录没有").all()
    assert untold[["适用", "不合格"]].isna().all(axis=None)


def test_rules_kept_counts_what_applies(ruled_facts):
    # 17 + 15 + 17 + 3 + 2 + 1 + 2 + 2 = 59, of which 10 are broken.
    assert shown(ruled_facts, "catalogue_rules_kept") == ("49", "59")


@pytest.mark.parametrize("rule", CHECKABLE, ids=lambda rule: rule.id)
def test_rule_without_one_of_its_columns_is_lacking(rule):
    for column in set(rule.columns) & {"site_visit_reason", "channels", "online_depth",
                                       "online_available", "catalog_code", "parent_code",
                                       "valid_from", "valid_to"}:  # fmt: skip
        rows = [{k: v for k, v in row.items() if k != column} for row in RULED]
        facts = facts_of(rows)
        overview = rules_overview(facts).loc[rule.statement]
        assert overview["说明"].startswith("数据不足:缺少事项目录表的")
        assert pd.isna(overview["适用"])
        assert pd.isna(overview["不合格"])
        assert count(facts, "catalogue_rule_broken", rule.id).startswith("数据不足")
        assert count(facts, "catalogue_rules_kept").startswith("数据不足")
        assert rule.term not in rules_by_department(facts)


def test_rules_by_department(ruled_facts):
    frame = rules_by_department(ruled_facts)
    assert frame.index.tolist() == ["甲局", "乙局"]
    # R3 and R4: 2 + 1 + 2 checks, of which R3 breaks two and R4 one.
    assert frame.loc["乙局", ["目录行", "检查", "不合格", "合格率"]].tolist() == [2, 5, 3, 0.4]
    assert frame.loc["甲局", ["目录行", "检查", "不合格"]].tolist() == [18, 54, 7]
    assert frame.loc["乙局", ["即办时限", "承诺件类型", "现场原因"]].tolist() == [2, 1, 0]
    terms = [rule.term for rule in CHECKABLE]
    assert frame[terms].sum().tolist() == [len(rows) for _, rows in RULE_RESULTS.values()]


def test_rules_by_department_without_any_check_has_no_rate():
    facts = facts_of([item("A", promised_limit=None, item_status="2", **D2)])
    frame = rules_by_department(facts)
    assert frame.loc["乙局", ["检查", "不合格"]].tolist() == [0, 0]
    assert pd.isna(frame.loc["乙局", "合格率"])


def test_catalogue_in_which_no_item_has_a_parent():
    """An empty look-up has another type than one that finds something."""
    assert count(facts_of([ruled("A")]), "catalogue_rule_broken", "shares_parents_code") == "0"


def test_rules_of_one_department(ruled_facts):
    assert count(ruled_facts.department("D2"), "catalogue_rule_broken", "immediate_is_zero") == "2"
    assert count(ruled_facts.department("D2"), "catalogue_rule_broken", "visit_has_reason") == "0"


# Changes --------------------------------------------------------------------------------------

END, START = day("2021-12-31"), day("2022-01-01")
LONG = {"statutory_limit": 20.0, "promised_limit": 10.0}


def versions(code, then, now, since=START, **both):
    """Two versions of an item: what it was, and what it is since a day."""
    last = since - pd.Timedelta(days=1)
    return [
        dated(code, **(both | then), valid_to=last),
        dated(code, **(both | now), item_version=2, valid_from=since),
    ]


def dated(code, **values):
    return item(code, **({"delegated_on": None} | values))


CHANGED = [
    dated("same"),
    *versions("sooner", {"promised_limit": 10.0}, {"promised_limit": 1.0}),
    *versions("later", {"promised_limit": 5.0}, {"promised_limit": 7.5}, **D2),
    # 14 calendar days are 9.6 working days: sooner, though the number is higher.
    *versions("unit", {"promised_limit": 10.0}, {"promised_limit": 14.0, "promised_unit": "N"}),
    # The same number of working days in another unit is no change.
    *versions("hours", {"promised_limit": 1.0}, {"promised_limit": 8.0, "promised_unit": "H"}),
    *versions("law", {"statutory_limit": 30.0}, {"statutory_limit": 20.0}),
    *versions("unsaid", {}, {"statutory_limit": None, "no_statutory_limit": True}),
    *versions(
        "instant",
        {"promised_limit": 1.0},
        {"case_type": "1", "promised_limit": 0.0},
        day("2022-06-15"),
    ),
    *versions("slow", {"case_type": "1", "promised_limit": 0.0}, {"promised_limit": 0.0}),
    *versions("papers", {"materials_n": 4}, {"materials_n": 3}),
    *versions("more", {"site_visits": 0, "tolerance_ok": False}, {"site_visits": 1, "tolerance_ok": True}),
    *versions("moved", {}, D2),
    dated("new", valid_from=day("2022-03-01")),
    dated("down", valid_from=day("2022-03-01"), delegated_on=day("2022-03-01"), **D2),
    dated("old", delegated_on=day("2021-12-31")),
    dated("gone", valid_to=day("2022-12-30"), item_status="3"),
    dated("kept", valid_to=day("2022-12-31"), item_status="3"),
    dated("before", valid_to=day("2021-12-30"), item_status="3"),
    dated("next", valid_from=day("2023-01-01"), delegated_on=day("2023-01-01")),
    dated("other", item_type="07", valid_from=day("2022-03-01")),
    # Within the year and back: nothing has changed.
    dated("twice", valid_to=day("2022-02-28")),
    dated("twice", item_version=2, valid_from=day("2022-03-01"), valid_to=day("2022-08-31"), promised_limit=1.0),
    dated("twice", item_version=3, valid_from=day("2022-09-01")),
]  # fmt: skip
FOUND = {
    ("down", "新增", "", ""),
    ("down", "承接下放(委托)", "", "2022-03-01"),
    ("gone", "取消", "", ""),
    ("instant", "承诺时限缩短", "1工作日", "0工作日"),
    ("instant", "改为即办件", "承诺件", "即办件"),
    ("later", "承诺时限延长", "5工作日", "7.5工作日"),
    ("law", "法定时限缩短", "30工作日", "20工作日"),
    ("more", "到现场次数增加", "0", "1"),
    ("more", "纳入容缺受理", "否", "是"),
    ("moved", "实施主体变更", "甲局", "乙局"),
    ("new", "新增", "", ""),
    ("papers", "材料减少", "4", "3"),
    ("slow", "改为非即办件", "即办件", "承诺件"),
    ("sooner", "承诺时限缩短", "10工作日", "1工作日"),
    ("unit", "承诺时限缩短", "10工作日", "14自然日"),
}


@pytest.fixture(scope="module")
def changed():
    return facts_of(CHANGED)


def as_set(frame):
    return set(frame[["item_code", "change", "before", "after"]].itertuples(index=False, name=None))


def test_changes(changed):
    frame = changes(changed)
    assert as_set(frame) == FOUND
    assert len(frame) == len(FOUND)
    assert set(frame["change"]) <= set(KINDS)
    assert frame["dept_code"].is_monotonic_increasing


def test_changes_by_department(changed):
    frame = changes_by_department(changed, changes(changed))
    assert frame.index.tolist() == ["甲局", "乙局", "合计"]
    assert frame.loc["合计"].sum() == len(FOUND)
    of_d2 = frame.loc["乙局"]
    assert of_d2[of_d2 > 0].to_dict() == {
        "新增": 1,
        "承接下放(委托)": 1,
        "实施主体变更": 1,
        "承诺时限延长": 1,
    }
    assert frame.loc["合计", "承诺时限缩短"] == 3


def test_movements(changed):
    assert count(changed, "licence_items_added") == "2"  # new, down
    assert count(changed, "licence_items_removed") == "1"  # gone
    assert count(changed, "licence_items_delegated") == "1"  # down
    assert count(changed, "promises_shortened") == "3"
    assert count(changed, "items_made_immediate") == "1"
    before, now = (
        int(count(changed, name)) for name in ("licence_items_previous_year", "licence_items_total")
    )
    # same … moved: 12; old, gone, kept, twice; at the cut-off new and down instead of gone.
    assert (before, now) == (16, 17)


def test_changes_against_last_years_own_catalogue():
    """Last year's export may know versions that this year's has lost."""
    last = facts_of([item("A", promised_limit=9.0), item("B"), item("F", item_type="07")], 2021)
    this = facts_of([item("A"), item("C")])
    assert changes(this).empty
    assert as_set(changes(this, last.in_force)) == {
        ("A", "承诺时限缩短", "9工作日", "5工作日"),
        ("B", "取消", "", ""),
        ("C", "新增", "", ""),
    }


def test_what_one_catalogue_has_no_column_for_is_not_compared():
    last = facts_of([item("A", materials_n=5, tolerance_ok=True)], 2021)
    bare = {k: v for k, v in item("A").items() if k not in ("materials_n", "tolerance_ok")}
    assert changes(facts_of([bare]), last.in_force).empty


def test_of_several_versions_in_force_the_latest_counts_wherever_it_stands():
    rows = [
        dated("A", item_version=2, valid_from=day("2022-03-01"), promised_limit=1.0),
        dated("A"),
    ]
    assert as_set(changes(facts_of(rows))) == {("A", "承诺时限缩短", "5工作日", "1工作日")}


def test_no_change_at_all_makes_an_empty_table():
    facts = facts_of([dated("A")])
    found = changes(facts)
    assert found.empty
    assert changes_by_department(facts, found).loc["合计"].sum() == 0


# What is in force, and whose ------------------------------------------------------------------


def test_an_end_that_is_only_planned_keeps_no_suspended_item_in_force():
    planned = [
        item("A"),
        item("B", item_status="2", valid_to=day("2030-12-31")),
        item("C", item_status="3", valid_to=day("2099-12-31")),
        item("D", item_status="3", valid_to=day("2023-01-10")),  # in use until after the cut-off
    ]
    facts = facts_of(planned, exported_on=date(2023, 1, 15))
    assert count(facts, "licence_items_total") == count(facts, "handling_items") == "2"


def test_two_versions_in_force_are_one_item_with_its_cases_once():
    items = [
        item("A", item_version=1, promised_limit=10.0, site_visits=0),
        item("A", item_version=2, promised_limit=0.0, site_visits=1),
        item("B", promised_limit=20.0, site_visits=0),
    ]
    rows = [accepted("2022-03-01", "2022-03-01", item_code=code) for code in "AB"]
    facts = Facts.of(year(rows, items))
    assert count(facts, "handling_items") == "2"
    # One case of each: (20 − 0) + (20 − 20) of 20 + 20; one visit in two cases.
    assert shown(facts, "time_compression_rate", "case_sum") == ("20", "40")
    assert shown(facts, "avg_trips", "case_mean") == ("1", "2")


def test_visits_that_nobody_knows_are_no_visits_saved():
    facts = facts_of([item("A", site_visits=2), item("B", site_visits=None)])
    assert shown(facts, "avg_trips", "item_mean") == ("2", "1")
    assert shown(facts, "at_most_one_trip_rate", "visits_le1_share") == ("0", "1")


def test_an_item_that_changes_departments_is_neither_added_nor_removed():
    items = [
        item("A", item_version=1, case_type="2", valid_to=day("2022-06-30")),
        item("A", item_version=2, case_type="1", promised_limit=0.0, valid_from=day("2022-07-01"), **D2),
    ]  # fmt: skip
    facts = facts_of(items)
    first, second = facts.department("D1"), facts.department("D2")
    for part in (facts, first, second):
        assert count(part, "licence_items_added") == count(part, "licence_items_removed") == "0"
    made = [count(part, "items_made_immediate") for part in (facts, first, second)]
    assert made == ["1", "0", "1"]
    assert set(changes(second)["change"]) == {"实施主体变更", "改为即办件", "承诺时限缩短"}
    assert changes(first).empty


def test_parents_are_looked_up_in_other_departments_too():
    items = [
        placed("M", None, "000123000", grain="main", **D2),
        placed("S", "M", "999999001", grain="sub"),
    ]
    facts = facts_of(items)
    found = [
        count(part, "catalogue_rule_broken", "shares_parents_code")
        for part in (facts, facts.department("D1"), facts.department("D2"))
    ]
    assert found == ["1", "1", "0"]
