"""Traps of the data, counted by hand."""

from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.problems.finding import Verdict
from analysis.problems.minutes import CHANCE, beyond_chance
from analysis.tables.year import Year
from tests.problems.asked import ask, counts, number, year_of
from tests.tables.build import PLACE, at, closed, frames, item

D2 = {"dept_code": "D2"}


def test_only_large_batches_of_one_department_and_minute_are_back_entry():
    batch = [
        closed("2022-03-01", "2022-03-01 17:50:05", f"2022-03-01 17:50:{s}") for s in range(10, 22)
    ]
    nine = [
        closed("2022-03-01", "2022-03-02 09:00:01", "2022-03-02 09:00:59", **D2) for _ in range(9)
    ]
    two = [closed("2022-03-01", "2022-03-02 09:00:01", "2022-03-02 09:00:59") for _ in range(2)]
    over = [closed("2022-03-01", "2022-03-03 09:00:59", "2022-03-03 09:01:01") for _ in range(15)]
    dates = [closed("2022-03-01", "2022-03-04", "2022-03-04") for _ in range(12)]
    year = year_of([*batch, *nine, *two, *over, *dates])
    assert number(year, "bulk_entry") == pytest.approx(100 * 12 / 50)
    found = counts(year, "bulk_entry")
    assert (found["同一分钟受理并办结的办件"], found["批数"]) == (23, 1)
    assert number(year, "bulk_closing") == pytest.approx(100 * 15 / 50)
    evidence = ask(year, "bulk_entry").answer.evidence
    assert evidence.to_dict("records") == [
        {
            "部门": "甲局",
            "成批的": 12,
            "年内办结的办件": 41,
            "批数": 1,
            "最大一批": 12,
            "同一分钟受理并办结": 14,
            "占比(%)": 29.27,
        }
    ]
    assert number(year, "bulk_entry", "D2") == 0


def test_of_dates_alone_nobody_can_say_that_there_were_no_batches():
    dates = [closed("2022-03-01", "2022-03-01", "2022-03-04") for _ in range(40)]
    for question in ("bulk_entry", "bulk_closing"):
        assert "没有时刻" in ask(year_of(dates), question).answer.reason
    # Acceptance by the day alone hides nothing of when cases were closed.
    ended = [
        closed("2022-03-01", "2022-03-01", f"2022-03-04 {9 + n % 8:02}:{n:02}:07")
        for n in range(40)
    ]
    assert "没有时刻" in ask(year_of(ended), "bulk_entry").answer.reason
    assert ask(year_of(ended), "bulk_closing").answer.number == 0


def _arriving(per_minute: float, instant: bool):
    """Two days of a department whose cases come at random and are handled one by one."""
    rng = np.random.default_rng(6)
    starts = pd.date_range("2022-05-09 09:00", periods=480, freq="min")
    minutes = starts.append(starts + pd.Timedelta(days=1))
    ends = minutes.repeat(rng.poisson(per_minute, len(minutes)))
    ends = ends + pd.to_timedelta(rng.integers(0, 60, len(ends)), unit="s")
    cases = pd.DataFrame([closed("2022-05-06", "2022-05-06", "2022-05-06")] * len(ends))
    cases["case_id"] = [f"x{n}" for n in range(len(cases))]
    cases["closed_at"] = ends
    if instant:
        cases["accepted_at"] = ends.floor("min")
    return Year.from_frames(PLACE, 2022, frames([], [item()]) | {"cases": cases})


@pytest.mark.parametrize(("question", "instant"), [("bulk_entry", True), ("bulk_closing", False)])
def test_a_busy_department_that_works_case_by_case_is_not_accused(question, instant):
    """736,253 cases a year, 6.16 a minute: every seventh of them is in a minute with ten or more."""
    year = _arriving(736_253 / (249 * 480), instant)
    assert number(year, question) == 0
    assert ask(year, question).verdict is Verdict.NONE


def test_many_cases_stamped_with_one_closing_time_are_a_batch():
    """400 of 800 commitment cases were given one time; the others came three to a minute."""
    stamped = [closed("2022-03-01", "2022-03-24 09:00", "2022-03-31 17:00:10")] * 400
    single = [
        closed("2022-03-01", "2022-03-24 09:00", f"2022-03-28 {9 + n % 8}:{n % 60:02d}:11")
        for n in range(400)
    ]
    cases = [case | {"case_id": f"c{n}"} for n, case in enumerate([*stamped, *single])]
    found = ask(year_of(cases), "bulk_closing")
    assert (found.answer.number, found.verdict) == (50, Verdict.EVIDENT)
    assert number(year_of(cases), "bulk_entry") == 0


