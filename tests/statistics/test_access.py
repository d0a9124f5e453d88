"""Access: visits, online, tolerance, commitment, packages, reductions, one pass; by hand.

The year is 2022. What each figure comes to is worked out beside it.
"""

from fractions import Fraction

import pandas as pd
import pytest

from analysis.statistics.access.online import depth_of_items
from analysis.statistics.access.packages import packages_overview
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Kind
from analysis.statistics.figures import figures
from analysis.statistics.registry import REGISTRY
from analysis.tables import TABLES
from analysis.tables.year import Year
from tests.tables.build import PLACE, accepted, case, closed, item, refused_acceptance

D2, D3 = {"dept_code": "D2", "dept_name": "乙局"}, {"dept_code": "D3", "dept_name": "丙局"}


def full(code, **values):
    """A catalogue row with every column that access looks at."""
    defaults = {
        "online_depth": None,
        "online_available": None,
        "commitment_ok": False,
        "steps_n": 3,
        "steps_n_base": 3,
    }
    return item(code, **(defaults | values))


ITEMS = [
    full(
        "A",
        online_depth="2^3^4",
        online_available=True,
        tolerance_ok=True,
        commitment_ok=True,
        steps_n=2,
        steps_n_base=4,
        package_codes="P1",
    ),
    full("B", site_visits=1, online_depth="5", package_codes="P1^P2", **D2),
    full(
        "C",
        site_visits=2,
        online_depth="1",
        online_available=False,
        tolerance_ok=True,
        steps_n=None,
        **D2,
    ),
    full("D", site_visits=1, online_available=True),
    full("E", site_visits=3, online_depth="1^8", online_available=False),
    full(  # not a licence
        "F",
        item_type="07",
        online_depth="7",
        commitment_ok=True,
        steps_n=5,
        steps_n_base=6,
        package_codes="P2",
        **D3,
    ),
    full(
        "G",
        impl_code="A",
        in_prov_system=False,
        online_depth="6",
        commitment_ok=True,
        package_codes="P1",
    ),
]


def flagged(row, *, tolerance=None, commitment=None, online=None, package=None, supp=None, n=None):
    """A case with what it made use of."""
    return row | {
        "tolerance_used": tolerance,
        "commitment_used": commitment,
        "online_full": online,
        "package_code": package,
        "supp_rounds": supp,
        "site_visits_actual": n,
    }


B, X = {"item_code": "B", "dept_code": "D2"}, {"item_code": "X"}
PC, MOBILE = {"apply_channel": "pc"}, {"apply_channel": "mobile"}
CASES = [
    flagged(
        closed("2022-03-01", "2022-03-01", "2022-03-02", **PC),
        tolerance=True,
        online=True,
        package="P1",
        supp=0,
        n=0,
    ),
    flagged(
        closed("2022-03-01", "2022-03-01", "2022-03-02", "supp_lapsed"),
        tolerance=True,
        online=False,
        supp=1,
        n=2,
    ),
    flagged(accepted("2022-03-01", "2022-03-01", **PC), tolerance=True, online=True, supp=0),
    flagged(
        closed("2022-03-01", "2022-03-01", "2022-03-02", **B, **MOBILE),
        commitment=True,
        package="P1",
        supp=2,
        n=1,
    ),
    flagged(closed("2022-03-01", "2022-03-01", "2022-03-02", **B), commitment=True),
    flagged(  # accepted, but deleted: not completed
        closed("2022-03-01", "2022-03-01", "2022-03-02", "deleted", item_code="C", **PC, **D2),
        tolerance=False,
        supp=0,
        n=5,
    ),
    flagged(  # accepted the year before
        closed("2021-12-01", "2021-12-01", "2022-01-04", item_code="D"),
        tolerance=True,
        supp=0,
        n=1,
    ),
    flagged(refused_acceptance("2022-03-01", "2022-03-02", item_code="E"), tolerance=True, supp=0),
    flagged(  # not a licence
        closed("2022-03-01", "2022-03-01", "2022-03-02", item_code="F", **PC, **D3),
        tolerance=True,
        commitment=True,
        online=True,
        package="P2",
        supp=1,
        n=9,
    ),
    flagged(  # not in the catalogue
        closed("2022-03-01", "2022-03-01", "2022-03-02", apply_channel="mail", **X),
        online=True,
        supp=0,
        n=3,
    ),
    flagged(accepted("2022-12-31", "2023-01-01", **PC), tolerance=True, supp=0),
    flagged(case("2022-06-01"), tolerance=True, online=True, package="P1"),
]

