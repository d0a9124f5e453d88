"""Lateness on every clock and by the record, and what the days before a limit foretell."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, nbinom

from analysis.problems.finding import Verdict
from analysis.problems.overdue.still_open import median_between, survival
from analysis.problems.overdue.zero import DAYS, Foretold, foretold
from analysis.tables.calendar import china
from tests.problems.asked import ask, counts, number, year_of
from tests.tables.build import accepted, closed, day

# Exact means are what these tests give to the regression; it warns of fits that are too good.
pytestmark = pytest.mark.filterwarnings("ignore:Perfect separation")
D2 = {"dept_code": "D2"}
# Five working days after Monday 7 March 2022: Monday the 14th; twenty: Monday 4 April is a holiday,
# so is the 5th, and Saturday 2 April is worked: Saturday 2 April is the twentieth.
LATE_BY_PROMISE = closed("2022-03-07", "2022-03-07", "2022-03-15 09:00")
LATE_BY_LAW = closed("2022-03-07", "2022-03-07", "2022-04-06 09:00", **D2)
LAST_DAY = closed("2022-03-07", "2022-03-07", "2022-04-02 09:00")
IN_TIME = closed("2022-03-07", "2022-03-07", "2022-03-14 17:00", **D2)


def test_each_clock_has_its_own_lateness():
    year = year_of([LATE_BY_PROMISE, LATE_BY_LAW, LAST_DAY, IN_TIME])
    assert number(year, "late_closed_promised") == 75
    assert number(year, "late_closed_statutory") == 25
    assert number(year, "late_closed_statutory_first_day") == 50
    assert number(year, "late_closed_statutory", "D1") == 0


def test_a_stop_outside_the_law_prolongs_only_the_loose_clock():
    stopped = {"stopped_days_other": 2.0, "extended_days": 0.0, "stopped_days_art45": 0.0}
    year = year_of([LATE_BY_LAW | stopped, IN_TIME])
    assert number(year, "late_closed_statutory") == 50
    assert number(year, "late_closed_statutory_loose") == 0


def test_open_cases_are_late_apart_from_closed_ones():
    year = year_of(
        [accepted("2022-11-01", "2022-11-01"), accepted("2022-12-26", "2022-12-26"), IN_TIME]
    )
    assert number(year, "late_open_statutory") == 50
    assert number(year, "late_open_promised") == 50
    assert number(year, "late_closed_promised") == 0


def test_no_case_with_a_limit_is_no_zero():
    found = ask(year_of([IN_TIME | {"promised_days": None}]), "late_closed_promised")
    assert found.verdict is Verdict.INSUFFICIENT
    assert "没有" in found.answer.reason


def test_recorded_due_dates_are_compared_by_day():
    due = {"statutory_due_at": pd.Timestamp("2022-03-14 12:00")}
    year = year_of(
        [
            LATE_BY_PROMISE | due,
            IN_TIME | due,  # later on the same day
            LAST_DAY | {"statutory_due_at": None},
            accepted("2022-03-07", "2022-03-07", **due),
            accepted("2022-03-07", "2022-03-07", statutory_due_at="2022-12-31 01:00"),
            accepted("2022-03-07", "2022-03-07", closed_at="2023-01-02", outcome="approved", **due),
        ]
    )
    assert number(year, "late_recorded_statutory") == 50
    found = counts(year, "late_recorded_statutory")
    assert found["截止日在办、有登记到期日的办件"] == 3
    assert found["其中已过登记到期日的"] == 2


def test_late_delivery_rests_on_the_law():
    """Ten working days after Tuesday 1 March 2022: Tuesday the 15th; one was never delivered."""
    decided = {"decided_at": pd.Timestamp("2022-03-01 10:00")}
    ends = ["2022-03-15 17:00", "2022-03-16 08:00", None]
    cases = [
        closed("2022-02-28", "2022-02-28", "2022-03-01", delivered_at=end) | decided for end in ends
    ]
    assert number(year_of(cases), "late_delivery") == pytest.approx(200 / 3)


def _around(before: int, beyond: int):
    """Cases closed ``before`` a day in the ten working days before the limit, ``beyond`` after."""
    start = day("2022-03-07")
    taken = [20 - left for left in range(1, DAYS + 1) for _ in range(before)]
    taken += [20 + over for over in range(1, DAYS + 1) for _ in range(beyond)]
    ends = {n: f"{china().due(start, n)} 10:00" for n in set(taken)}
    return year_of([closed("2022-03-07", "2022-03-07", ends[n]) for n in taken])


def test_an_even_stream_that_stops_at_the_limit_is_evident():
    """Six a day before the limit foretell sixty in the ten days beyond it: all are missing."""
    found = ask(_around(6, 0), "zero_overdue")
    assert found.answer.comparison == ("按走势应有 60 件,实际 0 件。",)
    assert found.answer.number == 100
    # Of a Poisson count of none the mid-p interval ends at -log(0.05); sixty are known to an eighth.
    assert found.answer.interval.low == pytest.approx(100 * (1 - 2.996 / 60), abs=0.5)
    assert found.answer.interval.high == 100
    assert found.verdict is Verdict.EVIDENT


def test_an_even_stream_that_goes_on_is_nothing():
    found = ask(_around(6, 6), "zero_overdue")
    assert found.answer.number == pytest.approx(0, abs=1e-6)
    assert found.verdict is Verdict.NONE


def test_a_tenth_missing_is_not_near_zero_however_many_there_are():
    found = ask(_around(100, 90), "zero_overdue")
    assert found.answer.number == pytest.approx(10)
    assert found.verdict is Verdict.NONE


def test_where_hardly_any_are_expected_none_is_no_wonder():
    """Closures that thin out by half from day to day leave one beyond the limit."""
    before = {left: min(2**left, 300) for left in range(1, DAYS + 1)}
    taken = [20 - left for left, n in before.items() for _ in range(n)]
    ends = {n: f"{china().due(day('2022-03-07'), n)} 10:00" for n in set(taken)}
    found = ask(
        year_of([closed("2022-03-07", "2022-03-07", ends[n]) for n in taken]), "zero_overdue"
    )
    assert found.verdict is Verdict.INSUFFICIENT
    assert "看不出少了没有" in found.answer.reason


def test_few_closures_foretell_nothing():
    assert ask(_around(4, 0), "zero_overdue").verdict is Verdict.INSUFFICIENT


@given(level=st.floats(0.5, 6), slope=st.floats(-0.5, 0.5))
def test_what_is_exactly_loglinear_is_carried_on_exactly(level, slope):
    """A Poisson regression of exact means gives the means back; beyond the limit it is their sum."""
    before = pd.Series({k: 2.718281828459045 ** (level + slope * k) for k in range(1, DAYS + 1)})
    found = foretold(before)
    beyond = [2.718281828459045 ** (level - slope * k) for k in range(1, DAYS + 1)]
    exact = sum(beyond) if slope >= 0 else before.sum()  # a rise cannot go on: the mean does
    assert found.expected == pytest.approx(exact, rel=1e-4)


@given(late=st.integers(0, 120), uneven=st.floats(0, 0.8))
def test_test_and_interval_agree(late, uneven):
    days = [round(8 * (1 + uneven * (-1) ** k)) for k in range(1, DAYS + 1)]
    found = foretold(pd.Series(days, index=range(1, DAYS + 1)))
    low, high = found.ratio(late)
    assert low <= late / found.expected <= high
    assert (found.p_value(late) < 0.05) == (not low <= 1 <= high)


def test_counts_are_negative_binomial_around_what_is_foretold():
    """With nothing to err about, so few are what scipy's distribution says, half of the last counted."""
    for uneven, late in ((0.2, 0), (0.2, 17), (1.5, 4)):
        found = Foretold(expected=20, error=0, degrees=8, unevenness=uneven)
        counts = nbinom(1 / uneven, 1 / (1 + uneven * 30))
        assert counts.var() == pytest.approx(30 + uneven * 30**2)
        expected = counts.cdf(late) - counts.pmf(late) / 2
        assert found.so_few(late, ratio=1.5) == pytest.approx(expected)


