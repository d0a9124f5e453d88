"""What is planted in the demo place is found: exactly where it was counted, else inside the interval."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.problems.finding import Finding
from analysis.problems.findings import answered, grounds_of
from analysis.sources.demo import inspections
from analysis.tables.year import Year
from tests.sources.demo_files import during, read

YEAR = 2023  # in 2022 nobody is late: what is not there cannot be found
ASKED = (
    "bulk_entry",
    "midnight_stamps",
    "days_off",
    "reversed_times",
    "pushed_again",
    "zero_steps",
    *(
        f"late_{state}_{clock}"
        for clock in ("statutory", "statutory_loose", "statutory_deemed")
        for state in ("closed", "open")
    ),
    "late_recorded_statutory",
    "late_delivery",
    "late_notice",
    "deemed",
    "supplemented",
    "supplemented_again",
    "random_findings",
    "default_ratings",
    "batched_ratings",
)

pytestmark = pytest.mark.full
Found = dict[str, Finding]


@pytest.fixture(scope="module")
def found(demo_data: Path) -> Found:
    year = Year.open("demo", YEAR, data=demo_data)
    return {each.question.id: each for each in answered(grounds_of(year), ASKED)}


@pytest.fixture(scope="module")
def truth(demo_data: Path) -> dict[str, Any]:
    path = demo_data / f"years/demo/{YEAR}/truth.json"
    return json.loads(path.read_text(encoding="utf-8"))


def part(found: Found, question: str) -> int:
    """Return the numerator: what was found."""
    return found[question].answer.counts[0][1]


def test_traps_are_found_exactly(found: Found, truth: dict[str, Any]) -> None:
    stamps = truth["problems"]["stamps"]
    assert part(found, "bulk_entry") == stamps["entered_in_batches"]
    assert dict(found["bulk_entry"].answer.counts)["批数"] == stamps["batches"]
    assert part(found, "midnight_stamps") == stamps["at_midnight"]
    assert part(found, "pushed_again") == stamps["sent_again"]


def test_where_no_trap_is_planted_none_is_found(found: Found) -> None:
    for trap in ("days_off", "reversed_times", "zero_steps"):
        assert part(found, trap) == 0


def test_lateness_is_found_exactly_on_each_clock(found: Found, truth: dict[str, Any]) -> None:
    clocks = truth["clocks"]
    for state in ("closed", "open"):
        late = clocks[f"late_{state}"]
        assert part(found, f"late_{state}_statutory") == late
        loose = late - clocks[f"strict_only_{state}"]
        assert part(found, f"late_{state}_statutory_loose") == loose
        deemed = late + clocks[f"deemed_only_{state}"]
        assert part(found, f"late_{state}_statutory_deemed") == deemed
    # The demo's system writes down the due date that the headline clock gives.
    assert part(found, "late_recorded_statutory") == clocks["late_closed"]
    assert part(found, "late_delivery") == clocks["deliveries_late"]
    assert part(found, "late_notice") == clocks["notices_late"]
    silent = clocks["notices_late"] + clocks["accepted_late_without_notice"]
    assert part(found, "deemed") == silent


def test_supplements_are_those_of_the_file(found: Found, demo_data: Path) -> None:
    cases = read(demo_data, YEAR, "cases", "supp_rounds", "accepted_at")
    rounds = cases.loc[during(cases["accepted_at"], YEAR), "supp_rounds"]
    assert found["supplemented"].answer.number == pytest.approx(100 * (rounds > 0).mean())
    again = (rounds > 1).sum() / (rounds > 0).sum()
    assert found["supplemented_again"].answer.number == pytest.approx(100 * again)


def test_ratings_are_those_of_the_file(
    found: Found, truth: dict[str, Any], demo_data: Path
) -> None:
    assert part(found, "batched_ratings") == truth["problems"]["ratings"]["batched"]
    rated = read(demo_data, YEAR, "evaluations", "evaluated_at", "is_default")
    default = rated.loc[during(rated["evaluated_at"], YEAR), "is_default"]
    assert found["default_ratings"].answer.number == pytest.approx(100 * default.mean())


def test_the_rate_of_findings_lies_in_its_interval(found: Found) -> None:
    """Planted: what each level of risk is found at, and how many holders have it."""
    results = pd.DataFrame(inspections.RESULTS, index=["clean", "corrected", "violation", "gone"])
    of_all = (results * list(inspections.RISKS)).sum(axis=1)
    planted = 100 * (of_all["corrected"] + of_all["violation"]) / (1 - of_all["gone"])
    interval = found["random_findings"].answer.interval
    assert interval
    assert interval.low < planted < interval.high
