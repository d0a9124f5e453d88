"""Every registered figure of a year made by hand, against values worked out by hand.

The year is 2022 with the cut-off on Monday 31 October. Each case says what it is there for; the
days are counted on the official calendar (2022: 1-3 January, 31 January - 6 February, 3-5 April,
30 April - 4 May, 3-5 June, 10-12 September and 1-7 October off; 29-30 January, 2 and 24 April,
7 May, 8-9 October worked).
"""

from fractions import Fraction
from typing import get_type_hints

import pandas as pd
import pytest

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, Kind, rounded
from analysis.statistics.figures import figures
from analysis.statistics.registry import REGISTRY
from analysis.statistics.volume.flows import discontinuities, flows_by_department, imbalances
from analysis.tables.place import Place
from analysis.tables.year import Year
from tests.tables.build import (
    PLACE,
    accepted,
    case,
    closed,
    day,
    item,
    refused_acceptance,
    year,
)

CUTOFF = day("2022-10-31")
NO_TIMES = {"statutory_days": None, "promised_days": None}
IMMEDIATE = {"item_code": "B", "case_type": "1", "statutory_days": 5, "promised_days": 0}

ITEMS = [
    # A was revised during the year: the first version could be accepted incomplete.
    item(
        "A", impl_code="I1", valid_to=day("2022-03-31"), promised_limit=10.0, tolerance_ok=True
    ),
    item(
        "A",
        impl_code="I1",
        item_version=2,
        valid_from=day("2022-04-01"),
        materials_n=2,
        materials_n_base=4,
    ),
    item(
        "B", impl_code="I1", case_type="1", statutory_limit=5.0, promised_limit=0.0, site_visits=1
    ),
    item(
        "C",
        impl_code="I2",
        dept_code="D2",
        in_prov_system=False,
        statutory_limit=60.0,
        site_visits=3,
        materials_n_base=None,
    ),
    item("D", impl_code="I3", dept_code="D2", statutory_limit=None, no_statutory_limit=True),
    item(  # 73 calendar days are 50 working days
        "E",
        impl_code="I4",
        dept_code="D2",
        statutory_limit=73.0,
        statutory_unit="N",
        tolerance_ok=True,
    ),
    item(  # not a licence, but a service on application
        "F",
        impl_code="I5",
        item_type="07",
        tolerance_ok=True,
        materials_n=3,
        materials_n_base=5,
        package_codes="P1^P2",
    ),
    item(  # not on application
        "G", impl_code="I6", item_type="20", on_application=False, tolerance_ok=True,
        materials_n=1, package_codes="P9",
    ),
    item(  # ended on 30 June
        "H",
        impl_code="I7",
        dept_code="D2",
        valid_to=day("2022-06-30"),
        item_status="3",
        tolerance_ok=True,
    ),
    item(  # begins after the cut-off
        "K", impl_code="I8", valid_from=day("2022-11-15"), tolerance_ok=True, package_codes="P8"
    ),
    item("L", impl_code="I9", item_status="2", tolerance_ok=True),  # suspended
    item(  # begins on the day of the cut-off
        "N",
        impl_code="I10",
        dept_code="D3",
        valid_from=CUTOFF,
        case_type="1",
        statutory_limit=2.0,
        statutory_unit="M",
        promised_limit=1.0,
        promised_unit="M",
        site_visits=2,
        tolerance_ok=True,
        package_codes="P2^P3",
    ),
    item(  # ends on the day of the cut-off
        "O",
        impl_code="I11",
        dept_code="D3",
        in_prov_system=False,
        valid_to=CUTOFF,
        item_status="3",
    ),
]  # fmt: skip