def test_days_as_unlike_as_can_be_rule_out_no_number():
    """None in one draw of (1 + 20 rate) to the power of -1/20: a quarter where 5 billion are expected."""
    assert Foretold(expected=10, error=0, degrees=8, unevenness=20).ratio(0) == (0, float("inf"))


def test_days_that_vary_more_than_chance_do_not_alarm():
    """Closures thin out and go on beyond the limit; days differ by a fifth: 26 % alarms as Poisson."""
    left, alarms, covered, seeds = np.arange(1, DAYS + 1), 0, 0, 200
    means = 300 * np.exp(0.1 * left - 1), 300 * np.exp(-0.1 * left - 1)
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        before, beyond = (rng.poisson(mean * rng.gamma(25, 1 / 25, DAYS)) for mean in means)
        late = int(beyond.sum())
        found = foretold(pd.Series(before, index=left))
        low, high = found.ratio(late)
        alarms += found.p_value(late) <= 0.05
        covered += low <= 1 <= high
    assert alarms <= binom.ppf(0.9995, seeds, 0.05)
    assert covered >= binom.ppf(0.0005, seeds, 0.95)


def test_open_cases_lengthen_the_median():
    """Two closed after 1 working day, one after 3; two open for 18 and 19: half are closed on day 3.

    Of five at risk two end on day 1 (3/5 left), one of three on day 3 (2/5 left).
    """
    accepted_on = "2022-12-05"
    cases = [closed(accepted_on, accepted_on, f"2022-12-0{end} 10:00") for end in (6, 6, 8)]
    cases += [accepted(on, on) for on in (accepted_on, "2022-12-06")]
    found = ask(year_of(cases), "median_with_open")
    assert found.answer.number == 3 - 1
    assert found.answer.counts == (("年内受理的承诺件", 5), ("其中截止日在办", 2))
    assert "中位数 3 个工作日" in found.answer.comparison[0]
    assert "只算已办结的 1 个工作日" in found.answer.comparison[0]
    assert found.verdict is Verdict.EVIDENT
    shown = found.answer.evidence.set_index("用时(工作日)")
    assert shown.iloc[:4, 0].tolist() == [100, 60, 60, 40]
    assert shown.iloc[:4, 3].tolist() == [100, 33.3, 33.3, 0]
    assert ask(year_of(cases[:3]), "median_with_open").verdict is Verdict.NONE


