"""Bundles (一件事候选): pairs of items that the same applicants apply for within days.

Lift is how many times as often two items come together within a week as the same applicants' come
together at placebo lags: that some apply for much does not make a bundle. Placebo lags are scaled pair by
pair of items, by how many of their applications by others lie so far apart: that both are applied for in
one season does not make a bundle either.
"""

from typing import Any

import ibis
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems.duplicates.chance import PLACEBO
from analysis.problems.judging import FALSE_DISCOVERIES, benjamini_hochberg
from analysis.statistics.passes.counting import made_once, total

WINDOW = 7  # days
MOST = 50  # applications a year: who files more files for others
SUPPORT = 20  # applicants
LIFT = 2.0


def together(rows: Any) -> pd.DataFrame:
    """Count, for each pair of items, the applicants who applied for both.

    Args:
        rows: as ``applications`` returns them.

    Returns:
        ``item_code``, ``other_code`` (the later in order), ``near``: pairs of an applicant's
        applications within ``WINDOW`` days, ``far``: at placebo lags, ``applicants``: applicants
        with near ones; ``near_exposed`` and ``far_exposed``: pairs of applications by two
        applicants so far apart. Only pairs of items with ``SUPPORT`` of both or more, near and far:
        who kept those with many near ones would test what has been picked for being large.
    """
    codes = _codes(rows)
    with made_once(_applicants(rows)) as several, made_once(_days(rows, several, codes)) as once:
        frame: pd.DataFrame = _counted(once).to_pandas()
        by_day = once.group_by("item", "day").agg(n=once.count()).to_pandas()
    frame = frame.assign(**_exposed(frame, by_day))
    first, other = (codes[frame.pop(name)] for name in ("item", "other"))
    frame.insert(0, "item_code", first)
    frame.insert(1, "other_code", other)
    return frame.sort_values(["item_code", "other_code"], ignore_index=True)


def _codes(rows: Any) -> "pd.Index[str]":
    """Return the items that were applied for, in order: their places stand for them."""
    codes = rows.select("item_code").distinct().to_pandas()["item_code"]
    return pd.Index(sorted(map(str, codes.dropna())), dtype="str")


def _applicants(rows: Any) -> Any:
    """Return the applicants with several applications, but not too many, with a number each.

    Millions of pairs are joined and grouped, and numbers cost less than words. They go by order:
    whatever part of it an engine has to make again, it numbers the same.
    """
    times = rows.group_by("applicant_key").agg(times=rows.count())
    several = times.filter(times["times"].between(2, MOST))
    number = ibis.row_number().over(order_by=several["applicant_key"])
    return several.select("applicant_key", applicant=number.cast("int32"))


def _days(rows: Any, several: Any, codes: "pd.Index[str]") -> Any:
    """Return on which ``day`` an ``applicant`` applied for an ``item``, the place of its code."""
    places = np.arange(len(codes), dtype="int32")
    numbers = ibis.memtable(pd.DataFrame({"of_code": codes, "item": places}))
    # A left join stays first, while the codes still come in runs; an inner one would be put last.
    numbered = rows.left_join(numbers, rows["item_code"] == numbers["of_code"])
    days = numbered.select("applicant_key", "item", "day").inner_join(several, "applicant_key")
    return days.filter(days["item"].notnull()).select("applicant", "item", "day").distinct()


def _counted(once: Any) -> Any:
    other = once.select("applicant", other="item", other_day="day")
    both = once.inner_join(other, "applicant")
    lag = both["day"].delta(both["other_day"], unit="day").cast("int64").abs()
    both = both.mutate(near=lag <= WINDOW, far=lag.between(*PLACEBO))
    both = both.filter(both["item"] < both["other"], both["near"] | both["far"])
    counted = both.group_by(["item", "other"]).agg(
        near=total(both["near"]),
        far=total(both["far"]),
        applicants=both["applicant"].nunique(where=both["near"]),
    )
    return counted.filter(counted["near"] + counted["far"] >= SUPPORT)


def _exposed(pairs: pd.DataFrame, by_day: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Return how many pairs of applications for two items, by two applicants, lie near and far apart."""
    if pairs.empty:
        return {"near_exposed": np.zeros(0), "far_exposed": np.zeros(0)}
    on = pd.to_datetime(by_day["day"])
    day = (on - on.min()).dt.days.to_numpy(dtype="int64")
    n = np.zeros((int(by_day["item"].max()) + 1, int(day.max()) + 1))
    n[by_day["item"], day] = by_day["n"]
    apart = np.abs(np.subtract.outer(np.arange(n.shape[1]), np.arange(n.shape[1])))
    of_item: dict[Any, Any] = dict(pairs.groupby("item").indices)
    other = pairs["other"].to_numpy()
    bands = {"near": apart <= WINDOW, "far": (apart >= PLACEBO[0]) & (apart <= PLACEBO[1])}
    exposed = {}
    for name, band in bands.items():
        around, found = n @ band.astype(float), np.zeros(len(pairs))
        for item, places in of_item.items():
            found[places] = around[other[places]] @ n[item]
        exposed[f"{name}_exposed"] = found - pairs[name].to_numpy()  # less those by one applicant
    return exposed


def comparable(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of items of which placebo lags tell what chance would give.

    As for duplicates, there have to be at least as many chances there as within ``WINDOW``.
    """
    near, far = pairs["near_exposed"], pairs["far_exposed"]
    return pairs[(near > 0) & (far >= near)]


def candidates(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of items with ``expected``, ``lift``, ``adjusted_p`` and ``candidate``.

    Args:
        pairs: as ``together`` returns them, those that are ``comparable``.
    """
    from scipy.stats import binom

    scale = pairs["near_exposed"] / pairs["far_exposed"]
    p_values = binom.sf(pairs["near"] - 1, pairs["near"] + pairs["far"], scale / (1 + scale))
    found = pairs.assign(
        expected=scale * pairs["far"],
        # Nothing at placebo lags is taken for one pair there: a lift has to be a number.
        lift=pairs["near"] / (scale * pairs["far"].clip(lower=1)),
        adjusted_p=benjamini_hochberg(list(p_values)),
    )
    wanted = (found["lift"] >= LIFT) & (found["adjusted_p"] <= FALSE_DISCOVERIES)
    wanted &= found["applicants"] >= SUPPORT
    return found.assign(candidate=wanted).sort_values(
        ["candidate", "lift", "near"], ascending=False, kind="stable", ignore_index=True
    )