D2, D3 = {"dept_code": "D2"}, {"dept_code": "D3"}
CASES = [
    # Carried over from 2021.
    closed("2021-12-20", "2021-12-22", "2022-01-10"),  # open at the start; 12 days
    closed("2021-12-30", "2022-01-05", "2022-01-05", apply_channel="pc"),  # 0 days
    closed("2021-11-01", "2021-11-02", "2021-12-31 23:59:59"),  # over before the year
    case(  # ended before acceptance
        "2021-12-31 23:59:59",
        accept_status="supplement",
        closed_at="2022-02-01",
        outcome="withdrawn",
    ),
    refused_acceptance("2021-12-29", "2022-01-04"),
    # The first moment of the year, a holiday: days count from 4 January, so 0 days.
    closed(
        "2022-01-01 00:00:00",
        "2022-01-01 00:00:00",
        "2022-01-04",
        apply_channel="mobile",
        **IMMEDIATE,
    ),
    # The design's vector: 5 days, then one more.
    closed("2022-01-27", "2022-01-28", "2022-02-09", apply_channel="pc"),
    closed("2022-01-27", "2022-01-28", "2022-02-10", "refused"),
    # Statutory limit: 20 days, 21 days.
    closed(
        "2022-03-01",
        "2022-03-01 10:00",
        "2022-03-29 17:00",
        "refused",
        item_code="C",
        promised_days=None,
        **D2,
    ),
    closed("2022-03-01", "2022-03-01", "2022-03-30", item_code="E", **D2),
    # 31 days. Of 15 days' extension the statutory clock counts 10: 30. The promised one: 5 + 15.
    closed("2022-03-01", "2022-03-01", "2022-04-14", extended_days=15, **D2),
    # 31 days. Stops: statutory 20 + 11; promised 5 + 11 + 20.
    closed(
        "2022-03-01",
        "2022-03-01",
        "2022-04-14",
        "transferred",
        stopped_days_art45=11,
        stopped_days_other=20,
        **D2,
    ),
    # No statutory limit; 18 days against 10 promised.
    closed(
        "2022-05-05",
        "2022-05-06",
        "2022-05-31",
        "terminated",
        **D3 | {"statutory_days": None, "promised_days": 10},
    ),
    closed("2022-06-01", "2022-06-02", "2022-06-03", "deleted"),
    case("2022-06-01", closed_at="2022-06-02", outcome="deleted"),  # ended before acceptance
    refused_acceptance("2022-06-01", "2022-06-02", "not_needed"),
    refused_acceptance("2022-06-05", "2022-06-06", closed_at="2022-06-07"),
    # Around the cut-off.
    case("2022-10-31 23:59:59"),
    case("2022-11-01 00:00:00"),
    accepted("2022-10-30", "2022-11-01 00:00:00"),
    refused_acceptance("2022-10-28", "2022-11-02"),
    closed("2022-10-10", "2022-10-10", "2022-11-05"),  # 15 of 20 days used
    accepted("2022-09-01", "2022-09-01"),  # open and past its statutory limit
    accepted("2021-10-08", "2021-10-08", **NO_TIMES),  # open all the year
    case("2021-06-01"),  # pending all the year
    # Items: another type is left out, an unknown one and one that has ended are not.
    closed("2022-04-01", "2022-04-01", "2022-04-02", item_code="F", apply_channel="pc"),
    closed(  # Friday to Monday: 1 day
        "2022-07-01",
        "2022-07-01",
        "2022-07-04",
        "other",
        item_code="X",
        case_type="9",
        apply_channel="mail",
    ),
    closed("2022-02-28", "2022-02-28", "2022-03-01", item_code="H", **D2),  # 1 day
    # Other endings.
    closed("2022-08-01", "2022-08-02", "2022-08-03", "withdrawn", **D3),  # 1 day
    closed(
        "2022-08-01", "2022-08-02", "2022-08-02", None, apply_channel="mobile", **D3 | IMMEDIATE
    ),
    closed("2022-08-05", "2022-08-05", "2022-08-08", "supp_lapsed", **D3),  # 1 day
]


def counts(clock, early, on_last_day, late, open_late):
    """Expected counts on one clock."""
    numbers = {"early": early, "last_day": on_last_day, "late": late}
    closed = {(f"{name}_closed", clock): (str(n), str(n), "") for name, n in numbers.items()}
    return closed | {("late_open", clock): (str(open_late), str(open_late), "")}


