"""Intervals of counts against the definition of mid-p, with scipy's discrete distributions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from analysis.problems.poisson import more_than, poisson_interval, ratio_interval


def mid_p(distribution, count):
    return distribution.sf(count) + distribution.pmf(count) / 2


@given(count=st.integers(0, 3_000))
@settings(max_examples=50, deadline=None)
def test_ends_leave_a_fortieth_on_each_side(count):
    low, high = (float(end[0]) for end in poisson_interval([count]))
    assert mid_p(poisson(high), count) == pytest.approx(0.975)
    assert low == 0 if count == 0 else mid_p(poisson(low), count) == pytest.approx(0.025)


@given(count=st.integers(0, 500), beside=st.integers(0, 500))
@settings(max_examples=50, deadline=None)
def test_ends_of_a_ratio(count, beside):
    low, high = (float(end) for end in ratio_interval(count, beside))
    together = count + beside
    if count:
        assert mid_p(binom(together, low / (1 + low)), count) == pytest.approx(0.025)
    else:
        assert low == 0
    if beside:
        assert mid_p(binom(together, high / (1 + high)), count) == pytest.approx(0.975)
    else:
        assert high == np.inf
    assert float(more_than(count, beside, 0.3)) == pytest.approx(mid_p(binom(together, 0.3), count))


def test_twice_the_variance_is_half_as_many_counts_of_two():
    (low,), (high,) = poisson_interval([40], [2.0])
    (half_low,), (half_high,) = poisson_interval([20])
    assert (low, high) == pytest.approx((2 * half_low, 2 * half_high))
