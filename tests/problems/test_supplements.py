"""Supplements, counted by hand."""

import pandas as pd
import pytest

from analysis.problems.finding import Verdict
from tests.problems.asked import ask, counts, number, year_of
from tests.tables.build import accepted, at, closed, item


def _rounds(*rounds, **values):
    return [accepted("2022-03-01", "2022-03-02", supp_rounds=n, **values) for n in rounds]


def test_rounds_and_again():
    year = year_of(_rounds(0, 1, 2, 3, None))
    assert number(year, "supplemented") == 75
    assert number(year, "supplemented_again") == pytest.approx(200 / 3)


def test_nobody_supplemented_says_nothing_of_again():
    assert ask(year_of(_rounds(0, 0)), "supplemented_again").verdict is Verdict.INSUFFICIENT


def test_the_ten_items_with_most():
    """Twelve items with 1 to 12 supplemented cases: the ten largest have 75 of 78."""
    codes = [f"I{n}" for n in range(1, 13)]
    rows = [row for n, code in enumerate(codes, 1) for row in _rounds(*[1] * n, item_code=code)]
    year = year_of(rows, items=[item(code) for code in codes])
    assert number(year, "supplement_items") == pytest.approx(100 * 75 / 78)
    assert ask(year, "supplement_items").answer.evidence["事项"].iloc[0] == "事项I12"


def test_late_notices_and_acceptance_by_silence():
    """Five working days after Tuesday 1 March 2022: Tuesday the 8th."""
    received = {"received_at": pd.Timestamp("2022-03-01 09:00")}
    year = year_of(
        [
            accepted("2022-03-01", "2022-03-10", first_supp_notice_at="2022-03-08 17:00")
            | received,
            accepted("2022-03-01", "2022-03-10", first_supp_notice_at="2022-03-09 08:00")
            | received,
            accepted("2022-03-01", "2022-03-09", first_supp_notice_at=None) | received,
            accepted("2022-03-01", "2022-03-08", first_supp_notice_at=None) | received,
        ]
    )
    assert number(year, "late_notice") == 50
    assert number(year, "deemed") == 50


def _event(case, n, activity, when):
    return {
        "event_id": f"{case['case_id']}-{n}",
        "case_id": case["case_id"],
        "activity": activity,
        "start_at": at(when),
    }


def test_waiting_for_the_applicant():
    """Ten days from receipt to closing, three of them and then one waited for."""
    received = {"received_at": pd.Timestamp("2022-03-01")}
    case, other, never = (
        closed("2022-03-01", "2022-03-10", "2022-03-11") | received for _ in range(3)
    )
    events = [
        _event(case, 1, "supp_notice", "2022-03-02"),
        _event(case, 2, "supp_received", "2022-03-05"),
        _event(case, 3, "supp_notice", "2022-03-06"),
        _event(case, 4, "supp_received", "2022-03-07"),
        _event(other, 1, "supp_notice", "2022-03-02"),  # never answered
        _event(never, 1, "handle", "2022-03-02"),
    ]
    year = year_of([case, other, never], events=pd.DataFrame(events))
    assert number(year, "waiting_share") == pytest.approx(40)
    assert counts(year, "waiting_share")["补正过、每次告知都有答复的办件"] == 1
