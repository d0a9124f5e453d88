"""The lateness planted in the demo place, recounted from the files: plain pandas, own calendar."""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.sources.demo_files import during, read, working_days

YEARS = (2021, 2022, 2023)
COLUMNS = (
    "case_id",
    "received_at",
    "first_supp_notice_at",
    "accepted_at",
    "not_accepted_at",
    "decided_at",
    "closed_at",
    "delivered_at",
    "outcome",
    "statutory_days",
    "promised_days",
    "extended_days",
    "stopped_days_art45",
    "stopped_days_other",
    "statutory_due_at",
    "promised_due_at",
)
HAPPENED = [name for name in COLUMNS if name.endswith("_at") and "_due_" not in name]


@lru_cache(maxsize=1)
def at_cutoff(data: Path, year: int) -> pd.DataFrame:
    """Return the cases as the cut-off knows them, with the start that silence gives them."""
    cases = read(data, year, "cases", *COLUMNS).copy()
    cutoff = pd.Timestamp(year + 1, 1, 1)
    for name in HAPPENED:
        cases[name] = cases[name].where(cases[name] < cutoff)
    today = cases["closed_at"].fillna(cutoff - pd.Timedelta(days=1))
    asked = working_days(cases["received_at"], cases["first_supp_notice_at"])
    answered = working_days(cases["received_at"], cases["accepted_at"].fillna(today))
    silent = ~(asked <= 5) & (answered > 5)
    turned_down = cases["not_accepted_at"].notna()
    ended = cases["accepted_at"].isna() & cases["closed_at"].notna()
    start = cases["accepted_at"].mask(silent & ~turned_down & ~ended, cases["received_at"])
    return cases.assign(
        silent=silent & ~turned_down & ~ended,
        taken=working_days(cases["accepted_at"], today),
        taken_deemed=working_days(start, today),
        is_closed=during(cases["closed_at"], year) & (cases["outcome"] != "deleted"),
        is_deleted=during(cases["closed_at"], year) & (cases["outcome"] == "deleted"),
        is_open=cases["closed_at"].isna() & ~turned_down,
    )


def allowed(cases: pd.DataFrame) -> pd.Series:
    """Return the working days that the headline clock allows."""
    legal = cases["statutory_days"] + cases["extended_days"].clip(upper=10)
    return legal + cases["stopped_days_art45"]


def recounted(cases: pd.DataFrame, year: int) -> dict[str, int]:
    strict = allowed(cases)
    loose = strict + cases["stopped_days_other"]
    generous = cases["statutory_days"] + cases["extended_days"] + cases["stopped_days_art45"]
    late = cases["taken"] > strict
    kinds = {
        "late": late,
        "strict_only": late & ~(cases["taken"] > loose),
        "over_extended": late & ~(cases["taken"] > generous),
        "deemed_only": (cases["taken_deemed"] > strict) & ~late,
    }
    notice = working_days(cases["received_at"], cases["first_supp_notice_at"])
    waited = working_days(cases["received_at"], cases["accepted_at"])
    last_day = pd.Timestamp(year, 12, 31)  # what is not delivered by then has waited until then
    delivery = working_days(cases["decided_at"], cases["delivered_at"].fillna(last_day))
    approved = cases["is_closed"] & (cases["outcome"] == "approved")
    unnoticed = cases["first_supp_notice_at"].isna() & (waited > 5)
    counted = {
        f"{kind}_{state}": int((found & cases[f"is_{state}"]).sum())
        for kind, found in kinds.items()
        for state in ("closed", "open")
    }
    return counted | {
        "notices_late": int((during(cases["first_supp_notice_at"], year) & (notice > 5)).sum()),
        "accepted_late_without_notice": int((during(cases["accepted_at"], year) & unnoticed).sum()),
        "deliveries_late": int((approved & (delivery > 10)).sum()),
    }


@pytest.mark.parametrize("year", YEARS)
def test_each_clock_finds_what_was_planted(demo_data: Path, year: int) -> None:
    cases = at_cutoff(demo_data, year)
    truth = json.loads((demo_data / f"years/demo/{year}/truth.json").read_text(encoding="utf-8"))
    found = recounted(cases, year)
    assert found.pop("over_extended_open") == 0
    assert found == truth["clocks"]
    headline = {name: n for name, n in found.items() if name.startswith("late")}
    if year == 2022:
        assert set(headline.values()) == {0}
    else:
        assert found["late_closed"] > 100
        assert min(found["strict_only_closed"], found["deemed_only_closed"]) > 30
        assert found["late_open"] > found["strict_only_open"] > 0
        assert found["deemed_only_open"] > 0
    late = cases["is_deleted"] & (cases["taken"] > allowed(cases))
    assert late.sum() == (21 if year == 2022 else 0)


def test_what_is_late_at_the_end_of_2021_is_deleted_in_2022(demo_data: Path) -> None:
    """So it is never closed late: nobody decides on it, and no completed case counts it."""
    before, after = (at_cutoff(demo_data, year) for year in (2021, 2022))
    overdue = before[before["is_open"] & (before["taken"] > allowed(before))]
    assert overdue["outcome"].isna().all()  # the export of 2021 does not know what becomes of it
    found = after[after["case_id"].isin(overdue["case_id"])]
    assert len(found) == len(overdue) == 21
    assert found["is_deleted"].all()
    assert found[["decided_at", "delivered_at"]].isna().all(axis=None)
    assert after["is_deleted"].sum() == 21


@pytest.mark.parametrize("year", YEARS)
def test_due_times_are_those_of_the_clocks(demo_data: Path, year: int) -> None:
    """Closed after the due time means more working days than allowed, and the reverse."""
    cases = at_cutoff(demo_data, year)
    cases = cases[cases["is_closed"] & cases["accepted_at"].notna()]
    stops = cases["stopped_days_art45"] + cases["stopped_days_other"]
    late = cases["taken"] > cases["promised_days"] + cases["extended_days"] + stops
    assert late.sum() > 1000
    np.testing.assert_array_equal(late, cases["closed_at"] > cases["promised_due_at"])
    strict = cases["statutory_days"] + cases["extended_days"].clip(upper=10)
    late = cases["taken"] > strict + cases["stopped_days_art45"]
    np.testing.assert_array_equal(late, cases["closed_at"] > cases["statutory_due_at"])


@pytest.mark.parametrize("year", YEARS)
def test_silence_that_makes_nobody_late_is_there_too(demo_data: Path, year: int) -> None:
    cases = at_cutoff(demo_data, year)
    silent = cases["silent"]
    assert silent.sum() > (silent & (cases["taken_deemed"] > cases["statutory_days"])).sum() + 20
    stopped = cases["stopped_days_art45"] + cases["stopped_days_other"]
    assert not (stopped[cases["is_closed"]] > cases.loc[cases["is_closed"], "taken"]).any()
