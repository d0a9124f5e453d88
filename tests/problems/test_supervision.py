"""Supervision load and reach, on the year of supervision made by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from analysis.problems.finding import Verdict
from analysis.problems.findings import answered
from analysis.problems.grounds import Grounds
from analysis.statistics.facts import Facts
from tests.problems.asked import answer, ask, number, year_of
from tests.statistics.supervised import INSPECTIONS, supervised_year
from tests.tables.build import closed, heads, inspection


def test_visits_over_full_time_inspectors():
    """2+3+2+2+4+2+1 visits; 1.005 of an inspector is 1.01."""
    assert number(supervised_year(), "visits_per_inspector") == pytest.approx(16 / 1.01)


def test_growth_needs_and_uses_the_year_before():
    year = supervised_year()
    assert ask(year, "visits_growth").answer.reason == "数据不足:没有上年数据,不能比较"
    before = supervised_year(inspections=INSPECTIONS[:2])  # five visits
    grounds = Grounds(Facts.of(year), facts_before=Facts.of(before))
    assert answered(grounds, ["visits_growth"])[0].answer.number == pytest.approx(220)


def test_a_department_has_its_own_year_before():
    year, before = supervised_year(), supervised_year(inspections=INSPECTIONS[2:3])
    grounds = Grounds(Facts.of(year), facts_before=Facts.of(before)).of("D2")
    found = answered(grounds, ["visits_growth"])[0]
    assert found.answer.number == pytest.approx(100)  # four visits after two


def test_no_inspectors_no_load():
    found = ask(
        supervised_year(staff=[heads("D1", "2022", "window", 1, 1.0)]), "visits_per_inspector"
    )
    assert found.verdict is Verdict.INSUFFICIENT
    assert found.answer.reason == "数据不足:监管岗位折算人数为0"


def test_firms_over_inspectors_and_not_inspected():
    """Firms licensed: H1 and H3, both inspected."""
    year = supervised_year()
    assert number(year, "permits_per_inspector") == pytest.approx(2 / 1.01)
    assert number(year, "not_inspected") == 0


def test_findings_of_random_inspections_with_their_interval():
    """Five random ones; one holder could not be reached, three of the other four had findings."""
    found = answer(supervised_year(), "random_findings")
    wilson = binomtest(3, 4).proportion_ci(method="wilson")
    assert found.number == 75
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (100 * wilson.low, 100 * wilson.high)
    )


@pytest.mark.parametrize(
    ("found", "reached", "said"),
    [(1, 2, Verdict.INSUFFICIENT), (5, 40, Verdict.NONE), (9, 40, Verdict.SIGNS)],
)
def test_an_estimate_is_called_only_with_its_whole_interval(found, reached, said):
    """5 of 40 are 12.5 %, but 5.5 to 26 %: not above ten for sure; 9 of 40 are 12 to 37 %."""
    results = ["corrected"] * found + ["clean"] * (reached - found)
    rows = pd.DataFrame([inspection("2022-03-01", result=result) for result in results])
    case = [closed("2022-03-01", "2022-03-01", "2022-03-02")]
    assert ask(year_of(case, inspections=rows), "random_findings").verdict is said


def test_alone_and_by_several_departments():
    """Five random, one joint; of H1 to H5 only H1 was visited by two departments separately."""
    year = supervised_year()
    assert number(year, "inspected_alone") == pytest.approx(500 / 6)
    assert number(year, "several_departments") == 20


def test_late_publication():
    """Of the random ones two are in time and two late; for the fifth the limit is not over."""
    assert number(supervised_year(), "published_late") == 50


def test_half_of_those_inspected_were_so_within_some_days():
    """H1 from 8 February to 1 August is 174 days, H2 was on the day; H3 was inspected before."""
    assert number(supervised_year(), "inspection_lag") == 174 / 2


def _of_firms(rates: dict[str, tuple[int, float]], seed: int) -> pd.DataFrame:
    """Inspections of a year: of so many firms of each risk, each as often as Poisson's law says."""
    rng = np.random.default_rng(seed)
    rows = [
        inspection("2022-03-01", holder_key=f"{risk}{n}", risk_level=risk)
        for risk, (firms, rate) in rates.items()
        for n, times in enumerate(rng.poisson(rate, firms))
        for _ in range(times)
    ]
    return pd.DataFrame(rows)


