"""Funnel (漏斗图): which printed rates differ by more than the size of their denominators explains.

After Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24
(2005), 1185-1202, with its interpolated binomial limits (appendix A.1.2). A rate outside the limits
is not chance; that it is better or worse does not follow where definitions differ, so nothing is ranked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems.integrity.periods import length
from analysis.problems.integrity.rates import LEVELS, Rate

LIMITS = {"95%": 0.95, "99.8%": 0.998}  # about two and three standard deviations
INSIDE, OUTSIDE = "界限内", "{}界限外"
STEPS = 200  # points along a limit
FEWEST = 3  # two rates have no common centre to lie around


@dataclass(frozen=True)
class Funnel:
    """Rates of one definition around what they come to together.

    Attributes:
        term: what the rate is called.
        group: which reports it is of: their level and the length of their periods.
        centre: all numerators over all denominators.
        points: one row per report: ``report``, ``place``, ``period``, ``n`` (denominator),
            ``rate``, ``verdict`` (界限内, 95%界限外, 99.8%界限外).
        curves: ``n`` ascending and, for each limit, ``<limit> low`` and ``<limit> high``.
    """

    term: str
    group: str
    centre: Fraction
    points: pd.DataFrame
    curves: pd.DataFrame


def funnels(found: Sequence[Rate]) -> Iterator[Funnel]:
    """Yield a funnel for each rate that three reports or more of one level and length give.

    A province holds its districts, and a month is not a year: these are never drawn together. A
    second rate of the same reports is not drawn again.
    """
    seen: set[frozenset[str]] = set()
    for definition in dict.fromkeys(rate.definition for rate in found):
        groups: dict[str, list[Rate]] = {}
        for rate in found:
            level = LEVELS.get(rate.source["level"], rate.source["level"])
            if rate.definition == definition:
                groups.setdefault(f"{level}{length(rate.source['period'])}报告", []).append(rate)
        for group, rates in groups.items():
            reports = frozenset(rate.source["report"] for rate in rates)
            if len(rates) >= FEWEST and reports not in seen:
                seen.add(reports)
                yield funnel(rates, group)


def funnel(found: Sequence[Rate], group: str) -> Funnel:
    """Return the funnel of rates of one definition.

    Printed values are taken as they read: rounding moves none of them across a limit by itself.
    """
    counts = [(int(rate.numerator.value), int(rate.total)) for rate in found]
    centre = Fraction(sum(k for k, _ in counts), sum(n for _, n in counts))
    points = pd.DataFrame(
        {
            "report": [rate.source["report"] for rate in found],
            "place": [rate.source["place"] for rate in found],
            "period": [rate.source["period"] for rate in found],
            "n": [n for _, n in counts],
            "rate": [k / n for k, n in counts],
        }
    )
    points["verdict"] = _verdicts(points, float(centre))
    sizes = np.unique(np.geomspace(points["n"].min() / 2, points["n"].max() * 2, STEPS).round())
    return Funnel(found[0].definition.term, group, centre, points, _curves(sizes, float(centre)))


def limits(n: Any, centre: float, level: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the interpolated binomial limits of a rate over ``n`` at a two-sided level."""
    tail = (1 - level) / 2
    return _limit(n, centre, tail), _limit(n, centre, 1 - tail)


def _limit(n: Any, centre: float, quantile: float) -> NDArray[Any]:
    from scipy.stats import binom

    n = np.asarray(n, dtype=float)
    at = binom.ppf(quantile, n, centre)
    upto, before = binom.cdf(at, n, centre), binom.cdf(at - 1, n, centre)
    interpolated = (at - (upto - quantile) / (upto - before)) / n
    return np.asarray(np.clip(interpolated, 0, 1))


def _curves(sizes: NDArray[Any], centre: float) -> pd.DataFrame:
    curves = {"n": sizes}
    for name, level in LIMITS.items():
        curves[f"{name} low"], curves[f"{name} high"] = limits(sizes, centre, level)
    return pd.DataFrame(curves)


def _verdicts(points: pd.DataFrame, centre: float) -> list[str]:
    verdicts = np.full(len(points), INSIDE, dtype=object)
    for name, level in LIMITS.items():  # the wider limit has the last word
        low, high = limits(points["n"], centre, level)
        verdicts[(points["rate"] < low) | (points["rate"] > high)] = OUTSIDE.format(name)
    return list(verdicts)
