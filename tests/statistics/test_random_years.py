"""Random years: the tally's figures against plain loops over the same cases.

The loops below follow the written definitions, case by case, and know nothing of the tally. Years
are cut at 2024, which has a leap day; what happens in the cases falls in 2023 to 2025.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import chinese_calendar
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.passes.measures import BY_NAME
from analysis.statistics.passes.tally import merge, tally
from analysis.statistics.registry import REGISTRY
from analysis.statistics.volume.flows import discontinuities, flows_by_department, imbalances
from tests.tables.build import case, item, year

YEAR = 2024
ITEMS = [
    item("A"),
    item("B", impl_code="A", dept_code="D2", case_type="1"),
    item("F", item_type="07"),
]
LICENCE = {"A", "B", "X"}  # X is not in the catalogue; F is of another type
DEPARTMENTS = ["D1", "D2", "D3"]
BORDERS = [
    datetime(2023, 12, 31, 23, 59, 59, 999999),
    datetime(2024, 1, 1),
    datetime(2024, 2, 28, 23, 59, 59),
    datetime(2024, 2, 29, 12),
    datetime(2024, 3, 1),
    datetime(2024, 6, 30, 23, 59, 59),
    datetime(2024, 7, 1),
    datetime(2024, 12, 31, 23, 59, 59, 999999),
    datetime(2025, 1, 1),
]
OUTCOMES = [
    "approved",
    "refused",
    "withdrawn",
    "supp_lapsed",
    "transferred",
    "terminated",
    "deleted",
    "other",
]
slow = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# Random cases ---------------------------------------------------------------------------------

moments = st.one_of(
    st.sampled_from(BORDERS), st.datetimes(datetime(2023, 1, 1), datetime(2025, 12, 31))
)
some_days = st.one_of(st.none(), st.sampled_from([0, 1, 3, 10, 15, 40, 0.5]))
limits = st.one_of(st.none(), st.sampled_from([0, 1, 5, 20, 45, 2.5]))


@st.composite
def cases(draw):
    """One case whose times are in order: submitted, decided on acceptance or not, closed or not."""
    times = sorted(draw(st.lists(moments, min_size=3, max_size=3)))
    course = draw(
        st.sampled_from(
            ["pending", "ended", "not_accepted", "not_accepted_closed", "open", "closed", "closed"]
        )
    )
    values = {}
    if course in ("open", "closed"):
        values |= {"accept_status": "accepted", "accepted_at": times[1]}
    if course.startswith("not_accepted"):
        status = draw(st.sampled_from(["not_needed", "rejected"]))
        values |= {"accept_status": status, "not_accepted_at": times[1]}
    if course in ("ended", "not_accepted_closed", "closed"):
        values |= {"closed_at": times[2], "outcome": draw(st.sampled_from([*OUTCOMES, None]))}
    return case(
        times[0],
        item_code=draw(st.sampled_from(["A", "B", "F", "X"])),
        dept_code=draw(st.sampled_from(DEPARTMENTS)),
        apply_channel=draw(st.sampled_from(["window", "pc", "mobile", "mail", "other"])),
        case_type=draw(st.sampled_from(["1", "2", "9"])),
        statutory_days=draw(limits),
        promised_days=draw(limits),
        extended_days=draw(some_days),
        stopped_days_art45=draw(some_days),
        stopped_days_other=draw(some_days),
        **values,
    )


years = st.lists(cases(), max_size=40)
cutoffs = st.sampled_from(
    [date(2024, 12, 31), date(2024, 12, 31), date(2024, 2, 29), date(2024, 6, 30)]
)


# The definitions, as loops --------------------------------------------------------------------


def plain(rows, number, cutoff):
    """Work every figure out case by case, from its written definition."""
    start, end = datetime(number, 1, 1), datetime.combine(cutoff + timedelta(days=1), time())

    def known(row, name):
        """The time, if it had come by the cut-off."""
        moment = row[name]
        return moment if moment is not None and moment < end else None

    def in_year(row, name):
        moment = known(row, name)
        return moment is not None and moment >= start

    def before_year(row, name):
        moment = known(row, name)
        return moment is not None and moment < start

    n = Counter()
    limited = within = open_late = promised = kept = 0
    days_sum = days_n = instant = instant_of = online = 0
    for row in rows:
        if row["item_code"] not in LICENCE:
            continue
        was_accepted = known(row, "accepted_at") is not None
        was_refused = known(row, "not_accepted_at") is not None
        n["applications"] += in_year(row, "submitted_at")
        n["not_accepted"] += in_year(row, "not_accepted_at")
        n["uncatalogued"] += in_year(row, "submitted_at") and row["item_code"] == "X"
        if in_year(row, "accepted_at"):
            n["accepted"] += 1
            online += row["apply_channel"] in ("pc", "mobile")
            instant += row["case_type"] == "1"
            instant_of += row["case_type"] in ("1", "2")
        if in_year(row, "closed_at"):
            if not was_accepted:
                n["ended_before"] += not was_refused
            elif row["outcome"] == "deleted":
                n["deleted"] += 1
            else:
                n["completed"] += 1
                n["approved"] += row["outcome"] == "approved"
                n["disapproved"] += row["outcome"] == "refused"
                n["other_endings"] += row["outcome"] not in ("approved", "refused")
                days = working_days(row["accepted_at"].date(), row["closed_at"].date())
                if row["case_type"] == "2":
                    days_sum, days_n = days_sum + days, days_n + 1
                if row["statutory_days"] is not None:
                    limited += 1
                    within += days <= statutory(row)
                if row["promised_days"] is not None:
                    promised += 1
                    kept += days <= promise(row)
        for state, was in (("start", before_year), ("end", known)):
            there = {
                moment: bool(was(row, f"{moment}_at"))
                for moment in ("submitted", "accepted", "not_accepted", "closed")
            }
            gone = there["accepted"] or there["not_accepted"] or there["closed"]
            n[f"pending_at_{state}"] += there["submitted"] and not gone
            n[f"open_at_{state}"] += there["accepted"] and not there["closed"]
        still_open = was_accepted and known(row, "closed_at") is None
        if still_open and row["statutory_days"] is not None:
            open_late += working_days(row["accepted_at"].date(), cutoff) > statutory(row)
    counts = {
        name: (n[name], None)
        for name in (
            "applications", "accepted", "not_accepted", "completed", "approved", "disapproved",
            "other_endings", "ended_before", "deleted", "uncatalogued", "pending_at_start",
            "pending_at_end", "open_at_start", "open_at_end",
        )
    }  # fmt: skip
    return counts | {
        "residual_acceptance": (n["applications"] - n["accepted"] - n["not_accepted"], None),
        "residual_completion": (n["completed"] - n["accepted"], None),
        "residual_outcome": (n["completed"] - n["approved"] - n["disapproved"], None),
        "completion_rate": (n["completed"], n["accepted"]),
        "within_statutory_time": (within, limited + open_late),
        "on_time_rate": (kept, promised),
        "mean_days": (days_sum, days_n),
        "case_flag": (instant, instant_of),
        "online_accept_share": (online, n["accepted"]),
    }


def working_days(start, end):
    """Working days after the first one, up to the end."""
    while not chinese_calendar.is_workday(start):
        start += timedelta(days=1)
    days = [start + timedelta(days=1 + n) for n in range(max((end - start).days, 0))]
    return sum(map(chinese_calendar.is_workday, days))


def statutory(row):
    """Limit, extension of at most 10 days (Art. 42), and what is not counted (Art. 45)."""
    extension = min(row["extended_days"] or 0, 10)
    return row["statutory_days"] + extension + (row["stopped_days_art45"] or 0)


def promise(row):
    """The promise, any extension, and all special procedures."""
    stops = (row["stopped_days_art45"] or 0) + (row["stopped_days_other"] or 0)
    return row["promised_days"] + (row["extended_days"] or 0) + stops


# Comparison -----------------------------------------------------------------------------------

VARIANTS = {
    "completion_rate": "close_flow",
    "on_time_rate": "promise",
    "mean_days": "commitment",
}


def figure(name):
    if name == "case_flag":
        return REGISTRY["instant_rate", "case_flag"]
    return REGISTRY[name, VARIANTS.get(name, "")]


def computed(facts, names):
    """Numerator and denominator of each figure; a share of nothing has neither."""
    results = {name: figure(name).result(facts) for name in names}
    return {name: (r.numerator, r.denominator) for name, r in results.items()}


def as_results(expected):
    return {
        name: (None, None) if below == 0 else (Fraction(above), below and Fraction(below))
        for name, (above, below) in expected.items()
    }


def check_against_loops(rows, cutoff):
    facts = Facts.of(year(rows, ITEMS, number=YEAR, cutoff=cutoff))
    expected = as_results(plain(rows, YEAR, cutoff))
    assert computed(facts, expected) == expected
    for department in DEPARTMENTS:
        own = [row for row in rows if row["dept_code"] == department]
        expected = as_results(plain(own, YEAR, cutoff))
        assert computed(facts.department(department), expected) == expected
    flows = flows_by_department(facts)
    assert imbalances(flows).empty
    balance(flows)


def balance(flows):
    """The identities themselves, written out."""
    f = flows
    pending = (
        f["pending_at_start"]
        + f["applications"]
        - f["accepted"]
        - f["not_accepted"]
        - f["ended_before"]
    )
    still_open = f["open_at_start"] + f["accepted"] - f["completed"] - f["deleted"]
    assert pending.tolist() == f["pending_at_end"].tolist()
    assert still_open.tolist() == f["open_at_end"].tolist()


@slow
@given(rows=years, cutoff=cutoffs)
def test_figures_are_what_loops_over_the_cases_count(rows, cutoff):
    check_against_loops(rows, cutoff)


@pytest.mark.parametrize("cutoff", [date(2024, 12, 31), date(2024, 2, 29)])
def test_every_border_at_once(cutoff):
    """All ways to be submitted, accepted and closed on the borders of year, leap day, cut-off."""
    rows = []
    for a, submitted in enumerate(BORDERS):
        rows.append(case(submitted))
        for b, second in enumerate(BORDERS[a:], a):
            rows.append(case(submitted, accept_status="accepted", accepted_at=second))
            rows.append(case(submitted, accept_status="rejected", not_accepted_at=second))
            rows.append(case(submitted, closed_at=second, outcome="withdrawn"))
            rows += [
                case(
                    submitted,
                    accept_status="accepted",
                    accepted_at=second,
                    closed_at=third,
                    outcome=OUTCOMES[(a + b + c) % len(OUTCOMES)],
                    dept_code=DEPARTMENTS[(a + b + c) % 3],
                    case_type=str(1 + c % 2),
                )
                for c, third in enumerate(BORDERS[b:], b)
            ]
    check_against_loops(rows, cutoff)


@pytest.mark.parametrize("name", ["within_statutory_time", "on_time_rate", "mean_days"])
def test_the_loops_can_tell_a_late_case_from_one_in_time(name):
    """The comparison would notice: one day more changes the expected result."""

    def ended(on):
        return plain(
            [
                case(
                    datetime(2024, 3, 1),
                    accepted_at=datetime(2024, 3, 1),
                    closed_at=on,
                    outcome="approved",
                    statutory_days=5,
                )
            ],
            YEAR,
            date(2024, 12, 31),
        )[name]

    assert ended(datetime(2024, 3, 8)) != ended(datetime(2024, 3, 11))


@settings(slow, max_examples=3)
@given(rows=years, data=st.data())
def test_tallies_of_a_split_add_up_to_the_tally_of_the_union(rows, data):
    left = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    parts = [
        [row for row, in_left in zip(rows, left, strict=True) if in_left is side]
        for side in (True, False)
    ]
    union = tally(year(rows, ITEMS, number=YEAR))
    merged = merge([tally(year(part, ITEMS, number=YEAR)) for part in parts])
    pd.testing.assert_frame_equal(merged, union)
    columns = [column for column in union if column != "n"]
    assert not union.duplicated(columns).any()
    assert (union["n"] > 0).all()
    swapped = merge([tally(year(part, ITEMS, number=YEAR)) for part in reversed(parts)])
    pd.testing.assert_frame_equal(swapped, union)


@settings(slow, max_examples=3)
@given(rows=years)
def test_both_forms_of_a_tally_give_the_same_figures(rows):
    facts = Facts.of(year(rows, ITEMS, number=YEAR))
    unfolded = replace(facts, tally=facts.unfolded)
    for department in (None, *DEPARTMENTS):
        of_them = [
            figures(each.department(department) if department else each)
            for each in (facts, unfolded)
        ]
        pd.testing.assert_frame_equal(*of_them)
    for measure in BY_NAME:
        added = merge([facts.rows(measure)]) if len(facts.rows(measure)) else facts.rows(measure)
        expected = unfolded.rows(measure)
        assert added.to_dict("records") == expected.to_dict("records")


def test_merging_one_tally_changes_nothing():
    one = tally(year([case("2024-01-05"), case("2024-01-06")], ITEMS, number=YEAR))
    pd.testing.assert_frame_equal(merge([one]), one)
    assert merge([one, one])["n"].tolist() == [2 * n for n in one["n"]]


@settings(slow, max_examples=3)
@given(rows=years)
def test_a_year_opens_with_the_stock_that_the_year_before_closed_with(rows):
    flows = [
        flows_by_department(Facts.of(year(rows, ITEMS, number=number))) for number in (2023, 2024)
    ]
    assert discontinuities(*flows).empty
    before, after = (f.reindex(DEPARTMENTS, fill_value=0) for f in flows)
    for stock in ("pending", "open"):
        assert before[f"{stock}_at_end"].tolist() == after[f"{stock}_at_start"].tolist()


@settings(slow, max_examples=3)
@given(rows=years, order=st.randoms(use_true_random=False))
def test_order_of_the_rows_does_not_matter(rows, order):
    shuffled = rows.copy()
    order.shuffle(shuffled)
    pd.testing.assert_frame_equal(
        tally(year(rows, ITEMS, number=YEAR)), tally(year(shuffled, ITEMS, number=YEAR))
    )


@settings(slow, max_examples=3)
@given(rows=years)
def test_catalogue_rows_of_one_item_do_not_multiply_cases(rows):
    """Joining the catalogue never changes a case count."""
    versions = [*ITEMS, item("A", item_version=2), item("A", item_version=3)]
    counts = ["applications", "accepted", "completed", "pending_at_end", "open_at_end"]
    once = computed(Facts.of(year(rows, ITEMS, number=YEAR)), counts)
    thrice = computed(Facts.of(year(rows, versions, number=YEAR)), counts)
    assert once == thrice
