"""Every clock against plain loops over the cases, from the words of the law.

The loops count on ``chinese_calendar`` day by day and know nothing of the tally.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar
import pandas as pd
import pytest
import scipy.stats
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from analysis.statistics.timeliness.survival import median_duration
from tests.tables.build import case, item, year

CUTOFF = date(2024, 12, 31)
NOW = datetime(2025, 1, 1)
ONE = timedelta(days=1)


@cache
def workday(day: date) -> bool:
    return chinese_calendar.is_workday(day)


def working_days(start: date, end: date, *, count_first: bool = False) -> int:
    """A start on a day off counts from the next working day, an end from the one before."""
    while not workday(start):
        start += ONE
    while not workday(end):
        end -= ONE
    days = sum(workday(start + n * ONE) for n in range(1, (end - start).days + 1))
    if end < start:
        days = -sum(workday(end + n * ONE) for n in range(1, (start - end).days + 1))
    return max(days + count_first, 0)


def known(row, name):
    moment = row.get(name)
    return moment.date() if moment is not None and moment < NOW else None


def deemed(row) -> bool:
    """Neither accepted nor told what to supplement within five working days of receipt."""
    received = known(row, "received_at")
    if received is None or known(row, "not_accepted_at"):
        return False
    answers = [known(row, "first_supp_notice_at"), known(row, "accepted_at")]
    first = min([answer for answer in answers if answer] or [CUTOFF])
    return working_days(received, min(first, CUTOFF)) > 5


def margin(row, clock: str) -> int | None:
    """Working days left on a clock at closing, or at the cut-off."""
    limit = row["promised_days" if clock == "promised" else "statutory_days"]
    if limit is None:
        return None
    most = 15 if limit == 45 else 10
    extension = row["extended_days"] or 0
    allowed = limit + (extension if clock == "promised" else min(extension, most))
    allowed += row["stopped_days_art45"] or 0
    if clock in ("promised", "statutory_loose"):
        allowed += row["stopped_days_other"] or 0
    start = known(row, "accepted_at")
    if clock == "statutory_deemed" and deemed(row):
        start = known(row, "received_at")
    end = known(row, "closed_at") or CUTOFF
    taken = working_days(start, end, count_first=clock == "statutory_first_day")
    return int(allowed // 1) - taken


def plain(rows, clock: str) -> Counter:
    """Count early, last day, late, open and late – case by case."""
    n: Counter = Counter()
    for row in rows:
        accepted, closed = known(row, "accepted_at"), known(row, "closed_at")
        still = closed is None and (
            accepted
            or (clock == "statutory_deemed" and not known(row, "not_accepted_at") and deemed(row))
        )
        done = accepted and closed and closed.year == 2024 and row["outcome"] != "deleted"
        if not (still or done):
            continue
        left = margin(row, clock)
        if left is None:
            continue
        if done:
            n[
                "early_closed" if left > 0 else "last_day_closed" if left == 0 else "late_closed"
            ] += 1
        else:
            n["late_open"] += left < 0
    return n


moments = st.datetimes(datetime(2023, 10, 1), datetime(2025, 2, 28))
few_days = st.one_of(st.none(), st.sampled_from([0, 1, 3, 12, 0.5]))


@st.composite
def cases(draw):
    times = sorted(draw(st.lists(moments, min_size=5, max_size=5)))
    course = draw(st.sampled_from(["pending", "not_accepted", "open", "closed", "closed"]))
    values = {
        "received_at": draw(st.sampled_from([None, times[0], times[1]])),
        "first_supp_notice_at": draw(st.sampled_from([None, None, times[1], times[2]])),
    }
    if course in ("open", "closed"):
        values |= {"accept_status": "accepted", "accepted_at": times[2]}
    if course == "not_accepted":
        values |= {"accept_status": "rejected", "not_accepted_at": times[2]}
    if course == "closed":
        outcome = draw(st.sampled_from(["approved", "refused", "withdrawn", "deleted"]))
        values |= {"closed_at": times[3], "outcome": outcome}
        values |= {
            "decided_at": draw(st.sampled_from([None, times[3]])),
            "delivered_at": draw(st.sampled_from([None, times[3], times[4]])),
        }
    return case(
        times[0],
        statutory_days=draw(st.sampled_from([None, 0, 5, 20, 45, 2.5])),
        promised_days=draw(st.sampled_from([None, 0, 1, 10])),
        extended_days=draw(few_days),
        stopped_days_art45=draw(few_days),
        stopped_days_other=draw(few_days),
        **{"decided_at": None, "delivered_at": None} | values,
    )


def facts_of(rows) -> Facts:
    return Facts.of(year(rows, [item()], number=2024))


def value(facts: Facts, figure: str, variant: str = "") -> int:
    numerator = REGISTRY[figure, variant].result(facts).numerator
    assert numerator is not None
    return int(numerator)


CLOCKS = ("statutory", "statutory_loose", "statutory_deemed", "statutory_first_day", "promised")
COUNTS = ("early_closed", "last_day_closed", "late_closed", "late_open")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases(), min_size=1, max_size=30))
def test_random_cases_on_every_clock(rows) -> None:
    facts = facts_of(rows)
    for clock in CLOCKS:
        expected = plain(rows, clock)
        found = {figure: value(facts, figure, clock) for figure in COUNTS}
        assert found == {figure: expected[figure] for figure in COUNTS}, clock


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases(), min_size=1, max_size=30))
def test_random_notices_and_deliveries(rows) -> None:
    facts, notices, deliveries = facts_of(rows), Counter(), Counter()
    for row in rows:
        received, notice = known(row, "received_at"), known(row, "first_supp_notice_at")
        if notice and notice.year == 2024 and received:
            notices["all"] += 1
            notices["late"] += working_days(received, notice) > 5
        closed, decided = known(row, "closed_at"), known(row, "decided_at")
        delivered = known(row, "delivered_at")
        done = known(row, "accepted_at") and closed and closed.year == 2024
        if done and row["outcome"] == "approved" and decided:
            late = working_days(decided, delivered or CUTOFF) > 10
            deliveries["all"] += bool(delivered) or late
            deliveries["late"] += late
    assert value(facts, "notice_late") == notices["late"]
    assert value(facts, "delivery_late") == deliveries["late"]
    rate = REGISTRY["notice_on_time_rate", ""].result(facts)
    assert (rate.denominator or 0) == notices["all"]
    rate = REGISTRY["delivery_on_time_rate", ""].result(facts)
    assert (rate.denominator or 0) == deliveries["all"]


# One case each, with the calendar of January and February 2024 (10-17 February off, 4 and 18
# February worked): what makes the difference between two clocks.
@pytest.mark.parametrize(
    ("values", "late_on"),
    [
        # Accepted on Tuesday 2 January: the twentieth day is Tuesday 30 January.
        ({"closed_at": "2024-01-30"}, set()),
        ({"closed_at": "2024-01-31"}, {"statutory", "statutory_loose", "statutory_deemed"}),
        # Twelve days of extension: the law lets ten count.
        (
            {"closed_at": "2024-02-19", "extended_days": 12},
            {"statutory", "statutory_loose", "statutory_deemed"},
        ),
        ({"closed_at": "2024-02-08", "extended_days": 12}, set()),
        # An inspection on site is not in Art. 45: only the loose clock stops.
        ({"closed_at": "2024-01-31", "stopped_days_other": 3}, {"statutory", "statutory_deemed"}),
        ({"closed_at": "2024-01-31", "stopped_days_art45": 3}, set()),
        # Received on 20 December and never told: deemed accepted then, eight days before.
        ({"closed_at": "2024-01-30", "received_at": "2023-12-20"}, {"statutory_deemed"}),
        # Told within five days: the recorded acceptance stands.
        (
            {
                "closed_at": "2024-01-30",
                "received_at": "2023-12-20",
                "first_supp_notice_at": "2023-12-27",
            },
            set(),
        ),
    ],
)
def test_what_makes_the_difference(values, late_on) -> None:
    row = case(
        "2023-12-20",
        accept_status="accepted",
        accepted_at="2024-01-02",
        outcome="approved",
        **{"received_at": None, "first_supp_notice_at": None, "stopped_days_art45": 0} | values,
    )
    facts = facts_of([row])
    clocks = [clock for clock in CLOCKS if clock.startswith("statutory") and "first" not in clock]
    assert {clock for clock in clocks if value(facts, "late_closed", clock)} == late_on


def test_joint_handling_may_be_extended_by_fifteen_days() -> None:
    """45 days from 2 January 2024 end on 12 March; 15 more on 2 April, 16 days being too many."""

    def late(closed: str, extended: int) -> int:
        row = case(
            "2024-01-02",
            accept_status="accepted",
            accepted_at="2024-01-02",
            closed_at=closed,
            outcome="approved",
            statutory_days=45,
            extended_days=extended,
        )
        return value(facts_of([row]), "late_closed", "statutory")

    last = date(2024, 1, 2)
    for _ in range(60):
        last += ONE
        while not workday(last):
            last += ONE
    after = last + ONE
    while not workday(after):
        after += ONE
    assert late(last.isoformat(), 15) == 0
    assert late(after.isoformat(), 16) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.integers(0, 30), st.integers(1, 9), min_size=1, max_size=12),
    st.dictionaries(st.integers(0, 30), st.integers(1, 9), max_size=12),
)
def test_survival_median_is_that_of_scipy(closed: dict, still: dict) -> None:
    ended = [day for day, n in closed.items() for _ in range(n)]
    censored = [day for day, n in still.items() for _ in range(n)]
    curve = scipy.stats.ecdf(scipy.stats.CensoredData(uncensored=ended, right=censored)).sf
    below = [
        int(q)
        for q, p in zip(curve.quantiles, curve.probabilities, strict=True)
        if p <= 0.5 + 1e-12
    ]
    found = median_duration(pd.Series(closed, dtype=int), pd.Series(still, dtype=int))
    assert found == (min(below) if below else None)
