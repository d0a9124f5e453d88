"""Every figure of supervision, ratings and staff, against values worked out by hand."""

import dataclasses

import pandas as pd
import pytest

from analysis.statistics.facts import Facts
from analysis.statistics.figure import rounded
from analysis.statistics.figures import figures
from analysis.statistics.passes.oversight import oversight_tallies
from analysis.statistics.registry import REGISTRY
from analysis.statistics.supervision import (
    bad_ratings,
    inspections,
    publication,
    rating_cover,
    reach,
    satisfaction,
    staff,
)
from analysis.tables import TABLES
from analysis.tables.year import Year
from tests.statistics.supervised import (
    CASES,
    CUTOFF,
    EVALUATIONS,
    INSPECTIONS,
    ITEMS,
    STAFF,
    supervised_year,
)
from tests.tables.build import PLACE, frames

NO_CASES = pd.DataFrame(columns=["measure", "dept_code", "n"])
INSPECTED = (inspections, publication, reach)
RATED = (satisfaction, bad_ratings, rating_cover)
OWN = {(f.id, f.variant) for topic in (*INSPECTED, *RATED, staff) for f in topic.FIGURES}

# (id, variant): value as printed, numerator, denominator.
EXPECTED = {
    # Eight inspections are in the year and of licences: five random, one joint, one key, one special.
    ("inspections", ""): ("8", "8", ""),
    ("inspections", "random"): ("5", "5", ""),
    ("inspections", "key"): ("1", "1", ""),
    ("inspections", "special"): ("1", "1", ""),
    ("inspections", "complaint"): ("0", "0", ""),
    ("inspections", "joint"): ("1", "1", ""),
    ("inspection_visits", ""): ("16", "16", ""),  # 2 + 3 + 2 + 2 + 4 + 2 + 1, one unknown
    ("random_share", ""): ("62.50", "5", "8"),
    ("joint_share", ""): ("12.50", "1", "8"),
    ("inspection_findings", ""): ("4", "4", ""),  # two corrected, two violations
    ("inspection_violations", ""): ("2", "2", ""),
    ("inspection_penalties", ""): ("1", "1", ""),
    ("findings_rate", "all"): ("50.00", "4", "8"),
    ("findings_rate", "contacted"): ("57.14", "4", "7"),
    ("inspection_published", ""): ("62.50", "5", "8"),
    # In time 29 August and 31 January; late 30 August and 26 October; one not due.
    ("inspection_published_on_time", "random"): ("50.00", "2", "4"),
    # The joint and the special one in time as well, the one of 1 January late.
    ("inspection_published_on_time", "all"): ("57.14", "4", "7"),
    ("holders_inspected", ""): ("5", "5", ""),  # H1 to H5
    ("holders_licensed", "all"): ("4", "4", ""),  # H1, H2, H3, H6
    ("holders_licensed", "firms"): ("2", "2", ""),  # H1 by one of its two cases, H3
    ("inspection_coverage", "all"): ("75.00", "3", "4"),
    ("inspection_coverage", "firms"): ("100.00", "2", "2"),
    # H1: 8 February to 1 August, 174 days; H2: the same day; H3: inspected before only.
    ("permit_to_inspection_days", ""): ("87.0", "87", ""),
    # With a level: 1 5 4 2 5 4 by applicants, 3 and 1 by the system.
    ("ratings", ""): ("8", "8", ""),
    ("ratings", "active"): ("6", "6", ""),
    ("satisfaction_rate", "all3"): ("50.00", "4", "8"),
    ("satisfaction_rate", "top2"): ("37.50", "3", "8"),
    ("satisfaction_rate", "active_all3"): ("33.33", "2", "6"),
    ("satisfaction_rate", "active_top2"): ("33.33", "2", "6"),
    ("default_rating_share", ""): ("25.00", "2", "8"),
    ("bad_ratings", ""): ("4", "4", ""),
    ("bad_rate", "all"): ("50.00", "4", "8"),
    ("bad_rate", "active"): ("66.67", "4", "6"),
    ("bad_fixed", ""): ("50.00", "2", "4"),
    # 14 March in time; 24 August and the one of September late; the one of October not due.
    ("bad_fixed_on_time", ""): ("33.33", "1", "3"),
    # Completed: c1 to c6, c9, c12; all but c12 rated, c2 by the system only; c1 three times.
    ("rating_cover", "all"): ("87.50", "7", "8"),
    ("rating_cover", "active"): ("75.00", "6", "8"),
    ("ratings_per_case", ""): ("1.29", "9", "7"),
    ("staff", ""): ("16", "16", ""),
    ("staff", "window"): ("3", "3", ""),
    ("staff", "approval"): ("11", "11", ""),
    ("staff", "supervision"): ("2", "2", ""),
    ("staff_fte", ""): ("13.8", "344/25", ""),  # 2.5 + 4.25 + 6 + 1.01
    ("staff_fte", "window"): ("2.5", "5/2", ""),
    ("staff_fte", "approval"): ("10.3", "41/4", ""),
    ("staff_fte", "supervision"): ("1.0", "101/100", ""),
}
OF_D2 = {
    ("inspections", ""): "3",
    ("holders_inspected", ""): "2",  # H1 and H3
    ("holders_licensed", "all"): "2",
    ("inspection_coverage", "all"): "100.00",  # H1 and H3, whoever inspected them
    ("permit_to_inspection_days", ""): "39.0",  # H1: 15 August to 23 September
    ("ratings", ""): "2",
    ("satisfaction_rate", "top2"): "50.00",
    ("rating_cover", "active"): "50.00",  # c4, not c2
    ("bad_rate", "all"): "0.00",
    ("bad_fixed", ""): "",  # of none
    ("staff", ""): "8",
}


