"""Years that every engine is given, and what must be the same on all of them."""

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar
import pandas as pd
import pytest

from analysis.problems.finding import Finding
from analysis.problems.findings import answered, grounds_of
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.tables.calendar import Calendar
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
from tests.tables.build import PLACE, case, frames, oversight_frames

CLOSE = 1e-9  # of numbers that are not whole: engines add up in different orders
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
    ours, theirs = Facts.of(here), Facts.of(there)  # once: Spark takes a second for each query
    pd.testing.assert_frame_equal(theirs.unfolded, ours.unfolded)
    assert set(theirs.oversight) == set(ours.oversight)
    for name, rows in theirs.oversight.items():
        pd.testing.assert_frame_equal(rows, ours.oversight[name])
    pd.testing.assert_frame_equal(figures(theirs), figures(ours))
    assert_same_findings(ours, theirs)


def assert_same_findings(here: Year | Facts, there: Year | Facts) -> None:
    """Every finding: counts and evidence exactly, what is estimated to nine places."""
    ours, theirs = answered(grounds_of(here)), answered(grounds_of(there))
    assert [found.question.id for found in theirs] == [found.question.id for found in ours]
    for own, other in zip(ours, theirs, strict=True):
        said, saying = other.answer, own.answer
        exactly = (other.verdict, said.counts, said.comparison, said.reason)
        wanted = (own.verdict, saying.counts, saying.comparison, saying.reason)
        assert exactly == wanted, f"{own.question.id}: {exactly} {wanted}"
        assert _numbers(other) == pytest.approx(_numbers(own), rel=0, abs=CLOSE, nan_ok=True)
        pd.testing.assert_frame_equal(said.evidence, saying.evidence, rtol=0, atol=CLOSE)


def _numbers(found: Finding) -> list[float]:
    answer, interval = found.answer, found.answer.interval
    ends = (interval.low, interval.high) if interval else ()
    numbers = (answer.number, answer.p_value, found.adjusted_p, *ends)
    return [float("nan") if number is None else float(number) for number in numbers]


def random_tables(rows: Mapping[str, list]) -> dict[str, pd.DataFrame]:
    """The tables of a drawn place, see ``places``, with every column there."""
    others = {name: of for name, of in rows.items() if name != "cases"}
    tables = frames([], RANDOM_ITEMS) | oversight_frames(**others)
    own = [case("2024-01-01") | HOLDER | row for row in rows["cases"]]
    return tables | {"cases": pd.DataFrame(own, columns=list(full({})))}
