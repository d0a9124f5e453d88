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
        below, 0 neither; ``reference``, whether others are held against it; ``dispersion``, how many
        times as much as a Poisson count its events are taken to vary. Departments with less than
        one expected event are left out.
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
    # The same cases without their strata, against the same departments.
    whole = own.groupby("dept_code").sum()
    kept_whole = whole[~whole.index.isin(out)]
    others = kept_whole.sum() - kept_whole.reindex(whole.index, fill_value=0)
    raw = (whole["events"] / whole["n"]) / (others["events"] / others["n"])
    table["crude"] = raw.reindex(table.index)
    table["reference"] = ~table.index.isin(out)
    return _judged(table, *unlikeness(counts, rest))


def unlikeness(counts: pd.DataFrame, rest: pd.DataFrame) -> tuple[float, pd.Series]:
    """Return how unlike the items of one department are, and how few large ones it has.

    An item's events vary as a Poisson count of expectation ``e``, and its level as one of variance
    ``tau2`` beside: together by ``e + tau2 e²``. Within a department, whose own level is taken from
    its events, the squares of the differences give ``tau2`` by moments, pooled.

    Returns:
        ``tau2``, and by ``dept_code`` the sum of the squared shares of its items.
    """
    rates = (rest["events"] / rest["n"]).rename("rate")
    rate = counts.join(rates, on=["dept_code", "stratum"])["rate"]
    items = counts.assign(expected=counts["n"] * rate)[rate.notna()]
    items = items.groupby(["dept_code", "item_code"])[["events", "expected"]].sum()
    of = items.groupby("dept_code").transform("sum")
    share = (items["expected"] / of["expected"]).fillna(0.0)
    squared = (share**2).groupby("dept_code").sum()
    level = share * of["events"]
    some = level >= LEAST_OF_ITEM
    level, share, events = level[some], share[some], items["events"][some]
    together = squared.reindex(share.index.get_level_values("dept_code")).to_numpy()
    surplus = float(((events - level) ** 2 / level - (1 - share)).sum())
    room = float((level * (1 - 2 * share + together)).sum())
    return (max(0.0, surplus / room) if room > 0 else 0.0), squared


def _judged(table: pd.DataFrame, tau2: float, squared: pd.Series) -> pd.DataFrame:
    # Each count varies so many times as much as a Poisson count.
    own = 1 + tau2 * table[["events", "expected"]].max(axis=1) * squared.reindex(table.index)
    others = 1 + tau2 * table["beside"] * _concentration(table, squared)
    events, expected = table["events"] / own, table["expected"] / own
    beside = table["beside"] / others
    low, high = ratio_interval(events, beside)
    scale: Any = beside / expected
    table["low"], table["high"] = low * scale, high * scale
    above = more_than(events, beside, expected / (expected + beside))
    table["p_value"] = np.minimum(2 * np.minimum(above, 1 - above), 1.0)
    table["adjusted_p"] = benjamini_hochberg(list(table["p_value"]))
    outside = table["adjusted_p"] <= FALSE_DISCOVERIES
    table["verdict"] = np.sign(table["ratio"] - 1).astype(int).where(outside, 0)
    return table.assign(dispersion=own).drop(columns="variance")


def _concentration(table: pd.DataFrame, squared: pd.Series) -> pd.Series:
    """Return the sum of the squared shares of the items of all other departments together."""
    kept = table["reference"] * table["events"]
    squares = kept**2 * squared.reindex(table.index)
    return (squares.sum() - squares) / (kept.sum() - kept).clip(lower=1) ** 2