def computed(of) -> pd.DataFrame:
    """Return the figures of this part, by id and variant; without the pass over the cases."""
    facts = of if isinstance(of, Facts) else Facts(of, NO_CASES, of.items, oversight_tallies(of))
    rows = {key: row_of(REGISTRY[key], facts) for key in OWN}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["id", "variant"])


def row_of(figure, facts):
    result = figure.result(facts)
    value = figure.value(result)
    return {
        "value": "" if value is None else str(rounded(value, figure.decimals)),
        "numerator": "" if result.numerator is None else str(result.numerator),
        "denominator": "" if result.denominator is None else str(result.denominator),
        "kind": figure.kind.value,
        "reason": result.reason,
    }


@pytest.fixture(scope="module")
def facts():
    return Facts.of(supervised_year())


@pytest.fixture(scope="module")
def table(facts):
    return figures(facts).set_index(["id", "variant"])


def test_every_figure_of_supervision_is_expected_here():
    assert set(EXPECTED) == OWN


@pytest.mark.parametrize("key", EXPECTED, ids="-".join)
def test_figure_has_the_value_worked_out_by_hand(table, key):
    row = table.loc[key]
    assert (row["value"], row["numerator"], row["denominator"]) == EXPECTED[key], row["reason"]


@pytest.mark.parametrize("key", OF_D2, ids="-".join)
def test_figure_of_one_department(facts, key):
    assert computed(facts.department("D2")).loc[key, "value"] == OF_D2[key]


def test_department_that_nobody_knows_has_nothing(facts):
    found = computed(facts.department("D9"))
    assert (found.loc[found["denominator"] == "", "value"].isin(["0", "0.0", ""])).all()
    rates = found[found["kind"].isin(["share", "mean", "median"])]
    assert (rates["reason"] == "数据不足:分母为0").all()


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ({"inspections": None}, "数据不足:缺少事中事后监管表"),
        ({"evaluations": None}, "数据不足:缺少好差评表"),
        ({"staff": None}, "数据不足:缺少人员表"),
    ],
)
def test_without_a_table_its_figures_say_which_is_missing(lost, reason):
    found = computed(supervised_year(**lost))
    (name,) = lost
    gone = found[found["reason"] == reason]
    topics = {"inspections": INSPECTED, "evaluations": RATED, "staff": (staff,)}
    assert set(gone.index) == {(f.id, f.variant) for t in topics[name] for f in t.FIGURES}
    others = found.drop(gone.index)
    assert (others["reason"] == "").all()


def without(rows, column):
    return [{name: value for name, value in row.items() if name != column} for row in rows]


