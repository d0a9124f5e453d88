"""Delegated items: who is compared with whom, and changes worked out by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.problems.delegation.answers import duration, told, volume
from analysis.problems.delegation.changes import (
    DURATION,
    LATENESS,
    VOLUME,
    change,
    monthly,
    slope_before,
    waves,
)
from analysis.problems.delegation.effects import (
    contrast,
    effect,
    event_study,
    of_handled,
    stacked,
    trend_before,
)
from analysis.problems.delegation.items import stacks
from analysis.problems.delegation.panel import Panel, acceptances, handled, number_of
from analysis.problems.findings import QUESTIONS, statement
from analysis.problems.findings import needs as all_needs
from analysis.problems.grounds import Grounds
from analysis.problems.judging import judged
from analysis.statistics.facts import Facts
from tests.problems.asked import year_of
from tests.tables.build import closed, item

JANUARY, DECEMBER = number_of(2022, 1), number_of(2022, 12)
YEAR = tuple(range(JANUARY, DECEMBER + 1))
MAY = number_of(2022, 5)


def items(*rows):
    table = pd.DataFrame(rows, columns=["item_code", "dept_code", "since", "delegated"])
    return table.assign(since=pd.to_datetime(table["since"])).set_index("item_code")


def test_controls_are_never_delegated_items_of_the_same_department():
    found = stacks(
        items(
            ("new", "D1", "2022-05-01", True),
            ("midway", "D1", "2022-05-02", True),  # its first whole month is June
            ("late", "D1", "2022-11-01", True),  # two months after it are too few
            ("undated", "D1", None, True),
            ("own", "D1", None, False),
            ("alone", "D2", "2022-05-01", True),  # nothing beside it
            ("elsewhere", "D3", None, False),
        ),
        waves(YEAR),
    )
    rows = set(found[["item_code", "wave", "treated"]].itertuples(index=False, name=None))
    assert rows == {
        ("new", MAY, True),
        ("midway", MAY + 1, True),
        ("own", MAY, False),
        ("own", MAY + 1, False),
    }


def test_three_months_with_data_must_lie_on_each_side_within_half_a_year():
    assert waves(YEAR) == list(range(number_of(2022, 4), number_of(2022, 10) + 1))
    january_to_june = [number_of(year, month) for year in (2021, 2022) for month in range(1, 7)]
    # Between the two half years there is nothing: April is the only month with three on both sides.
    assert waves(january_to_june) == [number_of(2021, 4), number_of(2022, 4)]


def world(factor=1.0, trend=0.0, departments=8, **cases):
    """Four items of each department; from May on two of them take ``factor`` times as long.

    Args:
        factor: of the days taken.
        trend: by which the days of the delegated items grow a month all along.
        departments: how many.
        cases: of an item, by month from January on, where it has others.
    """
    rows, panel = [], []
    for place in range(4 * departments):
        treated = place % 2 == 0
        name, usual = f"I{place:02d}", 4 + place % 3
        rows.append((name, f"D{place // 4}", "2022-05-01" if treated else None, treated))
        for month in YEAR:
            n = cases[name][month - JANUARY] if name in cases else 20 + place
            drift = 1 + 0.01 * ((place * 7 + month * 3) % 5 - 2)
            longer = factor if treated and month >= MAY else 1.0
            grown = np.exp(trend * (month - MAY) * treated)
            if n:
                days = n * usual * drift * longer * grown
                panel.append((name, month, n, n, days, 0, n, 0))
    columns = ["item_code", "month", "accepted", "closed", "days", "supplemented"]
    sums = pd.DataFrame(panel, columns=[*columns, "promised", "late"])
    return items(*rows), Panel(sums, YEAR)


def test_difference_in_differences_is_that_of_the_means():
    """Departments are alike in size here, so the coefficient is a plain difference of means."""
    of = stacked(*world(1.3))
    near = of.near
    sums = near.groupby(["row", near["k"] >= 0])[["days", "closed"]].sum()
    level = np.log(sums["days"] / sums["closed"]).unstack()
    moved = (level[True] - level[False]).to_numpy()
    treated = of.rows["treated"].to_numpy()
    found = effect(of, DURATION)
    assert found.estimate.value == pytest.approx(moved[treated].mean() - moved[~treated].mean())
    assert found.estimate.low < np.log(1.3) < found.estimate.high
    assert found.estimate.p_value < 0.001
    assert (found.treated, found.controls, found.departments) == (16, 16, 8)
    assert effect(of, VOLUME).estimate.value == pytest.approx(0.0)
    assert trend_before(of, DURATION, found.rows).estimate.p_value > 0.05
    events = event_study(of, DURATION).set_index("k")["value"]
    assert (events[events.index >= 0] > 0.2).all()
    assert (events[events.index < 0].abs() < 0.05).all()


def test_clusters_are_departments():
    """With departments alike, the interval is that of the mean of their differences (t, n - 1)."""
    rng = np.random.default_rng(1)
    of = stacked(*world(departments=6))
    changes = pd.Series(rng.normal(size=len(of.rows)), index=of.rows.index)
    found = contrast(of.rows, changes).estimate
    means = changes.groupby([of.rows["dept_code"], of.rows["treated"]]).mean().unstack()
    differences = means[True] - means[False]
    assert found.value == pytest.approx(differences.mean())
    assert found.error == pytest.approx(differences.std() / np.sqrt(6))
    assert found.degrees == pytest.approx(5)


def test_volume_is_per_month_of_the_data():
    of = stacked(*world())
    assert change(of.near, VOLUME, of.months).abs().max() == pytest.approx(0.0)


def test_slope_before_is_that_of_a_straight_line():
    months = monthly(stacked(*world()).near, DURATION)
    early = [k for k in months.columns if k < 0]
    expected = np.polyfit(early, months[early].to_numpy().T, 1)[0]
    assert slope_before(months).to_numpy() == pytest.approx(expected)


def answer(made, measure=DURATION):
    all_of, panel = made
    return told(all_of, stacked(all_of, panel), measure)


def test_one_department_says_nothing_however_many_items():
    """What it took over at once shares whatever else happened to it then."""
    assert answer(world(1.3)).number == pytest.approx(30, abs=3)
    alone = world(1.3, departments=8)
    alone[0]["dept_code"] = "D0"
    found = answer(alone)
    assert found.number is None
    assert "都在同一个部门" in found.reason
    few = answer(world(1.3, departments=4))  # three degrees of freedom
    assert few.number is None
    assert "只分布在4个部门" in few.reason


def test_what_has_been_growing_all_along_has_not_changed_with_the_delegation():
    found = answer(world(trend=0.04))
    assert found.number is None
    assert "趋势已经不同(每月相差4" in found.reason
    assert "p<0.001" in found.reason


def test_items_without_cases_before_are_counted_with_their_volume():
    """A quarter of the items go from none to 200 a month: 1,600 of 2,856 cases, most of them."""
    new = {f"I{place:02d}": [0] * 4 + [200] * 8 for place in range(0, 32, 4)}
    found = answer(world(**new), VOLUME)
    assert dict(found.counts)["未比较的下放事项"] == 8
    assert found.number is None
    compared = sum(20 + place for place in range(2, 32, 4))
    assert f"只占下放后受理量的{100 * compared / (compared + 1600):.0f}%" in found.reason
    assert "由下放前的0.0件变为下放后的1,600.0件" in found.reason
    assert answer(world(**new), DURATION).number is not None
    few = {name: [0] * 4 + [20] * 8 for name in new}
    found = answer(world(**few), VOLUME)
    assert found.number == pytest.approx(0.0)
    assert any("8项,月均受理由下放前的0.0件变为下放后的160.0件" in it for it in found.comparison)


def test_the_test_is_two_sided_as_the_interval_is():
    """For data whose interval just holds 0, the p value must be above 5 %."""
    rng, of = np.random.default_rng(0), stacked(*world())
    for _ in range(200):
        noise = pd.Series(rng.normal(size=len(of.rows)), index=of.rows.index)
        found = contrast(of.rows, noise + 0.6 * of.rows["treated"]).estimate
        assert (found.low <= 0 <= found.high) == (found.p_value > 0.05)
    sums = world(1.3)
    found = answer(sums)
    assert found.p_value == effect(stacked(*sums), DURATION).estimate.p_value


def test_no_difference_but_rounding_is_none():
    """All take 4, 5 or 6 days throughout: what is left of logarithms is not tested."""
    all_of, panel = world()
    panel.sums["days"] = panel.sums["closed"] * (4.1 + panel.sums["item_code"].str[1:].astype(int))
    found = answer((all_of, panel))
    assert (found.number, found.p_value) == (0.0, 1.0)


def case(accepted, ended, **more):
    moments = [f"{day} 10:00" for day in (accepted, accepted, ended)]
    return closed(*moments, **{"promised_days": 10.0} | more)


def grounds(number, cases, before=None, **more):
    year = year_of(cases, number=number, **more)
    return Grounds(Facts.of(year), facts_before=before)


def test_months_whose_cases_may_still_be_open_do_not_count():
    """Up to 15 December eleven months are whole; the last two may still have open cases."""
    cases = [case(f"2022-{month:02d}-07", f"2022-{month:02d}-08") for month in range(1, 13)]
    of = grounds(2022, cases, cutoff=date(2022, 12, 15))
    assert acceptances(of).months == tuple(range(JANUARY, JANUARY + 11))
    assert handled(of).months == tuple(range(JANUARY, JANUARY + 9))
    assert acceptances(of).sums["month"].tolist() == list(range(JANUARY, JANUARY + 11))
    assert handled(of).sums["month"].tolist() == list(range(JANUARY, JANUARY + 9))


def test_the_end_of_the_year_before_is_closed_in_this_year():
    """Of two cases of December 2021 one is closed in January 2022: both count, each once."""
    early, late = case("2021-12-01", "2021-12-03"), case("2021-12-01", "2022-01-14")
    before = grounds(2021, [early, late | {"closed_at": None}], cutoff=date(2021, 12, 31))
    now = case("2022-01-04", "2022-01-05")
    this = grounds(2022, [late, now], before.facts, cutoff=date(2022, 12, 31))
    panel = handled(this)
    assert panel.months == tuple(range(number_of(2021, 1), number_of(2022, 10) + 1))
    sums = panel.sums.set_index("month")
    assert sums.loc[number_of(2021, 12), "closed"] == 2
    # Working days after acceptance: 2 of the first; of the second 22 in December and 9 in January.
    assert sums.loc[number_of(2021, 12), "days"] == 2 + 31
    assert sums.loc[JANUARY, "closed"] == 1
    assert sums.loc[number_of(2021, 12), "late"] == 1
    # Without what was carried over, November and December are not followed.
    cut = grounds(2022, [now], before.facts, cutoff=date(2022, 12, 31))
    assert number_of(2021, 11) not in handled(cut).months
    assert number_of(2021, 10) in handled(cut).months


def test_durations_need_no_limit_and_volume_nothing_of_a_course():
    without = case("2022-01-04", "2022-01-06", promised_days=None)
    sums = handled(grounds(2022, [without])).sums
    assert sums[["closed", "days", "promised"]].to_numpy().tolist() == [[1, 2, 0]]
    assert LATENESS.whole == "promised"
    limits = {"promised_days", "statutory_days", "extended_days", "stopped_days_other"}
    for question in ("delegated_volume", "delegated_duration", "delegated_supplements"):
        wanted = {need.partition(".")[2] for need in all_needs(QUESTIONS[question])}
        assert not wanted & limits, question


def delegated_in(month):
    """Six departments of two delegated items and two others, 40 cases a month, a third longer after."""
    catalogue, cases = [], []
    for place in range(24):
        since = pd.Timestamp(2022, month, 1) if place % 2 else pd.NaT
        names = {"item_code": f"I{place:02d}", "dept_code": f"D{place // 4}"}
        source = "2" if place % 2 else "1"
        catalogue.append(item(**names, power_source=source, delegated_on=since))
        for accepted in range(1, 13):
            for n in range(40):
                longer = (n + place) % 3 == 0 and place % 2 and accepted >= month
                ended = pd.Timestamp(2022, accepted, 8 + (n % 2) + longer)
                cases.append(case(f"2022-{accepted:02d}-07", ended.date(), **names))
    return year_of(cases, items=catalogue)


def test_three_months_after_are_three_months_of_what_is_measured():
    """In September three months of duration are not there (October is the last), of volume they are."""
    september, august = (Grounds(Facts.of(delegated_in(month))) for month in (9, 8))
    assert of_handled(september).rows.empty
    assert duration(september).number is None
    assert volume(september).number == pytest.approx(0.0)
    assert duration(august).number is not None


def test_less_is_said_in_words():
    question = QUESTIONS["delegated_duration"]
    (found,) = judged([(question, answer(world(0.9)))])
    assert found.answer.number < 0
    assert "的平均用时在下放后减少 " in statement(found)
