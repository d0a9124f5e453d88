"""Supervision load and reach, on the year of supervision made by hand."""

import pandas as pd
import pytest
from scipy.stats import binomtest

from analysis.problems.finding import Verdict
from analysis.problems.findings import answered
from analysis.problems.grounds import Grounds
from analysis.statistics.facts import Facts
from tests.problems.asked import ask, number, year_of
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
    found = ask(supervised_year(), "random_findings").answer
    wilson = binomtest(3, 4).proportion_ci(method="wilson")
    assert found.number == 75
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (100 * wilson.low, 100 * wilson.high)
    )


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


def test_inspections_by_risk():
    """Three visits to one high-risk holder; two low-risk holders with one and two."""
    rows = [
        inspection("2022-03-01", holder_key=key, risk_level=risk, result=result)
        for key, risk, result in (
            ("H1", "D", "violation"),
            ("H1", "D", "clean"),
            ("H1", "D", "clean"),
            ("H2", "A", "clean"),
            ("H3", "B", "corrected"),
            ("H3", "B", "clean"),
        )
    ]
    year = year_of(
        [closed("2022-03-01", "2022-03-01", "2022-03-02")], inspections=pd.DataFrame(rows)
    )
    found = ask(year, "blind_to_risk")
    assert found.answer.number == pytest.approx(50)
    assert found.answer.comparison == ("问题发现率:高风险 33.3%,低风险 33.3%。",)
    assert found.verdict is Verdict.NONE


def test_departments_have_their_own_inspections():
    assert number(supervised_year(), "visits_per_inspector", "D2") == pytest.approx(4 / 1.01)
