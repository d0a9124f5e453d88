"""Random years on every clock: early, last day, late and open, durations, notices, deliveries.

Loops over the cases follow the written definitions; see ``test_random_years`` for the other figures.
"""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from tests.statistics.test_random_years import (
    ITEMS,
    LICENCE,
    YEAR,
    cases,
    cutoffs,
    slow,
    working_days,
)
from tests.tables.build import year

CLOCKS = ("statutory", "statutory_loose", "statutory_deemed", "statutory_first_day", "promised")
later = st.one_of(st.none(), st.integers(0, 30))


@st.composite
def stepped(draw):
    """A case with the days of its other steps: received, told what to supplement, decided, delivered."""
    row = draw(cases())

    def after(moment):
        days = draw(later)
        return None if moment is None or days is None else moment + timedelta(days=days)

    row["received_at"] = draw(st.sampled_from([None, row["submitted_at"]]))
    row["first_supp_notice_at"] = after(row["submitted_at"])
    row["decided_at"] = row["closed_at"]
    row["delivered_at"] = after(row["closed_at"])
    return row


class Plain:
    """The figures of a year's cases, worked out one case at a time."""

    def __init__(self, rows, cutoff):
        self.cutoff = cutoff
        self.start, self.end = datetime(YEAR, 1, 1), datetime.combine(cutoff, time.max)
        self.rows = [
            row for row in rows if row["item_code"] in LICENCE and self.seen(row["submitted_at"])
        ]

    def seen(self, moment):
        return None if moment is None or moment > self.end else moment

    def during(self, moment):
        return moment is not None and self.start <= moment <= self.end

    def completed(self, row):
        was_accepted = self.seen(row["accepted_at"]) is not None
        return was_accepted and self.during(row["closed_at"]) and row["outcome"] != "deleted"

    def is_open(self, row):
        return self.seen(row["accepted_at"]) is not None and self.seen(row["closed_at"]) is None

    def waiting(self, row):
        times = ("accepted_at", "not_accepted_at", "closed_at")
        return all(self.seen(row[name]) is None for name in times)

    def deemed(self, row):
        """视为受理: nobody accepted, refused or asked for more within five working days of receipt."""
        if self.seen(row["received_at"]) is None or self.seen(row["not_accepted_at"]) is not None:
            return False
        answers = [self.seen(row[name]) for name in ("first_supp_notice_at", "accepted_at")]
        first = min((each.date() for each in answers if each), default=self.cutoff)
        return working_days(row["received_at"].date(), first) > 5

    def margin(self, row, clock):
        """Days allowed less days taken, in whole working days; None without a limit."""
        limit = row["promised_days" if clock == "promised" else "statutory_days"]
        if limit is None:
            return None
        extended = row["extended_days"] or 0
        if clock != "promised":
            extended = min(extended, 15 if limit == 45 else 10)
        stopped = row["stopped_days_art45"] or 0
        if clock in ("promised", "statutory_loose"):
            stopped += row["stopped_days_other"] or 0
        since = row["accepted_at"]
        if clock == "statutory_deemed" and self.deemed(row):
            since = row["received_at"]
        until = row["closed_at"].date() if self.seen(row["closed_at"]) else self.cutoff
        return floor(limit + extended + stopped) - self.taken(since.date(), until, clock)

    def taken(self, since, until, clock=""):
        if clock != "statutory_first_day":
            return working_days(since, until)
        # The first working day counts: as if it had all begun on the one before.
        return working_days(since - timedelta(days=20), until) - working_days(
            since - timedelta(days=20), since - timedelta(days=1)
        )

    def by_clock(self):
        found = {}
        for clock in CLOCKS:
            closed = [self.margin(row, clock) for row in self.rows if self.completed(row)]
            closed = [margin for margin in closed if margin is not None]
            still = [
                self.margin(row, clock)
                for row in self.rows
                if self.is_open(row)
                or (clock == "statutory_deemed" and self.waiting(row) and self.deemed(row))
            ]
            parts = {
                "early_closed": sum(margin > 0 for margin in closed),
                "last_day_closed": sum(margin == 0 for margin in closed),
                "late_closed": sum(margin < 0 for margin in closed),
                "late_open": sum(margin is not None and margin < 0 for margin in still),
            }
            found |= {(name, clock): (n, None) for name, n in parts.items()}
            in_time = parts["early_closed"] + parts["last_day_closed"]
            name = "promise" if clock == "promised" else clock
            found["on_time_rate", name] = (in_time, len(closed))
            if clock in ("promised", "statutory"):
                found["overdue_rate", name] = (parts["late_closed"], len(closed))
            if clock == "promised":
                found["early_rate", name] = (parts["early_closed"], len(closed))
        return found

    def of_commitments(self):
        rows = [row for row in self.rows if row["case_type"] == "2"]
        early = [self.margin(row, "promised") for row in rows if self.completed(row)]
        days = sorted(
            working_days(row["accepted_at"].date(), row["closed_at"].date())
            for row in rows
            if self.completed(row)
        )
        n = len(days)
        median = Fraction(days[(n - 1) // 2] + days[n // 2], 2) if n else None
        return {
            ("early_rate", "promise_received"): (
                sum(margin is not None and margin > 0 for margin in early),
                sum(self.during(row["accepted_at"]) for row in rows),
            ),
            ("median_days", "commitment"): (median, None),
            ("survival_median_days", "commitment"): (self.survived(rows), None),
        }

    def survived(self, rows):
        """Kaplan-Meier, day by day: the share that lasts beyond it, of those still there; None for unknown."""
        taken = []
        for row in rows:
            if not self.during(row["accepted_at"]) or not (
                self.completed(row) or self.is_open(row)
            ):
                continue
            until = row["closed_at"].date() if self.completed(row) else self.cutoff
            stopped = floor((row["stopped_days_art45"] or 0) + (row["stopped_days_other"] or 0))
            days = working_days(row["accepted_at"].date(), until) - stopped
            taken.append((max(days, 0), self.completed(row)))
        lasting = Fraction(1)
        for day in sorted({days for days, closed in taken if closed}):
            there = sum(days >= day for days, _ in taken)
            ended = sum(days == day and closed for days, closed in taken)
            lasting *= Fraction(there - ended, there)
            if lasting <= Fraction(1, 2):
                return Fraction(day)
        return None

    def handed_over(self, row):
        """The day of delivery; the cut-off where there has been none, which is no earlier."""
        return row["delivered_at"].date() if self.seen(row["delivered_at"]) else self.cutoff

    def of_duties(self):
        noticed = [
            row
            for row in self.rows
            if self.during(row["first_supp_notice_at"]) and self.seen(row["received_at"])
        ]
        late = [
            row
            for row in noticed
            if working_days(row["received_at"].date(), row["first_supp_notice_at"].date()) > 5
        ]
        granted = [row for row in self.rows if self.completed(row) and row["outcome"] == "approved"]
        slow_ones = [
            row
            for row in granted
            if working_days(row["decided_at"].date(), self.handed_over(row)) > 10
        ]
        due = [row for row in granted if self.seen(row["delivered_at"]) or row in slow_ones]
        return {
            ("notice_late", ""): (len(late), None),
            ("notice_on_time_rate", ""): (len(noticed) - len(late), len(noticed)),
            ("delivery_late", ""): (len(slow_ones), None),
            ("delivery_on_time_rate", ""): (len(due) - len(slow_ones), len(due)),
        }

    def of_days(self):
        done = [row for row in self.rows if self.completed(row)]
        same = sum(row["submitted_at"].date() == row["closed_at"].date() for row in done)
        found = {("instant_rate", "case_sameday"): (same, len(done))}
        for limit in ("statutory", "promised"):
            limited = [row for row in done if row[f"{limit}_days"] is not None]
            allowed = sum(floor(row[f"{limit}_days"]) for row in limited)
            took = sum(
                working_days(row["accepted_at"].date(), row["closed_at"].date()) for row in limited
            )
            found["time_compression_rate", f"actual_vs_{limit}"] = (allowed - took, allowed)
        accepted = [row for row in self.rows if self.during(row["accepted_at"])]
        kept = sum(self.completed(row) for row in accepted)
        return found | {("completion_rate", "close_cohort"): (kept, len(accepted))}

    def figures(self):
        return self.by_clock() | self.of_commitments() | self.of_duties() | self.of_days()


@settings(slow, max_examples=6)
@given(rows=st.lists(stepped(), max_size=25), cutoff=cutoffs)
def test_clocks_and_days_are_what_loops_count(rows, cutoff):
    facts = Facts.of(year(rows or [], ITEMS, number=YEAR, cutoff=cutoff)) if rows else None
    if facts is None or facts.lacking(["cases.received_at", "cases.delivered_at"]):
        return
    for key, (above, below) in Plain(rows, cutoff).figures().items():
        result = REGISTRY[key].result(facts)
        wanted = (None, None) if below == 0 else (above, below)
        if key == ("median_days", "commitment") and above is None:
            wanted = (None, None)
        assert (result.numerator, result.denominator) == wanted, key


def test_the_clocks_tell_each_other_apart():
    """One case with another margin on each, counted by hand."""
    row = {
        "item_code": "A", "case_type": "2", "submitted_at": datetime(YEAR, 3, 1),
        "received_at": datetime(YEAR, 3, 1), "accepted_at": datetime(YEAR, 4, 1),
        "first_supp_notice_at": None, "not_accepted_at": None, "closed_at": datetime(YEAR, 4, 30),
        "outcome": "approved", "statutory_days": 20.0, "promised_days": 5.0,
        "extended_days": 0, "stopped_days_art45": 0, "stopped_days_other": 10,
    }  # fmt: skip
    plain = Plain([row], date(YEAR, 12, 31))
    # 2 to 30 April 2024 has 21 working days: 4 and 5 were off, the Sundays 7 and 28 were worked;
    # 4 March to 1 April has another 21.
    assert [plain.margin(row, clock) for clock in CLOCKS] == [-1, 9, -22, -2, -6]