# (id, variant): value as printed, numerator, denominator. Items on the platform: A to E.
EXPECTED = {
    ("avg_trips", "item_mean"): ("1.4000", "7", "5"),  # 0 + 1 + 2 + 1 + 3
    ("avg_trips", "case_mean"): ("0.6667", "4", "6"),  # accepted: 3 of A, 2 of B, 1 of C
    ("avg_trips", "actual"): ("1.4000", "7", "5"),  # 0 + 2 + 1 + 1 + 3; one not known
    ("visits_zero_share", ""): ("40.00", "2", "5"),  # A; B online to the end
    ("at_most_one_trip_rate", "visits_le1_share"): ("60.00", "3", "5"),  # A, B, D
    ("online_available_rate", "online_item"): ("60.00", "3", "5"),  # A, B by depth, D as it says
    ("online_full_process_rate", "online_full_item"): ("20.00", "1", "5"),  # B
    # Accepted in the year: 7, of which the 1st, 3rd, 4th and 6th online.
    ("online_accept_share", ""): ("57.14", "4", "7"),
    ("online_full_process_rate", "online_full_case"): ("42.86", "3", "7"),
    # Completed in the year: 6.
    ("online_close_case", ""): ("33.33", "2", "6"),
    ("one_pass_case", ""): ("66.67", "4", "6"),  # one of 7 is not known
    ("tolerant_items", ""): ("2", "2", ""),  # A, C
    ("tolerant_departments", ""): ("2", "2", ""),
    ("tolerant_items_before", ""): ("2", "2", ""),
    ("tolerant_departments_before", ""): ("2", "2", ""),
    ("tolerant_items_used", ""): ("50.00", "1", "2"),  # A
    ("tolerance_cases", ""): ("3", "3", ""),
    ("tolerance_case_share", ""): ("42.86", "3", "7"),
    ("tolerance_completed", ""): ("3", "3", ""),  # one accepted the year before
    ("tolerance_lapsed_share", ""): ("33.33", "1", "3"),
    ("commitment_items", ""): ("2", "2", ""),  # A and G are one, F
    ("commitment_departments", ""): ("2", "2", ""),
    ("commitment_cases", ""): ("2", "2", ""),
    ("commitment_case_share", ""): ("28.57", "2", "7"),
    ("one_thing_packages", ""): ("2", "2", ""),
    ("package_items", ""): ("3", "3", ""),  # A, B, F
    ("package_items_repeated", ""): ("4", "4", ""),  # B in both; A and G are one
    ("package_departments", ""): ("3", "3", ""),
    ("items_per_package", ""): ("2.00", "4", "2"),
    ("departments_per_package", ""): ("2.00", "4", "2"),
    ("package_cases", ""): ("2", "2", ""),
    ("package_case_share", ""): ("28.57", "2", "7"),
    ("service_items_on_application", ""): ("6", "6", ""),
    ("service_items_material_reduced", ""): ("0", "0", ""),
    ("material_reduced_share", ""): ("0.00", "0", "6"),
    ("materials_saved_rate", ""): ("0.00", "0", "21"),  # 7 rows of 3
    ("service_items_step_reduced", ""): ("2", "2", ""),  # A, F
    ("step_reduced_share", ""): ("33.33", "2", "6"),
    ("steps_saved_rate", ""): ("13.64", "3", "22"),  # 4 + 3 + 3 + 3 + 6 + 3; C not known
}


def made(items=ITEMS, cases=CASES):
    """A year whose tables have only the columns that the rows have."""
    tables = {"cases": pd.DataFrame(cases), "items": pd.DataFrame(items)}
    return Year.from_frames(PLACE, 2022, tables)


@pytest.fixture(scope="module")
def facts():
    return Facts.of(made())


@pytest.fixture(scope="module")
def computed(facts):
    return figures(facts).set_index(["id", "variant"])


@pytest.mark.parametrize("key", EXPECTED, ids="-".join)
def test_figure(computed, key):
    row = computed.loc[key]
    assert row["reason"] == ""
    assert (row["value"], row["numerator"], row["denominator"]) == EXPECTED[key]