@pytest.mark.parametrize(
    ("of", "column", "lost"),
    [
        ("inspections", "inspectors_n", {"inspection_visits"}),
        ("inspections", "penalty", {"inspection_penalties"}),
        ("inspections", "published_on", {"inspection_published", "inspection_published_on_time"}),
        (
            "inspections",
            "holder_key",
            {
                "holders_inspected",
                "holders_licensed",
                "inspection_coverage",
                "permit_to_inspection_days",
            },
        ),
        ("inspections", "item_code", set()),
        (
            "cases",
            "applicant_key",
            {"holders_licensed", "inspection_coverage", "permit_to_inspection_days"},
        ),
        ("cases", "decided_at", {"permit_to_inspection_days"}),
        ("cases", "applicant_type", {"holders_licensed", "inspection_coverage"}),
        ("evaluations", "channel", set()),
        ("evaluations", "round", set()),
        ("evaluations", "case_id", {"rating_cover", "ratings_per_case"}),
        ("evaluations", "is_default", {"ratings", "satisfaction_rate", "default_rating_share",
                                       "bad_rate", "rating_cover"}),
        ("evaluations", "order_created_at", {"bad_fixed", "bad_fixed_on_time"}),
        ("evaluations", "rectified_at", {"bad_fixed", "bad_fixed_on_time"}),
        ("staff", "fte", {"staff_fte"}),
    ],
)  # fmt: skip
def test_without_a_column_the_figures_that_need_it_say_so(of, column, lost, monkeypatch):
    tables = {"cases": CASES, "inspections": INSPECTIONS, "evaluations": EVALUATIONS}
    rows = without((tables | {"staff": STAFF})[of], column)
    monkeypatch.setattr(
        "tests.statistics.supervised.oversight_frames",
        lambda **there: {name: pd.DataFrame(of) for name, of in there.items()},
    )
    found = computed(supervised_year(**{of: rows}))
    missing = found[found["reason"].str.startswith("数据不足:缺少")]
    assert {figure_id for figure_id, _ in missing.index} == lost
    kept = found.drop(missing.index)
    assert (kept["reason"] == "").all()
    same = [key for key in kept.index if column != "item_code" and EXPECTED[key][0]]
    for key in same:
        assert kept.loc[key, "value"] == EXPECTED[key][0]


WHOLE = {name: rows.to_pandas() for name, rows in supervised_year().tables.items()}
# Rows without an item are counted (docs/figures.md); dates of validity: by the status alone.
NOT_NEEDED = {f"{t}.item_code" for t in ("inspections", "evaluations")} | {"items.valid_from"}
COLUMNS = [
    f"{name}.{column}"
    for name, rows in WHOLE.items()
    for column in rows
    if column not in TABLES[name].key and f"{name}.{column}" not in NOT_NEEDED
]


NEEDED = {need for key in OWN for need in REGISTRY[key].needs}


def values_without(*lost: str) -> pd.Series:
    """Return each figure of a year that lacks columns or cannot tell codes apart; else why not."""
    gone = {name: [c for c in rows if f"{name}.{c}" in lost] for name, rows in WHOLE.items()}
    tables = {name: rows.drop(columns=gone[name]) for name, rows in WHOLE.items()}
    year = Year.from_frames(
        PLACE, 2022, tables, cutoff=CUTOFF, absent=dict.fromkeys(lost, "源系统没有")
    )
    found = computed(year)
    return found["value"].where(found["reason"] == "", found["reason"])


@pytest.fixture(scope="module")
def whole() -> pd.Series:
    return values_without()


@pytest.mark.parametrize("lost", sorted(NEEDED & {*COLUMNS, "cases.outcome=approved"}))
def test_nothing_is_computed_from_a_column_that_is_not_there(whole, lost):
    """Also where every year should have it: licences of an export without closing times were 0."""
    found = values_without(lost)
    changed = found[found != whole]
    assert changed.str.startswith("数据不足").all(), changed.to_dict()
    assert changed.str.contains("源系统没有").all()


def test_what_no_figure_needs_may_all_be_gone(whole):
    unneeded = [column for column in COLUMNS if column not in NEEDED]
    assert len(unneeded) > 20
    assert values_without(*unneeded).equals(whole)


def test_without_a_calendar_only_the_limits_in_working_days_are_lost():
    found = computed(supervised_year(place=dataclasses.replace(PLACE, calendar=None)))
    lost = found[found["reason"] != ""]
    assert {key for key, _ in lost.index} == {"inspection_published_on_time", "bad_fixed_on_time"}
    assert lost["reason"].str.contains("工作日历").all()