def _again(before: pd.DataFrame | None, now: pd.DataFrame):
    """Ask whether risk decides who is inspected again."""
    case = [closed("2022-03-01", "2022-03-01", "2022-03-02")]
    facts = Facts.of(year_of(case, inspections=now))
    if before is None:
        return answered(Grounds(facts), ["blind_to_risk"])[0]
    earlier = before.assign(inspected_on=before["inspected_on"] - pd.DateOffset(years=1))
    then = Facts.of(year_of(case, number=2021, inspections=earlier))
    return answered(Grounds(facts, facts_before=then), ["blind_to_risk"])[0]


def test_low_risk_is_held_against_high_risk_among_those_inspected_before():
    """Of 40 and 35 known from the year before, 2 and 7 are inspected again; others do not count."""
    rows = {"A": 20, "B": 20, "C": 5, "D": 30}
    before = [
        inspection("2022-02-01", holder_key=f"{risk}{n}", risk_level=risk)
        for risk, many in rows.items()
        for n in range(many)
    ]
    before.append(inspection("2022-02-02", holder_key="D0", risk_level="A"))  # D it was
    again = ["A0", "B0", "B0", "C0", *(f"D{n}" for n in range(6)), "new"]
    now = pd.DataFrame([inspection("2022-05-01", holder_key=key, risk_level="A") for key in again])
    found = _again(pd.DataFrame(before), now)
    assert dict(found.answer.counts) == {
        "高风险(C、D):上年检查过": 35,
        "高风险(C、D):本年又被检查": 7,
        "低风险(A、B):上年检查过": 40,
        "低风险(A、B):本年又被检查": 2,
    }
    assert found.answer.number == pytest.approx(25)
    assert found.answer.comparison == ("再检查率:高风险 20.0%,低风险 5.0%。",)
    assert found.verdict is Verdict.NONE


def test_inspections_by_risk_are_not_called_blind():
    """Low-risk firms at 0.05 visits a year, high-risk ones at 0.20: a ratio of their shares of 26.9 %."""
    rates = {"A": (40_000, 0.05), "D": (8_000, 0.20)}
    found = _again(_of_firms(rates, 1), _of_firms(rates, 2))
    true = 100 * (1 - np.exp(-0.05)) / (1 - np.exp(-0.20))
    assert found.answer.interval.low < true < found.answer.interval.high
    assert found.verdict is Verdict.NONE


def test_inspections_that_do_not_look_at_risk_are():
    rates = {"A": (1_000, 2.0), "D": (1_000, 2.0)}
    assert _again(_of_firms(rates, 1), _of_firms(rates, 2)).verdict is Verdict.EVIDENT


def test_who_was_not_inspected_has_no_risk_without_the_year_before():
    found = _again(None, _of_firms({"A": (100, 1.0), "D": (100, 1.0)}, 1))
    assert found.verdict is Verdict.INSUFFICIENT
    assert "没有上年检查的风险等级" in found.answer.reason


def test_one_low_and_one_high_risk_holder_say_nothing():
    two = pd.DataFrame(
        [inspection("2022-02-01", holder_key=risk, risk_level=risk) for risk in ("A", "D")]
    )
    found = _again(two, two)
    assert found.verdict is Verdict.INSUFFICIENT
    assert "不足 30" in found.answer.reason


def test_departments_have_their_own_inspections():
    assert number(supervised_year(), "visits_per_inspector", "D2") == pytest.approx(4 / 1.01)
