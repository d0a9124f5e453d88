"""Random years of supervision: every figure against plain loops over the same rows.

The loops follow the written definitions, row by row, count working days on ``chinese_calendar``, and
know nothing of the tallies. Years are cut at 2024, which has a leap day.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from statistics import median

import chinese_calendar
import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.statistics.facts import Facts
from analysis.statistics.passes.oversight import ADDITIVE, merge, oversight_tallies
from analysis.statistics.registry import REGISTRY
from analysis.tables.year import Year
from tests.statistics.test_supervision import NO_CASES, OWN
from tests.tables.build import (
    PLACE,
    case,
    evaluation,
    frames,
    heads,
    inspection,
    item,
    oversight_frames,
)

YEAR = 2024
ITEMS = [item("A"), item("F", item_type="07")]
CODES = ["A", "F", "X", None]  # X is not in the catalogue; F is not a licence
DEPARTMENTS, HOLDERS = ["D1", "D2"], ["H1", "H2", "H3", None]
BORDERS = [
    datetime(2023, 12, 31, 23, 59, 59, 999999),
    datetime(2024, 1, 1),
    datetime(2024, 2, 29, 12),
    datetime(2024, 6, 30, 23, 59, 59),
    datetime(2024, 7, 1),
    datetime(2024, 12, 31, 23, 59, 59, 999999),
    datetime(2025, 1, 1),
]
BAD, LEVELS = ("4", "5"), ("1", "2", "3", "4", "5")
TYPES = ["random", "key", "special", "complaint", "joint"]
ONE = timedelta(days=1)
slow = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a failing year is small enough
    # Two places are much to draw: what overruns counts as filtered.
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)

moments = st.one_of(
    st.sampled_from(BORDERS), st.datetimes(datetime(2023, 11, 1), datetime(2025, 2, 28))
)
maybe = st.one_of(st.none(), moments)
departments, items, holders = map(st.sampled_from, (DEPARTMENTS, CODES, HOLDERS))


@st.composite
def cases(draw):
    times = sorted(draw(st.lists(moments, min_size=3, max_size=3)))
    closed = draw(st.booleans())
    outcomes = ["approved", "approved", "approved", "refused", "deleted", None]
    return case(
        times[0],
        accept_status="accepted",
        accepted_at=draw(st.sampled_from([times[1], times[1], None])),
        closed_at=times[2] if closed else None,
        outcome=draw(st.sampled_from(outcomes)) if closed else None,
        decided_at=draw(st.sampled_from([times[2], times[1], None])),
        item_code=draw(st.sampled_from(["A", "F", "X"])),
        dept_code=draw(departments),
        applicant_key=draw(holders),
        applicant_type=draw(st.sampled_from(["enterprise", "person", None])),
    )


@st.composite
def inspections(draw):
    days = moments.map(lambda m: datetime.combine(m.date(), time.min))
    return inspection(
        draw(days),
        inspect_type=draw(st.sampled_from(TYPES)),
        dept_code=draw(departments),
        item_code=draw(items),
        holder_key=draw(holders),
        inspectors_n=draw(st.one_of(st.none(), st.integers(0, 5))),
        result=draw(st.sampled_from(["clean", "corrected", "violation", "gone"])),
        published_on=draw(st.one_of(st.none(), days)),
        penalty=draw(st.sampled_from([True, False, None])),
    )


@st.composite
def evaluations(draw, case_ids):
    return evaluation(
        draw(moments),
        draw(st.sampled_from([*LEVELS, "4", None])),
        case_id=draw(st.sampled_from([*case_ids, "elsewhere", None])),
        item_code=draw(items),
        dept_code=draw(departments),
        channel=draw(st.sampled_from(["1", "7", None])),
        is_default=draw(st.sampled_from([True, False, None])),
        round=draw(st.sampled_from([1, 2, None])),
        order_created_at=draw(maybe),
        rectified_at=draw(maybe),
    )


periods = st.sampled_from(["2024", "2024-01", "2024-06", "2024-07", "2024-12", "2023-12", "2025"])
roles = st.sampled_from(["window", "approval", "supervision"])


@st.composite
def places(draw):
    """The rows of one place, by table."""
    own = draw(st.lists(cases(), max_size=8))
    rated = evaluations([row["case_id"] for row in own])
    keys = draw(st.lists(st.tuples(departments, periods, roles), max_size=6, unique=True))
    share = st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.25, 2.005]))
    return {
        "cases": own,
        "inspections": draw(st.lists(inspections(), max_size=8)),
        "evaluations": draw(st.lists(rated, max_size=8)),
        "staff": [heads(*key, draw(st.integers(0, 9)), draw(share)) for key in keys],
    }


def year_of(rows, cutoff) -> Year:
    columns = list(case("2024-01-01", applicant_key=None, applicant_type=None))
    others = {name: of for name, of in rows.items() if name != "cases"}
    tables = frames([], ITEMS) | oversight_frames(**others)
    tables["cases"] = pd.DataFrame(rows["cases"], columns=columns)
    return Year.from_frames(PLACE, YEAR, tables, cutoff=cutoff)


# Plain loops ------------------------------------------------------------------------------------


@cache
def workday(day: date) -> bool:
    return chinese_calendar.is_workday(day)


def passed(start: date, end: date) -> int:
    """Working days after the start, which counts from the next working day, to the end."""
    while not workday(start):
        start += ONE
    return sum(workday(start + n * ONE) for n in range(1, (end - start).days + 1))


class Plain:
    """The figures of one place or department, row by row."""

    def __init__(self, rows, cutoff, dept=None):
        self.cutoff = cutoff
        own = [row for row in rows["cases"] if row["item_code"] != "F"]
        self.completed = [row for row in own if self.is_completed(row)]
        looked = [row for row in rows["inspections"] if row["item_code"] != "F"]
        self.visits = [row for row in looked if self.in_year(row["inspected_on"])]
        rated = [row for row in rows["evaluations"] if row["item_code"] != "F"]
        self.ratings = [row for row in rated if self.in_year(row["evaluated_at"])]
        self.known_ratings = [row for row in rows["evaluations"] if self.day(row["evaluated_at"])]
        self.staff, self.dept = rows["staff"], dept

    def mine(self, rows):
        return [row for row in rows if self.dept in (None, row["dept_code"])]

    def day(self, moment) -> date | None:
        """The day of what happened by the cut-off."""
        day = None if moment is None else moment.date()
        return day if day is not None and day <= self.cutoff else None

    def in_year(self, moment) -> bool:
        day = self.day(moment)
        return day is not None and day.year == YEAR

    def is_completed(self, row) -> bool:
        accepted = self.day(row["accepted_at"]) is not None
        return accepted and self.in_year(row["closed_at"]) and row["outcome"] != "deleted"

    def answered(self, since, moment, limit) -> str:
        """In time, late, or not due."""
        day = self.day(moment)
        if passed(since, max(day or self.cutoff, since)) > limit:
            return "late"
        return "in time" if day else "not due"

    def shares(self) -> dict:
        return {
            **self.of_inspections(),
            **self.of_holders(),
            **self.of_ratings(),
            **self.of_staff(),
        }

    def of_inspections(self) -> dict:
        rows = self.mine(self.visits)
        types = Counter(row["inspect_type"] for row in rows)
        results = Counter(row["result"] for row in rows)
        found, n = results["corrected"] + results["violation"], len(rows)
        due = [
            (
                row["inspect_type"],
                self.answered(self.day(row["inspected_on"]), row["published_on"], 20),
            )
            for row in rows
        ]
        random = [answer for kind, answer in due if kind == "random"]
        every = [answer for _, answer in due]
        return {
            ("inspections", ""): n,
            **{("inspections", kind): types[kind] for kind in TYPES},
            ("inspection_visits", ""): sum(row["inspectors_n"] or 0 for row in rows),
            ("random_share", ""): (types["random"], n),
            ("joint_share", ""): (types["joint"], n),
            ("inspection_findings", ""): found,
            ("inspection_violations", ""): results["violation"],
            ("inspection_penalties", ""): sum(row["penalty"] is True for row in rows),
            ("findings_rate", "all"): (found, n),
            ("findings_rate", "contacted"): (found, n - results["gone"]),
            ("inspection_published", ""): (
                sum(self.day(row["published_on"]) is not None for row in rows), n,
            ),
            **{
                ("inspection_published_on_time", name): (
                    answers.count("in time"), answers.count("in time") + answers.count("late"),
                )
                for name, answers in (("random", random), ("all", every))
            },
        }  # fmt: skip

    def of_holders(self) -> dict:
        approved = [row for row in self.completed if row["outcome"] == "approved"]
        everyone = {row["applicant_key"] for row in approved} - {None}
        visited = {row["holder_key"] for row in self.visits} - {None}
        approved = self.mine(approved)
        licensed = {row["applicant_key"] for row in approved} - {None}
        firms = {r["applicant_key"] for r in approved if r["applicant_type"] == "enterprise"}
        firms -= {None}
        lags = []
        for holder in licensed & visited:
            decisions = [
                self.day(r["decided_at"]) for r in approved if r["applicant_key"] == holder
            ]
            since = min((day for day in decisions if day), default=None)
            days = [self.day(r["inspected_on"]) for r in self.visits if r["holder_key"] == holder]
            later = [day for day in days if since and day >= since]
            lags += [(min(later) - since).days] if later else []
        linked = bool(everyone & visited) or not everyone or not visited
        inspected = {row["holder_key"] for row in self.mine(self.visits)} - {None}
        unknown = not linked and bool(licensed)
        return {
            ("holders_inspected", ""): len(inspected),
            ("holders_licensed", "all"): len(licensed),
            ("holders_licensed", "firms"): len(firms),
            ("inspection_coverage", "all"): None if unknown else (len(licensed & visited), len(licensed)),
            ("inspection_coverage", "firms"): None if unknown else (len(firms & visited), len(firms)),
            ("permit_to_inspection_days", ""): Fraction(median(lags)) if lags else None,
        }  # fmt: skip

    def of_ratings(self) -> dict:
        rows = [row for row in self.mine(self.ratings) if row["satisfaction"] is not None]
        active = [row for row in rows if row["is_default"] is not True]

        def among(some, levels):
            return (sum(row["satisfaction"] in levels for row in some), len(some))

        bad = [row for row in rows if row["satisfaction"] in BAD]
        ordered = [row for row in bad if self.day(row["order_created_at"])]
        answers = [
            self.answered(
                max(self.day(row["order_created_at"]), self.day(row["evaluated_at"])),
                row["rectified_at"], 15,
            )
            for row in ordered
        ]  # fmt: skip
        fixed = sum(self.day(row["rectified_at"]) is not None for row in ordered)
        completed = {row["case_id"] for row in self.mine(self.completed)}
        of_cases = [row for row in self.known_ratings if row["case_id"] in completed]
        rated = {row["case_id"] for row in of_cases}
        actively = {row["case_id"] for row in of_cases if row["is_default"] is not True}
        return {
            ("ratings", ""): len(rows),
            ("ratings", "active"): len(active),
            ("satisfaction_rate", "all3"): among(rows, LEVELS[:3]),
            ("satisfaction_rate", "top2"): among(rows, LEVELS[:2]),
            ("satisfaction_rate", "active_all3"): among(active, LEVELS[:3]),
            ("satisfaction_rate", "active_top2"): among(active, LEVELS[:2]),
            ("default_rating_share", ""): (len(rows) - len(active), len(rows)),
            ("bad_ratings", ""): len(bad),
            ("bad_rate", "all"): among(rows, BAD),
            ("bad_rate", "active"): among(active, BAD),
            ("bad_fixed", ""): (fixed, len(ordered)),
            ("bad_fixed_on_time", ""): (
                answers.count("in time"), answers.count("in time") + answers.count("late"),
            ),
            ("rating_cover", "all"): (len(rated), len(completed)),
            ("rating_cover", "active"): (len(actively), len(completed)),
            ("ratings_per_case", ""): (len(of_cases), len(rated)),
        }  # fmt: skip

    def of_staff(self) -> dict:
        latest: dict = {}
        month = f"{YEAR}-{self.cutoff.month:02d}"
        for row in self.mine(self.staff):
            if row["period"][:4] != str(YEAR) or (len(row["period"]) > 4 and row["period"] > month):
                continue
            key = (row["dept_code"], row["role"])
            if key not in latest or row["period"] > latest[key]["period"]:
                latest[key] = row
        found = {}
        for role in ("", "window", "approval", "supervision"):
            rows = [row for (_, own), row in latest.items() if role in ("", own)]
            cents = {None: 0, 0.0: 0, 0.5: 50, 1.25: 125, 2.005: 201}
            gaps = any(row["fte"] is None and row["headcount"] for row in rows)
            total = Fraction(sum(cents[row["fte"]] for row in rows), 100)
            found["staff", role] = sum(row["headcount"] for row in rows)
            found["staff_fte", role] = None if gaps else total
        return found


def exact(expected):
    """A count, a quotient, or nothing where there is no denominator."""
    if not isinstance(expected, tuple):
        return expected
    part, whole = expected
    return Fraction(part, whole) if whole else None


def check(facts, plain):
    for key, expected in plain.shares().items():
        figure = REGISTRY[key]
        value = figure.value(figure.result(facts))
        scale = 100 if figure.unit == "%" else 1
        wanted = exact(expected)
        assert value == (None if wanted is None else wanted * scale), key


cutoffs = st.sampled_from([date(2024, 12, 31), date(2024, 2, 29), date(2024, 6, 30)])


@given(rows=places(), cutoff=cutoffs)
@slow
def test_every_figure_is_that_of_the_plain_loops(rows, cutoff):
    year = year_of(rows, cutoff)
    facts = Facts(year, NO_CASES, year.items, oversight_tallies(year))
    plain = Plain(rows, cutoff)
    assert set(plain.shares()) == OWN
    check(facts, plain)
    for dept in DEPARTMENTS:
        check(facts.department(dept), Plain(rows, cutoff, dept))


@given(left=places(), right=places(), cutoff=cutoffs)
@slow
def test_tallies_of_two_places_add_up_to_that_of_both(left, right, cutoff):
    """Staff of one department in both would be one row of one place: they are kept apart."""
    right["staff"] = [row | {"dept_code": f"{row['dept_code']}x"} for row in right["staff"]]
    both = {name: left[name] + right[name] for name in left}
    parts = [oversight_tallies(year_of(rows, cutoff)) for rows in (left, right)]
    together = oversight_tallies(year_of(both, cutoff))
    for merged in (merge(parts), merge(reversed(parts))):
        assert set(merged) == set(ADDITIVE)
        for name, rows in merged.items():
            pd.testing.assert_frame_equal(rows, together[name])