def test_no_median_where_most_are_open():
    cases = [accepted("2022-12-05", "2022-12-05")] * 3
    assert ask(year_of(cases), "median_with_open").answer.number is None
    found = ask(year_of([IN_TIME, *cases]), "median_with_open")
    assert "不到一半" in found.answer.reason


@given(
    st.dictionaries(st.integers(1, 30), st.integers(1, 9), min_size=1, max_size=12),
    st.dictionaries(st.integers(1, 30), st.integers(1, 9), max_size=12),
)
def test_the_curve_is_kaplan_meiers_and_its_interval_greenwoods(ended, lasting):
    """Written out: log(-log S) has variance Σ d / (n (n - d)) / log(S)²."""
    found = survival(pd.Series(ended, dtype=int), pd.Series(lasting, dtype=int))
    there, left, spread = sum(ended.values()) + sum(lasting.values()), 1.0, 0.0
    for taken in sorted({*ended, *lasting}):
        gone = ended.get(taken, 0)
        left *= 1 - gone / there
        spread += gone / (there * (there - gone)) if there > gone else np.inf
        low, high = left, left
        if 1e-12 < left < 1 - 1e-12:
            reach = 1.959964 * np.sqrt(spread) / np.log(left)
            low, high = sorted((left ** np.exp(reach), left ** np.exp(-reach)))
        assert found.loc[taken].to_list() == pytest.approx([left, low, high], abs=1e-6)
        there -= gone + lasting.get(taken, 0)


def test_the_interval_of_the_median_is_where_the_curves_reach_a_half():
    days = pd.Index([2, 4, 6, 8], name="days")
    curve = pd.DataFrame({"left": [0.8, 0.5, 0.4, 0.3], "low": [0.6, 0.4, 0.3, 0.2]}, index=days)
    assert median_between(curve.assign(high=[0.9, 0.7, 0.5, 0.4])) == (4, 6)
    assert median_between(curve.assign(high=0.9)) == (4, None)