# (id, variant): value as printed, numerator, denominator.
EXPECTED = {
    # A and B, C, D, E, N, O at the cut-off; of these A, B, D, E, N are on the platform.
    ("licence_items_total", ""): ("6", "6", ""),
    ("licence_items_on_platform", ""): ("4", "4", ""),
    ("handling_items", ""): ("5", "5", ""),
    ("uncatalogued", ""): ("1", "1", ""),
    ("applications", ""): ("22", "22", ""),
    ("accepted", ""): ("17", "17", ""),
    ("not_accepted", ""): ("3", "3", ""),
    ("completed", ""): ("15", "15", ""),
    ("approved", ""): ("7", "7", ""),
    ("disapproved", ""): ("2", "2", ""),
    ("other_endings", ""): ("6", "6", ""),
    ("ended_before", ""): ("2", "2", ""),
    ("deleted", ""): ("1", "1", ""),
    ("pending_at_start", ""): ("4", "4", ""),
    ("pending_at_end", ""): ("4", "4", ""),  # 4 + 22 - 17 - 3 - 2
    ("open_at_start", ""): ("2", "2", ""),
    ("open_at_end", ""): ("3", "3", ""),  # 2 + 17 - 15 - 1
    ("residual_acceptance", ""): ("2", "2", ""),  # 22 - 17 - 3
    ("residual_completion", ""): ("-2", "-2", ""),  # 15 - 17
    ("residual_outcome", ""): ("6", "6", ""),  # 15 - 7 - 2
    ("completion_rate", "close_flow"): ("88.24", "15", "17"),
    # Of the 15 one was accepted in 2021.
    ("completion_rate", "close_cohort"): ("82.35", "14", "17"),
    # Statutory 20 + 5 + 50 + 41 2/3 = 350/3; promised 5 + 0 + 5 + 20 5/6 = 185/6. D has no limit.
    ("time_compression_rate", "item_sum"): ("73.57", "515/6", "350/3"),
    ("time_compression_rate", "item_mean"): ("78.75", "63/20", "4"),  # .75 + 1 + .9 + .5
    # Accepted: 11 of A (20 → 5), 2 of B (5 → 0), 1 of E (50 → 5); the others are not on the platform.
    ("time_compression_rate", "case_sum"): ("78.57", "220", "280"),
    # 14 with a statutory limit: 12 × 20 + 2 × 5, and 148 days less the 18 of the one without.
    ("time_compression_rate", "actual_vs_statutory"): ("48.00", "120", "250"),
    # 14 with a promise: 11 × 5 + 2 × 0 + 10, and 148 days less the 20 of the one without.
    ("time_compression_rate", "actual_vs_promised"): ("-96.92", "-63", "65"),
    ("mean_promised_limit", ""): ("7.71", "185/6", "4"),
    ("instant_rate", "item_flag"): ("40.00", "2", "5"),  # B and N
    ("instant_rate", "item_1day"): ("20.00", "1", "5"),  # B; N promises a month
    ("instant_rate", "case_sameday"): ("0.00", "0", "15"),
    ("instant_rate", "case_flag"): ("12.50", "2", "16"),  # the case of type 9 is neither
    # 12 + 0 + 5 + 6 + 20 + 21 + 31 + 31 + 18 + 1 + 1 + 1
    ("mean_days", "commitment"): ("12.25", "147", "12"),
    # 0, 1, 1, 1, 5, 6, 12, 18, 20, 21, 31, 31
    ("median_days", "commitment"): ("9.0", "9", ""),
    # Accepted in 2022, stops not counted: 0 0 1 1 1 5 6 … of 13; by the sixth day 7 are closed.
    ("survival_median_days", "commitment"): ("6", "6", ""),
    # 15 closed, one without a limit, late by 21 and by 31 days; one open and late.
    ("within_statutory_time", ""): ("80.00", "12", "15"),
    # 15 closed, one without a promise; late: 12, 6, 21, 31 and 18 days.
    ("on_time_rate", "promise"): ("64.29", "9", "14"),
    ("early_rate", "promise"): ("42.86", "6", "14"),
    ("early_rate", "promise_received"): ("35.71", "5", "14"),  # one of the 6 is of type 9
    ("overdue_rate", "promise"): ("35.71", "5", "14"),
    ("overdue_rate", "statutory"): ("14.29", "2", "14"),
    ("on_time_rate", "statutory"): ("85.71", "12", "14"),
    ("on_time_rate", "statutory_loose"): ("85.71", "12", "14"),
    ("on_time_rate", "statutory_first_day"): ("71.43", "10", "14"),
    # Days left by statute: 8 20 5 15 14 0 -1 -1 0 19 19 19 5 19; open: one 5, one late, one none.
    **counts("statutory", 10, 2, 2, 1),
    **counts("statutory_loose", 11, 1, 2, 1),  # the stops of 20 days make 0 left 20 left
    **counts("statutory_first_day", 10, 0, 4, 1),  # one day less for each
    # Days left by promise: -7 5 0 0 -1 -16 -11 5 -8 4 4 4 0 4; open: two late, one none.
    **counts("promised", 6, 3, 5, 2),
    ("avg_trips", "item_mean"): ("0.6000", "3", "5"),  # B 1, N 2
    ("tolerant_items_before", ""): ("4", "4", ""),  # A's first version, E, F, H
    ("tolerant_departments_before", ""): ("2", "2", ""),
    ("tolerant_items", ""): ("3", "3", ""),  # E, F, N
    ("tolerant_departments", ""): ("3", "3", ""),
    ("one_thing_packages", ""): ("3", "3", ""),  # P1, P2, P3
    ("service_items_on_application", ""): ("7", "7", ""),  # the 6 licences and F
    ("service_items_material_reduced", ""): ("2", "2", ""),  # A and F
    ("material_reduced_share", ""): ("28.57", "2", "7"),
    ("online_accept_share", ""): ("23.53", "4", "17"),
    ("online_close_case", ""): ("26.67", "4", "15"),
    ("departments_with_licence_items", ""): ("3", "3", ""),
    ("licence_items_previous_year", ""): ("6", "6", ""),  # I1, I2, I3, I4, I7, I11
    ("licence_items_added", ""): ("1", "1", ""),  # N
    ("licence_items_removed", ""): ("1", "1", ""),  # H
    ("promises_shortened", ""): ("1", "1", ""),  # A: 10 → 5
    ("items_made_immediate", ""): ("0", "0", ""),
    # Accepted: 11 of A, 2 of B with 1 visit each, 1 of E; none of N.
    ("avg_trips", "case_mean"): ("0.1429", "2", "14"),
    ("at_most_one_trip_rate", "visits_le1_share"): ("80.00", "4", "5"),  # all but N
    ("package_items", ""): ("2", "2", ""),  # F and N
    ("package_items_repeated", ""): ("4", "4", ""),  # F in P1 and P2, N in P2 and P3
    ("package_departments", ""): ("2", "2", ""),
    ("items_per_package", ""): ("1.33", "4", "3"),
    ("departments_per_package", ""): ("1.33", "4", "3"),
    # A 4 → 2 and F 5 → 3, B, D, E, N, O 3 each; C's number before is not known.
    ("materials_saved_rate", ""): ("16.67", "4", "24"),
    # N is immediate and promises a month.
    ("catalogue_rule_broken", "immediate_is_zero"): ("1", "1", ""),
    ("catalogue_rule_broken", "promise_is_commitment"): ("1", "1", ""),
    ("catalogue_rule_broken", "promise_within_statutory"): ("0", "0", ""),
    ("catalogue_rule_broken", "dates_in_order"): ("0", "0", ""),
}


