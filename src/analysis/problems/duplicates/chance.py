"""Chance (偶然): how many pairs there would be if the two applications had nothing to do with each other.

Who applies for one item again and again does so at all distances in time. So the pairs at placebo lags
of 31-90 days, scaled to the window, are what a window would hold by chance. They are scaled code by code,
by how many pairs of other applications for it, in two systems, lie so far apart: its weekdays, its seasons,
a system's first day and the year's ends then do not matter.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.problems.duplicates.applications import in_two_systems
from analysis.problems.poisson import more_than, poisson_interval

WINDOWS = (1, 7, 30)
WINDOW = 7
PLACEBO = (31, 90)
SCALE = 10_000  # applications


@dataclass(frozen=True)
class Excess:
    """Pairs within a window beyond those expected by chance, or what these weigh.

    Attributes:
        window: days.
        found: pairs found, or their weights' sum.
        placebo: pairs at all placebo lags.
        expected: expected by chance.
        low: lower end of the 95 % interval of ``found - expected``.
        high: upper end.
        p_value: of the hypothesis that there is no excess, one-sided.
    """

    window: int
    found: float
    placebo: int
    expected: float
    low: float
    high: float
    p_value: float

    @property
    def excess(self) -> float:
        """What is beyond that expected."""
        return self.found - self.expected


def exposure(counts: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how many pairs of applications for one code, in two systems, there could be at each lag.

    Those of the codes that can be compared: with at least as many at placebo lags as within
    ``WINDOW``. Of an item that is open for two months or less nothing tells what chance would give.

    Args:
        counts: as ``daily`` returns them.
        pairs: as ``pairs`` returns them; they are left out, since what is looked for is no measure
            of what chance would give.

    Returns:
        Index ``code``, a column for each lag of 0 to 90 days.
    """
    last, codes = PLACEBO[1], in_two_systems(counts)
    rows = counts[counts["code"].isin(codes) & counts["system"].notna()]
    day = (rows["day"] - rows["day"].min()).dt.days.to_numpy(dtype="int64")
    system, systems = pd.factorize(rows["system"])
    n = np.zeros((len(systems) + 1, len(codes), day.max(initial=0) + last + 1))
    n[system, pd.Index(codes).get_indexer(pd.Index(rows["code"])), day] = rows["n"]
    n[-1] = n[:-1].sum(axis=0)
    at = [(n * np.roll(n, -lag, axis=2)).sum(axis=2) for lag in range(last + 1)]
    apart = np.array([of[-1] - of[:-1].sum(axis=0) for of in at])
    apart[0] /= 2  # two of one day make one pair
    exposed = pd.DataFrame(apart.T, index=pd.Index(codes, dtype="str", name="code"))
    own = pairs.groupby(["code", "lag"]).size().unstack(fill_value=0)
    exposed -= own.reindex(index=exposed.index, columns=exposed.columns, fill_value=0)
    near, far = exposed.loc[:, :WINDOW].sum(axis=1), exposed.loc[:, PLACEBO[0] :].sum(axis=1)
    return exposed[(far > 0) & (far >= near)]


def scales(pairs: pd.DataFrame, exposed: pd.DataFrame, window: int) -> pd.Series:
    """Return, for each pair, how many within a window chance gives to one at placebo lags of its code."""
    near, far = exposed.loc[:, :window].sum(axis=1), exposed.loc[:, PLACEBO[0] :].sum(axis=1)
    found: pd.Series = pairs["code"].map(near / far).astype("float64")
    return found


def excess(pairs: pd.DataFrame, exposed: pd.DataFrame, window: int) -> Excess:
    """Return the pairs within a window beyond those expected by chance.

    What is expected is a weighted sum of counts: it varies as a count that is so many times as large
    (Fay & Feuer 1997). The pairs of one applicant and item come together, near ones also with far ones,
    so the interval is that of counts that vary ``φ`` times as much as Poisson counts: ``φ`` is the
    variance of the excess with applicants as clusters over that with each pair alone.

    Args:
        pairs: ``code``, ``applicant``, ``lag``, and what each counts for (``weight``; 1 without);
            those of codes that are not in ``exposed`` do not count.
        exposed: as ``exposure`` returns it, of one code at least.
        window: days.
    """
    pairs = pairs[pairs["code"].isin(exposed.index)]
    weight = pairs["weight"] if "weight" in pairs else pd.Series(1.0, index=pairs.index)
    inside, placebo = pairs["lag"] <= window, pairs["lag"] >= PLACEBO[0]
    near = weight.where(inside, 0.0)
    beside = (weight * scales(pairs, exposed, window)).where(placebo, 0.0)
    usual = float(weight.mean()) if len(weight) else 1.0
    over = exposed.loc[:, :window].to_numpy().sum() / exposed.loc[:, PLACEBO[0] :].to_numpy().sum()
    n, of_one = _as_counts(near, usual)
    m, of_other = _as_counts(beside, usual * float(over))
    dispersion = _dispersion(near - beside, pairs["applicant"])
    low, high = poisson_interval([n, m], dispersion)
    down = float(np.hypot(of_one * (n - low[0]), of_other * (high[1] - m)))
    up = float(np.hypot(of_one * (high[0] - n), of_other * (m - low[1])))
    found, expected = float(near.sum()), float(beside.sum())
    difference = found - expected
    p_value = 1.0
    if n + m:
        share = of_other / (of_one + of_other)
        p_value = float(more_than(n / dispersion, m / dispersion, share))
    return Excess(
        window, found, int(placebo.sum()), expected, difference - down, difference + up, p_value
    )


def _as_counts(parts: pd.Series, usual: float) -> tuple[float, float]:
    """Return a weighted sum of counts as a count and its weight, with the same mean and variance."""
    total, square = float(parts.sum()), float((parts**2).sum())
    return (total**2 / square, square / total) if total else (0.0, usual)


def _dispersion(parts: pd.Series, groups: pd.Series) -> float:
    """Return how many times as much a sum varies by groups as it would one by one."""
    alone = float((parts**2).sum())
    return float((parts.groupby(groups).sum() ** 2).sum()) / alone if alone else 1.0