def test_the_first_minutes_of_a_pause_are_held_against_the_hour_before():
    """Ten a minute until noon, fifteen in the minute after it: much of its hour, little of that before."""
    at_noon = [closed("2022-03-01", "2022-03-01", "2022-03-02 12:00:30") for _ in range(15)]
    before = [
        closed("2022-03-01", "2022-03-01", f"2022-03-02 11:{minute:02d}:30")
        for minute in range(60)
        for _ in range(10)
    ]
    assert number(year_of(at_noon), "bulk_closing") == 100
    assert number(year_of([*before, *at_noon]), "bulk_closing") == 0


@given(n=st.integers(10, 40), beside=st.integers(0, 600))
def test_chance_is_a_sum_of_binomial_terms(n, beside):
    of = n + beside
    tail = sum(comb(of, k) * 59 ** (of - k) for k in range(n, of + 1)) / 60**of
    assert beyond_chance([n], [of])[0] == (tail <= CHANCE)


def test_midnight_of_either_time_counts_once():
    year = year_of(
        [
            closed("2022-03-01", "2022-03-01", "2022-03-02 09:00"),
            closed("2022-03-01 08:00", "2022-03-01 09:00", "2022-03-02"),
            closed("2022-03-01", "2022-03-01", "2022-03-02"),
            closed("2022-03-01", "2022-03-01 00:00:01", "2022-03-02 23:59:59"),
        ]
    )
    assert number(year, "midnight_stamps") == 75


def test_days_off_are_those_of_the_calendar_not_of_the_week():
    """29 January 2022 was a working Saturday, 5 April (Tuesday) the Qingming holiday."""
    ends = ["2022-01-29 10:00", "2022-04-05 10:00", "2022-03-05 10:00", "2022-03-04 10:00"]
    cases = [closed("2022-01-04", "2022-01-04", end) for end in ends]
    atonce = [closed("2022-03-05", "2022-03-05", "2022-03-05 11:00", case_type="1")]
    year = year_of([*cases, *atonce])
    assert number(year, "days_off") == 50
    assert counts(year, "days_off")["非工作日办结的其他办件(多为网上即办)"] == 1


def test_a_date_alone_reverses_nothing():
    year = year_of(
        [
            closed("2022-03-01", "2022-03-02 10:00", "2022-03-01 12:00"),
            closed("2022-03-01", "2022-03-02 10:00", "2022-03-02 09:00"),
            closed("2022-03-01", "2022-03-02 10:00", "2022-03-02"),
            closed("2022-03-01", "2022-03-02 10:00", "2022-03-02 11:00"),
        ]
    )
    assert number(year, "reversed_times") == 50


def test_versions_above_one_were_sent_again():
    cases = [closed("2022-03-01", "2022-03-01", "2022-03-02", data_version=n) for n in (1, 1, 2, 5)]
    assert number(year_of(cases), "pushed_again") == 50


def test_steps_of_work_that_end_when_they_start():
    case = closed("2022-03-01", "2022-03-01", "2022-03-02")
    open_case = closed("2022-03-01", "2022-03-01", "2023-03-02")
    rows = [
        ("handle", "2022-03-01 09:00", "2022-03-01 09:00"),
        ("review", "2022-03-01 09:00", "2022-03-01 10:00"),
        ("approve", "2022-03-01 10:00", None),
        ("submit", "2022-03-01 08:00", "2022-03-01 08:00"),
    ]
    events = [
        {"event_id": f"{who['case_id']}{n}", "case_id": who["case_id"], "activity": what, "start_at": at(start), "end_at": at(end)}
        for who in (case, open_case)
        for n, (what, start, end) in enumerate(rows)
    ]  # fmt: skip
    year = year_of([case, open_case], events=pd.DataFrame(events))
    assert counts(year, "zero_steps") == {"起止相同的环节": 1, "承办、审核、批准环节": 2}
    assert number(year, "zero_steps") == 50
