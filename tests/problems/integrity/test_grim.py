"""GRIM: against counting by brute force, in integers and decimals of its own."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.problems.integrity import grim
from analysis.problems.integrity.audit import audit_report
from analysis.problems.integrity.numerals import read_printed
from analysis.problems.integrity.printed import Mode
from analysis.sources.published import published_figures

INSTANT, TRIPS = read_printed("90.25", "%"), read_printed("0.0024")
ROUNDINGS = {Mode.HALF_UP: ROUND_HALF_UP, Mode.TRUNCATED: ROUND_DOWN}


def gives(text, count, denominator, mode, *, percent):
    """Whether count/denominator is printed as text; 40 digits decide every tie exactly enough."""
    exact = Decimal(count) / denominator * (100 if percent else 1)
    return exact.quantize(Decimal(text), ROUNDINGS[mode]) == Decimal(text)


def counts_by_force(text, denominator, mode, *, percent):
    tried = range(denominator + 1)
    return [k for k in tried if gives(text, k, denominator, mode, percent=percent)]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("denominator", [508, 593, 2239])
def test_impossible_over_the_printed_item_counts(denominator, mode):
    assert counts_by_force("90.25", denominator, mode, percent=True) == []
    assert counts_by_force("0.0024", denominator, mode, percent=False) == []
    assert not grim.reach(INSTANT, denominator, mode).counts
    assert not grim.reach(TRIPS, denominator, mode).counts


def test_nearest_reachable_values():
    near = grim.reach(INSTANT, 508)
    assert (near.below, near.above) == (458, 459)  # 90.16 and 90.35
    near = grim.reach(INSTANT, 593)
    assert (near.below, near.above) == (535, 536)  # 90.22 and 90.39


def test_101_denominators_fit_both_rates():
    # Half up, 1 <= N <= 3000; the smallest number of visits that any of them needs is 2.
    fits = grim.fitting_denominators([INSTANT, TRIPS], limit=3000)
    assert len(fits) == 101
    assert list(fits)[:9] == [831, 841, 851, 1231, 1241, 1251, 1261, 1262, 1272]
    assert fits[841] == (759, 2)
    assert min(visits for _, visits in fits.values()) == 2


def test_the_101_by_brute_force():
    found = [
        n
        for n in range(1, 3001)
        if any(gives("0.0024", k, n, Mode.HALF_UP, percent=False) for k in range(2, 9))
        and any(
            gives("90.25", k, n, Mode.HALF_UP, percent=True)
            for k in range(n * 9 // 10, n * 91 // 100 + 2)
        )
    ]
    assert found == list(grim.fitting_denominators([INSTANT, TRIPS], limit=3000))


@given(st.integers(0, 10_000), st.integers(1, 300), st.sampled_from(list(Mode)))
def test_reach_is_what_counting_gives(hundredths, denominator, mode):
    text = f"{Decimal(hundredths) / 100:.2f}"
    found = grim.reach(read_printed(text, "%"), denominator, mode).counts
    expected = counts_by_force(text, denominator, mode, percent=True)
    assert [k for k in found if k <= denominator] == expected


@given(st.integers(0, 10_000), st.integers(10_000, 30_000))
def test_every_value_is_reachable_where_there_is_no_power(hundredths, denominator):
    rate = read_printed(f"{Decimal(hundredths) / 100:.2f}", "%")
    assert grim.powerless(rate, denominator)
    assert grim.reach(rate, denominator).counts
    assert not grim.powerless(rate, 9_999)


def test_never_applied_to_ratios_of_sums():
    # 94.49 % is not k/508 either, but it is no share: nothing may be said of it.
    checks = audit_report(published_figures("huadu_district_2022"), period="2022")
    reached = checks[checks["类别"] == "可达性"]
    assert len(reached) == 7
    assert not reached["检查"].str.contains("94.49").any()
    assert (reached["结论"] == "不可能").sum() == 6
    assert reached["说明"].str.contains("共 101 个").sum() == 1
