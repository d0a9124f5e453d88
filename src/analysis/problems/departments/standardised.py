"""Standardised ratios (间接标准化比): events over those that a department's mix of cases would bring.

The rates are those of all other departments, stratum by stratum, so that a department of 40 % of the
volume is not held against itself. Items of one department differ among themselves more than chance lets
them; intervals allow for as much (over-dispersion, Spiegelhalter 2005).
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.problems.judging import FALSE_DISCOVERIES, benjamini_hochberg
from analysis.problems.poisson import more_than, ratio_interval

LEAST_EXPECTED = 1.0  # events: with fewer nothing can be said of a department
LEAST_OF_ITEM = 0.5  # events expected of an item that tells how items differ


def standardised(counts: pd.DataFrame) -> pd.DataFrame:
    """Compare each department with all others, within strata.

    A department far off would move what the others are held against: the one farthest off is taken
    out of the reference, and again, until nobody outside is left in it (at most a third).

    Args:
        counts: as ``strata.strata`` returns them.

    Returns:
        By ``dept_code``: ``n`` cases, ``events``, both in strata that others have too;
        ``expected`` events, ``beside``, the events that the expectation rests on; ``crude`` ratio
        of the rates, ``ratio``, the standardised one, with its 95 % interval ``low`` to ``high``;
        ``p_value`` (two-sided) and ``adjusted_p`` over the departments; ``verdict``: 1 above, -1
        below, 0 neither; ``dispersion``, the factor that intervals allow for. Departments with less
        than one expected event are left out.
    """
    out: list[str] = []
    most = counts["dept_code"].nunique() // 3
    while True:
        table = _against(counts, out)
        outside = table[(table["verdict"] != 0) & ~table.index.isin(out)]
        if outside.empty or len(out) >= most:
            return table
        distance = (outside["events"] - outside["expected"]).abs() / outside["expected"] ** 0.5
        out.append(str(distance.index[int(distance.argmax())]))


def _against(counts: pd.DataFrame, out: list[str]) -> pd.DataFrame:
    """Compare each department with all others but some."""
    own = counts.groupby(["dept_code", "stratum"])[["n", "events"]].sum()
    kept = own[~own.index.get_level_values("dept_code").isin(out)]
    all_of = kept.groupby("stratum").sum().reindex(own.index.get_level_values("stratum"))
    rest = all_of.set_axis(own.index).fillna(0).sub(kept.reindex(own.index, fill_value=0))
    there = rest["n"] > 0
    own, rest = own[there], rest[there]
    sums = pd.DataFrame(
        {
            "n": own["n"],
            "events": own["events"],
            "expected": own["n"] * rest["events"] / rest["n"],
            "variance": own["n"] ** 2 * rest["events"] / rest["n"] ** 2,
        }
    )
    table = sums.groupby("dept_code").sum()
    table = table[table["expected"] >= LEAST_EXPECTED]
    table["beside"] = table["expected"] ** 2 / table["variance"]
    table["ratio"] = table["events"] / table["expected"]
    crude = counts.groupby("dept_code")[["n", "events"]].sum()
    others = crude.sum() - crude
    raw = (crude["events"] / crude["n"]) / (others["events"] / others["n"])
    table["crude"] = raw.reindex(table.index)
    return _judged(table, dispersion(counts, rest, table["ratio"]))


def dispersion(counts: pd.DataFrame, rest: pd.DataFrame, ratio: pd.Series) -> float:
    """Return how many times as much as Poisson counts the items of a department vary; 1 at least.

    Pearson's statistic over its degrees of freedom, each department having its own level.
    """
    rates = (rest["events"] / rest["n"]).rename("rate").reset_index()
    items = counts.merge(rates, on=["dept_code", "stratum"])
    items["expected"] = items["n"] * items["rate"] * items["dept_code"].map(ratio.astype("float64"))
    of_item = items.groupby(["dept_code", "item_code"])[["events", "expected"]].sum()
    of_item = of_item[of_item["expected"] >= LEAST_OF_ITEM]
    free = len(of_item) - of_item.index.unique("dept_code").size
    if free < 1:
        return 1.0
    squares = (of_item["events"] - of_item["expected"]) ** 2 / of_item["expected"]
    return max(1.0, float(squares.sum()) / free)


def _judged(table: pd.DataFrame, factor: float) -> pd.DataFrame:
    events, beside = table["events"] / factor, table["beside"] / factor
    expected = table["expected"] / factor
    low, high = ratio_interval(events, beside)
    scale: Any = beside / expected
    table["low"], table["high"] = low * scale, high * scale
    above = more_than(events, beside, expected / (expected + beside))
    table["p_value"] = np.minimum(2 * np.minimum(above, 1 - above), 1.0)
    table["adjusted_p"] = benjamini_hochberg(list(table["p_value"]))
    outside = table["adjusted_p"] <= FALSE_DISCOVERIES
    table["verdict"] = np.sign(table["ratio"] - 1).astype(int).where(outside, 0)
    return table.assign(dispersion=factor).drop(columns="variance")
