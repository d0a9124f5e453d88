"""Funnel limits against binomial probabilities added up in exact fractions."""

from fractions import Fraction
from math import comb

import pandas as pd
import pytest

from analysis.problems.integrity.audit import sources
from analysis.problems.integrity.funnel import INSIDE, funnels, limits
from analysis.problems.integrity.rates import rates


def upto(k: int, n: int, p: Fraction) -> Fraction:
    """Probability of at most k among n."""
    return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1)), Fraction(0))


def limit_by_hand(n: int, p: Fraction, quantile: Fraction) -> Fraction:
    """Spiegelhalter's interpolation: the smallest r with P(X ≤ r) ≥ quantile, less a part of one."""
    r = next(k for k in range(n + 1) if upto(k, n, p) >= quantile)
    below = upto(r - 1, n, p) if r else Fraction(0)
    alpha = (upto(r, n, p) - quantile) / (upto(r, n, p) - below)
    return max(Fraction(0), min(Fraction(1), (r - alpha) / n))


@pytest.mark.parametrize("n", [1, 10, 60, 200])
@pytest.mark.parametrize("p", [Fraction(1, 100), Fraction(3, 10), Fraction(1, 2)])
@pytest.mark.parametrize("level", [Fraction(95, 100), Fraction(998, 1000)])
def test_limits_are_the_interpolated_binomial_ones(n: int, p: Fraction, level: Fraction) -> None:
    low, high = limits([n], float(p), float(level))
    tail = (1 - level) / 2
    assert low[0] == pytest.approx(float(limit_by_hand(n, p, tail)), abs=1e-9)
    assert high[0] == pytest.approx(float(limit_by_hand(n, p, 1 - tail)), abs=1e-9)


def test_only_reports_of_one_level_and_length_are_drawn_together() -> None:
    known = sources().set_index("report")
    drawn = list(funnels(rates(sources())))
    assert drawn  # the committed reports give at least one
    for funnel in drawn:
        assert known.loc[funnel.points["report"], "level"].nunique() == 1
        assert len(funnel.points) >= 3
    sets = [frozenset(funnel.points["report"]) for funnel in drawn]
    assert len(sets) == len(set(sets))


def test_verdicts_of_the_committed_districts() -> None:
    """Huadu 2,675 of 1,795,222, Lingang 1 of 83,122, Qingyuan 102 of 26,564: pooled 2,778/1,904,908.

    The mean of Qingyuan is 26,564 × 0.001458 ≈ 38.7, its spread 6.2: 102 is ten away. Lingang's is
    121, and 1 came. Huadu's is 2,618.1 ± 51.1, and 2,675 came: 1.1 away.
    """
    funnel = next(f for f in funnels(rates(sources())) if f.group.startswith("区县"))
    assert funnel.centre == Fraction(2_675 + 1 + 102, 1_795_222 + 83_122 + 26_564)
    verdicts = dict(zip(funnel.points["n"], funnel.points["verdict"], strict=True))
    assert verdicts == {1_795_222: INSIDE, 83_122: "99.8%界限外", 26_564: "99.8%界限外"}


def test_a_province_is_not_drawn_with_its_districts() -> None:
    found = rates(sources())
    levels = pd.Series([rate.source["level"] for rate in found])
    assert {"province", "district"} <= set(levels)
    for funnel in funnels(found):
        assert not set(funnel.points["report"]) & {
            rate.source["report"] for rate in found if rate.source["level"] == "province"
        }
