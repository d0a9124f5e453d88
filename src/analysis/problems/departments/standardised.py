"""Standardised ratios (间接标准化比): events over those that a department's mix of cases would bring.

The rates are those of all other departments, item by item or kind by kind, so that a department of 40 %
of the volume is not held against itself. Items of one department differ among themselves more than
chance lets them; intervals allow for as much (over-dispersion, Spiegelhalter 2005).
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.problems.departments.dispersion import concentration, unlikeness
from analysis.problems.departments.reference import against_others
from analysis.problems.judging import FALSE_DISCOVERIES, benjamini_hochberg
from analysis.problems.poisson import more_than, ratio_interval

LEAST_EXPECTED = 1.0  # events: with fewer nothing can be said of a department
COLUMNS = [
    *("n", "events", "expected", "beside", "crude", "ratio", "low", "high", "p_value"),
    *("adjusted_p", "verdict", "turned_p", "reference", "dispersion"),
]


def standardised(counts: pd.DataFrame) -> pd.DataFrame:
    """Compare each department with all others, within items or kinds of cases.

    A department far off would move what the others are held against: the one farthest off is taken
    out of the reference, and again, until nobody outside is left in it (at most a third).

    Args:
        counts: as ``strata.strata`` returns them.

    Returns:
        By ``dept_code``: ``n`` cases, ``events``, both in strata that others have enough of;
        ``expected`` events, ``beside``, the events that the expectation rests on; ``crude`` ratio
        of the rates, ``ratio``, the standardised one (infinite where the others have no event),
        with its 95 % interval ``low`` to ``high``; ``p_value`` (two-sided) and ``adjusted_p`` over
        the departments; ``verdict``: 1 above, -1 below, 0 neither; ``turned_p``, of both ratios
        lying on their side of 1 by chance, 1 where they lie on the same; ``reference``, whether
        others are held against it; ``dispersion``, how many times as much as a Poisson count its
        events are taken to vary. Departments that would have less than one event if all rates were
        alike are left out.
    """
    out: list[str] = []
    most = counts["dept_code"].nunique() // 3
    table = _against(counts, out)
    among = table.index
    while True:
        outside = table[(table["verdict"] != 0) & ~table.index.isin(out)]
        if outside.empty or len(out) >= most:
            return table
        distance = (outside["events"] - outside["expected"]).abs() / outside["expected"] ** 0.5
        out.append(str(distance.index[int(distance.argmax())]))
        table = _against(counts, out, among)


def _against(counts: pd.DataFrame, out: list[str], among: pd.Index | None = None) -> pd.DataFrame:
    """Compare departments with all others but some: those ``among`` which it can be said of."""
    rows = against_others(counts, out)
    strata = rows.groupby(["dept_code", "stratum"])
    own = strata[["n", "events"]].sum().join(strata[["rest_n", "rest_events"]].first())
    times = own["n"] / own["rest_n"]
    own["expected"] = times * own["rest_events"]
    own["alike"] = (own["events"] + own["rest_events"]) * times / (1 + times)
    of_others = own[["expected", "alike"]].mul(times, axis=0).add_prefix("times_")
    table = own.join(of_others).groupby("dept_code").sum()
    some = table["alike"] >= LEAST_EXPECTED if among is None else table.index.isin(among)
    table = table[some].astype(float)
    table["ratio"] = table["events"] / table["expected"]
    # How many cases stand against one of the others', weighed by the events expected; where the others
    # have none, by those expected were all rates alike; where nobody has any, not weighed.
    times = table["times_expected"] / table["expected"]
    times = times.fillna(table["times_alike"] / table["alike"]).fillna(table["n"] / table["rest_n"])
    table["beside"] = table["expected"] / times
    table["reference"] = ~table.index.isin(out)
    return _judged(table, times, rows)


def _judged(table: pd.DataFrame, times: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    tau2, shares = unlikeness(rows), concentration(rows).reindex(table.index)
    # All cases of the same departments together, item and kind left out.
    kept = table[["n", "events"]].mul(table["reference"].astype(int), axis=0)
    rest = kept.sum() - kept
    whole = table["n"] / rest["n"]
    crude = whole * rest["events"]
    table["crude"] = table["events"] / crude
    squares = kept["events"] ** 2 * shares
    of_rest = tau2 * (squares.sum() - squares) / rest["events"].clip(lower=1) ** 2

    def tested(expected: pd.Series, beside: pd.Series, times: pd.Series) -> tuple[Any, Any, Any]:
        # Each count varies so many times as much as a Poisson count.
        own, others = (
            1 + tau2 * np.maximum(table["events"], expected) * shares,
            1 + of_rest * beside,
        )
        x, m, scale = table["events"] / own, beside / others, own / (others * times)
        low, high = ratio_interval(x, m)
        above = more_than(x, m, 1 / (1 + scale))
        return own, (low * scale, high * scale), np.minimum(2 * np.minimum(above, 1 - above), 1.0)

    table["dispersion"], ends, table["p_value"] = tested(table["expected"], table["beside"], times)
    table["low"], table["high"] = ends
    turned = np.sign(table["crude"] - 1) * np.sign(table["ratio"] - 1) < 0
    crude_p = tested(crude, rest["events"], whole)[2]
    table["turned_p"] = np.maximum(table["p_value"], crude_p).where(turned, 1.0)
    table["adjusted_p"] = benjamini_hochberg(list(table["p_value"]))
    table["verdict"] = verdicts(table)
    return table[COLUMNS]


def verdicts(table: pd.DataFrame) -> pd.Series:
    """Return 1 above, -1 below, 0 neither, by the adjusted p values."""
    outside = table["adjusted_p"] <= FALSE_DISCOVERIES
    side: pd.Series = np.sign(table["ratio"] - 1).fillna(0).astype(int)
    return side.where(outside, 0)
