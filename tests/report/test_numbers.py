from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report.numbers import change, decimals, half_up, number, percent, points, signed, wan


@given(st.decimals(-(10**12), 10**12, places=7), st.integers(0, 6))
def test_half_up_is_decimal_half_up(value: Decimal, places: int):
    expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert half_up(value, places) == expected
    assert half_up(value, places).as_tuple().exponent == -places


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_ratio_is_rounded_once_from_its_exact_value(part: int, whole: int):
    error = abs(Fraction(half_up(Fraction(part, whole), 4)) - Fraction(part, whole))
    assert error <= Fraction(1, 20_000)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (1795742, 0, "1,795,742"),
        (2.675, 2, "2.68"),
        (0.5, 0, "1"),
        (-0.5, 0, "−1"),
        (-0.001, 2, "0.00"),
        (1e-9, 8, "0.00000000"),
        (Fraction(1, 3), 2, "0.33"),
        (None, 0, "—"),
        (float("nan"), 2, "—"),
        (pd.NA, 2, "—"),
    ],
)
def test_number(value, places, printed):
    assert number(value, places) == printed


def test_directions_have_a_real_minus_sign_and_zero_has_none():
    assert [signed(n) for n in (20, -20, 0)] == ["+20", "−20", "0"]
    assert signed(0.004, 2) == "0.00"


def test_shares_and_changes():
    assert percent(Fraction(9025, 10_000)) == "90.25%"
    assert wan(1_795_742) == "179.57"
    assert change(1_795_742, 1_690_905) == "+6.2%"
    assert change(5, 0) == "—"
    assert points(0.9449, 0.9480) == "−0.31 个百分点"
    assert points(None, 0.9) == "—"


@pytest.mark.parametrize(
    ("values", "places"),
    [([5.0, 12.0], 0), ([6.7, 12.0], 1), ([0.36, None, 1.3], 2), ([1 / 3], 4), ([], 0)],
)
def test_a_column_has_the_decimals_of_its_numbers(values: list, places: int):
    assert decimals(pd.Series(values, dtype=float)) == places