@pytest.fixture(scope="module")
def facts():
    return Facts.of(year(CASES, ITEMS, cutoff=CUTOFF))


@pytest.fixture(scope="module")
def computed(facts):
    return figures(facts).set_index(["id", "variant"])


def test_every_figure_that_these_columns_allow_is_expected_here(computed):
    """The others lack a column here; each has a test of its own with it (``test_clocks`` …)."""
    done = computed[computed["reason"] == ""]
    assert set(done.index) == set(EXPECTED)
    lacking = computed[computed["reason"].str.startswith("数据不足:缺少")]
    stated = {key for key, figure in REGISTRY.items() if figure.kind is Kind.STATED}
    assert set(computed.index) == set(done.index) | set(lacking.index) | stated


@pytest.mark.parametrize("key", EXPECTED, ids="-".join)
def test_figure(computed, key):
    row = computed.loc[key]
    assert (row["value"], row["numerator"], row["denominator"]) == EXPECTED[key]
    assert row["reason"] == ""


def test_figures_say_whose_they_are(computed):
    assert set(computed["place"]) == {"t"}
    assert set(computed["year"]) == {2022}
    assert set(computed["cutoff"]) == {"2022-10-31"}
    assert set(computed["data"]) == {"real"}


def test_stated_figures_have_a_reason_and_no_value(computed):
    stated = computed[computed["kind"] == "stated"]
    assert len(stated)
    assert set(stated["value"]) == {""}
    assert "" not in set(stated["reason"])


@pytest.mark.parametrize(
    ("department", "expected"),
    [
        (
            "D2",
            {
                "applications": "5",
                "accepted": "5",
                "completed": "5",
                "approved": "3",
                "disapproved": "1",
                "other_endings": "1",
                "pending_at_start": "0",
                "licence_items_total": "3",  # C, D, E
                "licence_items_on_platform": "2",
                "within_statutory_time": "60.00",  # 3 of 5
                "on_time_rate": "50.00",  # 2 of 4
                "mean_days": "20.80",  # (20 + 21 + 31 + 31 + 1) / 5
                "tolerant_items_before": "2",  # E, H
                "tolerant_items": "1",
            },
        ),
        (
            "D3",
            {
                "applications": "4",
                "accepted": "4",
                "completed": "4",
                "other_endings": "4",
                "instant_rate": "100.00",  # first variant: N, the only one on the platform
                "online_accept_share": "25.00",
                "within_statutory_time": "100.00",  # 3 of 3
                "mean_days": "6.67",  # (18 + 1 + 1) / 3
            },
        ),
    ],
)
def test_figures_of_one_department(facts, department, expected):
    table = figures(facts.department(department)).drop_duplicates("id").set_index("id")
    assert table.loc[list(expected), "value"].to_dict() == expected