def test_empty_tables_count_nothing_and_give_no_rate():
    found = computed(supervised_year(cases=[], inspections=[], evaluations=[], staff=[]))
    counted = found[found["kind"] == "count"]
    assert (counted["numerator"] == "0").all()
    assert (found.loc[found["kind"] != "count", "reason"] == "数据不足:分母为0").all()


def test_one_row_of_each():
    found = computed(
        supervised_year(
            cases=CASES[2:3],
            inspections=INSPECTIONS[1:2],
            evaluations=EVALUATIONS[3:4],
            staff=STAFF[3:4],
        )
    )["value"]
    assert found["inspection_coverage", "all"] == "100.00"
    assert found["permit_to_inspection_days", ""] == "0.0"
    assert found["satisfaction_rate", "all3"] == "0.00"
    assert found["bad_rate", "active"] == "100.00"
    assert found["rating_cover", "active"] == "100.00"
    assert found["staff", ""] == "5"


def test_ratings_that_are_all_by_default_say_nothing_of_the_applicants():
    rows = [row | {"is_default": True} for row in EVALUATIONS]
    found = computed(supervised_year(evaluations=rows))
    assert found.loc[("default_rating_share", ""), "value"] == "100.00"
    assert found.loc[("satisfaction_rate", "all3"), "value"] == "50.00"
    assert found.loc[("satisfaction_rate", "active_all3"), "reason"] == "数据不足:分母为0"
    assert found.loc[("rating_cover", "active"), "value"] == "0.00"


def test_holders_whose_keys_never_meet_are_not_called_uninspected():
    rows = [row | {"holder_key": "other" if row["holder_key"] else None} for row in INSPECTIONS]
    facts = Facts.of(supervised_year(inspections=rows))
    for found in (computed(facts), computed(facts.department("D1"))):
        assert found.loc[("holders_inspected", ""), "value"] == "1"
        for key in [("inspection_coverage", "all"), ("permit_to_inspection_days", "")]:
            assert found.loc[key, "value"] == ""
            assert "对不起来" in found.loc[key, "reason"]


def test_staff_without_equivalents_is_not_added_up_short():
    rows = [*STAFF, {**STAFF[0], "dept_code": "D3", "fte": None}]
    found = computed(supervised_year(staff=rows))
    assert found.loc[("staff", "window"), "value"] == "12"
    assert "折算人数" in found.loc[("staff_fte", "window"), "reason"]
    assert found.loc[("staff_fte", "approval"), "value"] == "10.3"


def test_tallies_hold_no_keys_of_people_or_cases(facts):
    keys = {row["applicant_key"] for row in CASES} | {row["case_id"] for row in CASES}
    for rows in oversight_tallies(supervised_year()).values():
        assert not (set(rows.astype(str).to_numpy().ravel()) & {str(key) for key in keys if key})


def test_year_without_the_tables_of_supervision_still_has_its_figures():
    lacking = figures(Year.from_frames(PLACE, 2022, frames(CASES, ITEMS), cutoff=CUTOFF))
    here = figures(supervised_year())
    others = [key not in OWN for key in zip(here["id"], here["variant"], strict=True)]
    pd.testing.assert_frame_equal(lacking[others], here[others])


def test_supervision_is_divided_by_department_only():
    """Neither months nor channels of cases divide what was counted in other tables."""
    year = supervised_year()
    for by in ("month", "item", "channel", "applicant"):
        found = figures(year, by=by)
        assert len(found)
        assert not [key for key in zip(found["id"], found["variant"], strict=True) if key in OWN]


def test_by_department_gives_those_too_that_have_no_cases_or_items():
    row = INSPECTIONS[0] | {"dept_code": "D7"}
    found = figures(supervised_year(inspections=[*INSPECTIONS, row]), by="department")
    found = found.set_index(["member", "id", "variant"])["value"]
    assert found["D7", "inspections", ""] == "1"
    assert found["D7", "applications", ""] == "0"
    for key, value in OF_D2.items():
        assert found[("D2", *key)] == value


def test_only_what_belongs_to_one_department_is_called_additive():
    for key in OWN:
        figure = REGISTRY[key]
        whole = figure.kind.value == "count" and not key[0].startswith("holders")
        assert figure.additive == whole, key