def test_figures_of_one_department(facts):
    table = figures(facts.department("D2")).set_index(["id", "variant"])["value"]
    assert table["avg_trips", "item_mean"] == "1.5000"  # B 1, C 2
    assert table["avg_trips", "case_mean"] == "1.3333"  # 2 of B, 1 of C
    assert table["tolerance_case_share", ""] == "0.00"  # of 3
    assert table["commitment_case_share", ""] == "66.67"  # 2 of 3
    assert table["items_per_package", ""] == "1.00"  # B in P1, B in P2
    assert table["tolerant_items_used", ""] == "0.00"  # C


def without(rows, column):
    return [{name: value for name, value in row.items() if name != column} for row in rows]


OPTIONAL = [
    (table, column)
    for table, rows in (("items", ITEMS), ("cases", CASES))
    for column in rows[0]
    if column not in TABLES[table].required
    and not column.startswith("valid_")  # in force: by dates where there are any
]


@pytest.mark.parametrize(("table", "column"), OPTIONAL, ids=lambda name: name)
def test_figure_without_a_column_is_lacking_or_the_same(computed, table, column):
    """Every column that a figure reads is among its needs; without it there is no other number."""
    items = without(ITEMS, column) if table == "items" else ITEMS
    cases = without(CASES, column) if table == "cases" else CASES
    found = figures(made(items, cases)).set_index(["id", "variant"])
    for key, row in found.iterrows():
        if f"{table}.{column}" in REGISTRY[key].needs:
            assert row["value"] == ""
            assert f"“{TABLES[table][column].term}”" in row["reason"]
        else:
            assert row.to_dict() == computed.loc[key].to_dict()


def test_figure_of_an_empty_year_is_nought_or_has_no_value():
    tables = {"cases": pd.DataFrame(CASES).iloc[:0], "items": pd.DataFrame(ITEMS).iloc[:0]}
    facts = Facts.of(Year.from_frames(PLACE, 2022, tables))
    for key in EXPECTED:
        result = REGISTRY[key].result(facts)
        if REGISTRY[key].kind is Kind.COUNT:
            assert result.numerator == 0
        else:
            assert (result.numerator, result.reason) == (None, "数据不足:分母为0")


def test_how_deep_items_go_online(facts):
    frame = depth_of_items(facts)
    assert frame["含此深度"].to_dict() == {
        "咨询": 2,  # C, E
        "收件": 1,
        "预审": 1,
        "受理": 1,
        "办理": 1,
        "结果信息反馈": 0,
        "电子证照反馈": 0,
        "其他": 1,
        "未填": 1,
    }
    assert frame["最深为此"].to_dict() == {
        "咨询": 2,  # C; E, whose 其他 is not deeper
        "收件": 0,
        "预审": 0,
        "受理": 1,  # A
        "办理": 1,  # B
        "结果信息反馈": 0,
        "电子证照反馈": 0,
        "其他": 0,
        "未填": 1,  # D
    }


def test_depth_that_is_named_twice_counts_once():
    twice = depth_of_items(Facts.of(made([full("A", online_depth="2^2^")], CASES)))
    assert twice.sum().tolist() == [1, 1]


def test_depth_of_items_counts_a_lone_other_and_an_absent_column():
    lone = depth_of_items(Facts.of(made([full("A", online_depth="8")], CASES)))
    assert lone.loc["其他"].tolist() == [1, 1]
    absent = depth_of_items(Facts.of(made(without(ITEMS, "online_depth"), CASES)))
    assert absent.loc["未填"].tolist() == [5, 5]
    assert absent.sum().tolist() == [5, 5]


def test_what_is_in_each_package(facts):
    frame = packages_overview(facts)
    assert frame.index.name == "主题"
    assert frame.to_dict("index") == {"P1": {"事项": 2, "部门": 2}, "P2": {"事项": 2, "部门": 2}}
    absent = packages_overview(Facts.of(made(without(ITEMS, "package_codes"), CASES)))
    assert absent.empty


def test_package_that_is_named_twice_counts_once():
    """Sets are sets, whatever an export writes."""
    facts = Facts.of(made([full("A", package_codes="P1^P1^")], CASES))
    for key, expected in (
        ("one_thing_packages", Fraction(1)),
        ("package_items_repeated", Fraction(1)),
    ):
        assert REGISTRY[key, ""].result(facts).numerator == expected
