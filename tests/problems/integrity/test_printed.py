"""Printed numbers: every interval that a text, a unit and a rounding can stand for."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.problems.integrity.intervals import Interval
from analysis.problems.integrity.numerals import read_printed
from analysis.problems.integrity.printed import Mode


def bounds(interval):
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("value", "unit", "half_up", "truncated"),
    [
        ("1,801,779", "件", (1801779, 1801779), (1801779, 1801779)),
        ("227.9", "万件", (2278500, 2279499), (2279000, 2279999)),
        ("227.9万", "宗", (2278500, 2279499), (2279000, 2279999)),
        ("115.92万", "", (1159150, 1159249), (1159200, 1159299)),
        ("1.2亿", "件", (115000000, 124999999), (120000000, 129999999)),
        ("0.0万", "件", (0, 499), (0, 999)),
    ],
)
def test_counts(value, unit, half_up, truncated):
    printed = read_printed(value, unit, whole=True)
    assert bounds(printed.interval()) == half_up
    assert bounds(printed.interval(Mode.TRUNCATED)) == truncated


def test_227_wan_may_be_rounded_to_either_place():
    printed = read_printed("227", "万件", whole=True)
    assert printed.ambiguous
    assert bounds(printed.interval()) == (2269500, 2270499)
    assert bounds(printed.interval(coarse=True)) == (2265000, 2274999)
    assert bounds(printed.interval(Mode.TRUNCATED, coarse=True)) == (2270000, 2279999)
    assert printed.shown == "2,270,000"
    assert printed.shown_in_print == "227万"


def test_percentages_keep_their_decimals():
    printed = read_printed("99.70", "%")
    half_up, cut = printed.interval(), printed.interval(Mode.TRUNCATED)
    assert bounds(half_up) == (Fraction(99695, 100000), Fraction(99705, 100000))
    assert bounds(cut) == (Fraction(9970, 10000), Fraction(9971, 10000))
    assert not half_up.has_high
    assert printed.shown == "99.70%"
    assert read_printed("99.70%").interval() == half_up


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("约300", 200, 400),
        ("约450件", 440, 460),
        ("近3万", 20000, 30000),
        ("115万余", 1150000, 1159999),
        ("115余万", 1150000, 1159999),
        ("超过100万", 1000001, None),
        ("不少于15", 15, None),
        ("3000以上", 3000, None),
        ("不足10", 0, 9),
        ("不超过10", 0, 10),
    ],
)
def test_hedges(value, low, high):
    assert bounds(read_printed(value, whole=True).interval()) == (low, high)


@pytest.mark.parametrize("value", ["", "很多", "12a", "1-2", "3/4", "1.2.3", "一百", "9" * 40])
def test_what_is_not_one_number_is_refused(value):
    with pytest.raises(XukeError, match="不是一个数"):
        read_printed(value, "件", term="受理")


def test_a_scale_written_twice_is_refused():
    with pytest.raises(XukeError, match="只写一处"):
        read_printed("227.9万", "万件", term="受理")


def test_negative_counts_are_refused_and_negative_changes_are_not():
    with pytest.raises(XukeError, match="负数"):
        read_printed("-5", "件", term="受理")
    assert read_printed("−5.2", "%", signed=True).value == Fraction(-52, 1000)
    assert read_printed("下降5.2%", signed=True).value == Fraction(-52, 1000)


small = st.integers(0, 12)


@st.composite
def intervals(draw):
    low, width = draw(small), draw(small)
    ends = (True, True) if width == 0 else (draw(st.booleans()), draw(st.booleans()))
    return Interval(Fraction(low), Fraction(low + width), *ends)


def inside(draw, interval):
    part = Fraction(draw(st.integers(0, 8)), 8)
    value = interval.low + part * (interval.high - interval.low)
    return value if value in interval else (interval.low + interval.high) / 2


@given(st.data())
def test_arithmetic_encloses_all_that_its_parts_can_be(data):
    one, two = data.draw(intervals()), data.draw(intervals())
    x, y = inside(data.draw, one), inside(data.draw, two)
    assert x + y in one + two
    assert x - y in one - two
    assert x * y in one * two
    if y > 0:
        assert x / y in one / two
