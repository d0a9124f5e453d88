"""The same small years on PostgreSQL and on DuckDB: equal figures, equal integers.

What runs on one engine only is an idiom of that engine; the server is a real one, see ``postgres``.
"""

import dataclasses
from datetime import date, timedelta

import chinese_calendar
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.statistics.figures import figures
from analysis.statistics.oversight import oversight_tallies
from analysis.statistics.tally import tally
from analysis.tables.calendar import Calendar
from analysis.tables.validate import problems
from analysis.tables.year import Year
from tests.statistics.supervised import (
    CASES,
    CUTOFF,
    EVALUATIONS,
    INSPECTIONS,
    ITEMS,
    STAFF,
)
from tests.statistics.test_figures import CASES as FLOW_CASES
from tests.statistics.test_figures import CUTOFF as FLOW_CUTOFF
from tests.statistics.test_figures import ITEMS as FLOW_ITEMS
from tests.statistics.test_random_supervision import ITEMS as RANDOM_ITEMS
from tests.statistics.test_random_supervision import places
from tests.tables.build import PLACE, case, frames, oversight_frames

FIRST, LAST = date(2021, 1, 1), date(2025, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
# The calendar is sent to the server for each query: five years of it will do.
SHORT = dataclasses.replace(
    PLACE, calendar=Calendar("short", FIRST, map(chinese_calendar.is_workday, DAYS))
)
# All that the clocks, flags and passes look at, so that every expression is run on the server.
LATER = {
    "received_at": pd.Timestamp("2022-01-05 08:00"),
    "first_supp_notice_at": pd.Timestamp("2022-01-14 12:00"),
    "delivered_at": pd.Timestamp("2022-10-20 17:00"),
    "supp_rounds": 1,
    "site_visits_actual": 2,
    "tolerance_used": True,
    "commitment_used": None,
    "online_full": False,
    "package_code": "P1",
    "extended_days": 12.0,
    "stopped_days_art45": 1.5,
    "stopped_days_other": 2.0,
    "record_state": "valid",
}
HOLDER = {"applicant_key": None, "applicant_type": None, "decided_at": None}


def full(row):
    """A case with every column that anything looks at."""
    return case("2022-01-01") | HOLDER | LATER | row


def supervised():
    """The year of supervision made by hand, every column filled."""
    others = oversight_frames(inspections=INSPECTIONS, evaluations=EVALUATIONS, staff=STAFF)
    tables = frames([], ITEMS) | others
    return tables | {"cases": pd.DataFrame([full(row) for row in CASES])}


YEARS = {
    "flows": (frames(FLOW_CASES, FLOW_ITEMS), 2022, FLOW_CUTOFF),
    "supervision": (supervised(), 2022, CUTOFF),
    "empty": (
        frames([], []) | oversight_frames(inspections=[], evaluations=[], staff=[]),
        2022,
        CUTOFF,
    ),
}


def assert_same(here: Year, there: Year) -> None:
    """Everything that is counted, and every figure, is the same on both engines."""
    pd.testing.assert_frame_equal(tally(there), tally(here))
    ours, theirs = oversight_tallies(here), oversight_tallies(there)
    assert set(theirs) == set(ours)
    for name, rows in theirs.items():
        pd.testing.assert_frame_equal(rows, ours[name])
    pd.testing.assert_frame_equal(figures(there), figures(here))


@pytest.mark.parametrize("name", YEARS)
def test_year_made_by_hand(in_postgres, name):
    tables, number, cutoff = YEARS[name]
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    assert_same(here, in_postgres(SHORT, number, tables, cutoff=cutoff))


@pytest.mark.parametrize("margin", ["region_code", "applicant_type"])
def test_margins_that_make_their_own_pass(in_postgres, margin):
    tables = supervised()
    tables["cases"] = tables["cases"].assign(region_code="R1")
    here = Year.from_frames(SHORT, 2022, tables, cutoff=CUTOFF)
    there = in_postgres(SHORT, 2022, tables, cutoff=CUTOFF)
    pd.testing.assert_frame_equal(tally(there, margin=margin), tally(here, margin=margin))


@pytest.mark.parametrize("name", YEARS)
def test_validation_finds_the_same(in_postgres, name):
    tables, number, cutoff = YEARS[name]
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    there = in_postgres(SHORT, number, tables, cutoff=cutoff)
    pd.testing.assert_frame_equal(problems(there), problems(here))


def test_validation_finds_broken_rows_there_too(in_postgres):
    broken = [
        full(row | {"apply_channel": "?", "promised_days": float("inf"), "record_state": "void"})
        for row in CASES
    ]
    tables = supervised() | {"cases": pd.DataFrame([*broken, full(CASES[0]), full(CASES[0])])}
    here = Year.from_frames(SHORT, 2022, tables, cutoff=CUTOFF)
    found = problems(in_postgres(SHORT, 2022, tables, cutoff=CUTOFF))
    pd.testing.assert_frame_equal(found, problems(here))
    assert found["rule"].str.contains("不在代码表|不是小数|重复|作废").sum() == 4


def test_rows_come_back_in_their_declared_types(in_postgres):
    tables, number, cutoff = YEARS["supervision"]
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    there = in_postgres(SHORT, number, tables, cutoff=cutoff)
    pd.testing.assert_frame_equal(there.items, here.items)
    pd.testing.assert_frame_equal(there.cases, here.cases)


@given(rows=places(), cutoff=st.sampled_from([date(2024, 12, 31), date(2024, 2, 29)]))
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_random_years(in_postgres, rows, cutoff):
    columns = list(full({}))
    others = {name: of for name, of in rows.items() if name != "cases"}
    tables = frames([], RANDOM_ITEMS) | oversight_frames(**others)
    own = [case("2024-01-01") | HOLDER | row for row in rows["cases"]]
    tables["cases"] = pd.DataFrame(own, columns=columns)
    here = Year.from_frames(SHORT, 2024, tables, cutoff=cutoff)
    assert_same(here, in_postgres(SHORT, 2024, tables, cutoff=cutoff))