def test_stocks_and_flows_by_department(facts):
    flows = flows_by_department(facts)
    assert flows.sum().to_dict() == {
        name: int(EXPECTED[name, ""][0])
        for name in (
            "applications", "accepted", "not_accepted", "ended_before", "completed", "deleted",
            "pending_at_start", "pending_at_end", "open_at_start", "open_at_end",
        )
    }  # fmt: skip
    assert flows.loc["D3"].to_dict() == dict.fromkeys(flows.columns, 0) | dict.fromkeys(
        ("applications", "accepted", "completed"), 4
    )
    assert imbalances(flows).empty


def test_imbalance_is_found_and_located(facts):
    flows = flows_by_department(facts)
    flows.loc["D2", "open_at_end"] += 1
    found = imbalances(flows).to_dict("records")
    assert found == [{"dept_code": "D2", "stock": "期末在办", "expected": 0, "found": 1}]


def test_discontinuity_is_found_and_located(facts):
    flows = flows_by_department(facts)
    # D1 opens with 4 awaiting acceptance and 2 open; the year before closed with 5 and 2, and D9
    # with one that nobody has any more.
    before = flows[["pending_at_end", "open_at_end"]].copy()
    before.loc["D1"] = [5, 2]
    before.loc["D2"] = [0, 0]
    before.loc["D3"] = [0, 0]
    before.loc["D9"] = [0, 1]
    assert discontinuities(before, flows).to_dict("records") == [
        {"dept_code": "D1", "stock": "年初待受理", "expected": 5, "found": 4},
        {"dept_code": "D9", "stock": "年初在办", "expected": 1, "found": 0},
    ]


def test_later_knowledge_is_left_out_only_up_to_the_cutoff():
    """With the cut-off at the year's end the same rows count what happened since."""
    table = figures(year(CASES, ITEMS)).drop_duplicates("id").set_index("id")
    assert table.loc["applications", "value"] == "23"  # 1 November
    assert table.loc["accepted", "value"] == "18"
    assert table.loc["not_accepted", "value"] == "4"
    assert table.loc["completed", "value"] == "16"
    assert table.loc["pending_at_end", "value"] == "3"  # 31 October, 1 November, June 2021
    assert table.loc["open_at_end", "value"] == "3"


def test_year_without_cases_counts_nought_and_divides_by_nothing():
    table = figures(year([])).drop_duplicates("id").set_index("id")
    assert table.loc["applications", "value"] == "0"
    assert table.loc["open_at_end", "value"] == "0"
    for ratio in ("completion_rate", "mean_days", "within_statutory_time", "online_accept_share"):
        assert table.loc[ratio, "value"] == ""
        assert table.loc[ratio, "reason"] == "数据不足:分母为0"


def test_place_without_a_calendar_counts_cases_but_no_days():
    table = figures(year(CASES, ITEMS, place=Place("t", "测试区", calendar=None), cutoff=CUTOFF))
    table = table.set_index(["id", "variant"])
    assert table.loc[("completed", ""), "value"] == "15"
    for key in (
        ("mean_days", "commitment"),
        ("within_statutory_time", ""),
        ("on_time_rate", "promise"),
    ):
        assert table.loc[key, "value"] == ""
        assert "工作日历" in table.loc[key, "reason"]


def on(*clocks):
    """All that is counted on these clocks."""
    counted = ("early_closed", "last_day_closed", "late_closed", "late_open")
    return {(figure, clock) for figure in counted for clock in clocks}


BY_STATUTE = on("statutory", "statutory_loose", "statutory_first_day") | {
    ("within_statutory_time", ""),
    ("overdue_rate", "statutory"),
    *(("on_time_rate", f"statutory{ending}") for ending in ("", "_loose", "_first_day")),
}
BY_PROMISE = on("promised") | {
    ("on_time_rate", "promise"),
    ("overdue_rate", "promise"),
    ("early_rate", "promise"),
    ("early_rate", "promise_received"),
}
RUNNING = {("survival_median_days", "commitment")}


@pytest.mark.parametrize(
    ("column", "lost"),
    [
        ("statutory_days", BY_STATUTE | {("time_compression_rate", "actual_vs_statutory")}),
        ("promised_days", BY_PROMISE | {("time_compression_rate", "actual_vs_promised")}),
        (
            "stopped_days_other",
            BY_PROMISE | on("statutory_loose") | RUNNING | {("on_time_rate", "statutory_loose")},
        ),
        ("stopped_days_art45", BY_STATUTE | BY_PROMISE | RUNNING),
        ("extended_days", BY_STATUTE | BY_PROMISE),
    ],
)
def test_figure_without_its_column_says_which_is_missing(computed, column, lost):
    rows = [{k: v for k, v in row.items() if k != column} for row in CASES]
    table = figures(year_of_columns(rows, ITEMS)).set_index(["id", "variant"])
    missing = table[table["reason"].str.startswith("数据不足")]
    assert newly(missing, computed) == lost
    assert missing.loc[list(newly(missing, computed)), "reason"].str.contains("办件表").all()


def newly(missing, computed):
    """The figures that are missing now and were not before."""
    return {key for key in missing.index if computed.loc[key, "reason"] == ""}


@pytest.mark.parametrize(
    ("columns", "lost"),
    [
        ({"tolerance_ok"}, {"tolerant_items", "tolerant_departments",
                            "tolerant_items_before", "tolerant_departments_before"}),
        ({"valid_from"}, {"tolerant_items_before", "tolerant_departments_before",
                          "licence_items_previous_year", "licence_items_added",
                          "licence_items_removed", "promises_shortened", "items_made_immediate",
                          "catalogue_rule_broken"}),
        ({"materials_n_base"}, {"service_items_material_reduced", "material_reduced_share",
                                "materials_saved_rate"}),
        ({"package_codes"}, {"one_thing_packages", "package_items", "package_items_repeated",
                             "package_departments", "items_per_package",
                             "departments_per_package"}),
    ],
)  # fmt: skip
def test_figure_without_its_catalogue_column_says_which_is_missing(computed, columns, lost):
    rows = [{k: v for k, v in row.items() if k not in columns} for row in ITEMS]
    table = figures(year_of_columns(CASES, rows)).set_index(["id", "variant"])
    missing = table[table["reason"].str.startswith("数据不足")]
    assert {figure for figure, _ in newly(missing, computed)} == lost
    assert missing.loc[list(newly(missing, computed)), "reason"].str.contains("事项目录表").all()


def year_of_columns(cases, items):
    """A year whose tables have only the columns that the rows have."""
    tables = {"cases": pd.DataFrame(cases), "items": pd.DataFrame(items)}
    return Year.from_frames(PLACE, 2022, tables, cutoff=CUTOFF)


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(49, 10000), 2, "0.00"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(1795762, 1795742) * 100, 4, "100.0011"),
        (Fraction(100), 2, "100.00"),
        (Fraction(10**18 + 1), 0, "1000000000000000001"),
        (Fraction(241), 0, "241"),
    ],
)
def test_rounding_is_half_up_and_exact(value, decimals, printed):
    assert str(rounded(value, decimals)) == printed


@pytest.mark.parametrize("figure", REGISTRY.values(), ids=lambda f: f"{f.id}-{f.variant}")
def test_definition_is_complete(figure):
    assert figure.term
    assert figure.english
    assert figure.numerator
    assert figure.section
    assert figure.source
    ratio = figure.kind in (Kind.SHARE, Kind.MEAN, Kind.RATIO_OF_SUMS)
    assert bool(figure.denominator) == ratio
    assert (figure.compute is None) == (figure.kind is Kind.STATED)


@pytest.mark.parametrize("figure", REGISTRY.values(), ids=lambda f: f"{f.id}-{f.variant}")
def test_definition_has_the_declared_types(figure):
    # mypy does not look into a partial of a partial, of which topics make their declarations.
    for name, declared in get_type_hints(Figure).items():
        value = getattr(figure, name)
        if name == "compute":
            assert value is None or callable(value)
        elif name == "printed_as":
            assert all(isinstance(key, str) and sign in (1, -1) for key, sign in value)
        elif name == "needs":
            assert isinstance(value, tuple)
            assert all(isinstance(need, str) for need in value)
        else:
            assert isinstance(value, declared)
