"""Items applied for together, and how often two applicants' applications lie so far apart."""

import numpy as np
import pandas as pd

WINDOW, PLACEBO = 7, (31, 90)  # days
MOST = 50  # applications a year of one applicant
SUPPORT = 20


def together(cases: pd.DataFrame) -> pd.DataFrame:
    """Count the pairs of items that the same applicants applied for, near and far apart in time."""
    times = cases.groupby("applicant_key")["case_id"].transform("size")
    rows = cases.loc[times.between(2, MOST), ["applicant_key", "item_code", "day"]]
    rows = rows.drop_duplicates()
    both = rows.merge(rows, on="applicant_key", suffixes=("", "_other"))
    both = both[both["item_code"] < both["item_code_other"]]
    lag = (both["day"] - both["day_other"]).abs().dt.days
    keys = ["item_code", "item_code_other"]
    near = both[lag <= WINDOW].groupby(keys)["applicant_key"].agg(near="size", applicants="nunique")
    far = both[lag.between(*PLACEBO)].groupby(keys).size().rename("far")
    pairs = near.join(far, how="outer").fillna(0).astype("int64")
    pairs = pairs[pairs["near"] + pairs["far"] >= SUPPORT].reset_index()
    a_day = rows.groupby(["item_code", "day"]).size().rename("n").reset_index()
    return exposed(pairs, a_day).rename(columns={"item_code_other": "other_code"})


def exposed(pairs: pd.DataFrame, a_day: pd.DataFrame) -> pd.DataFrame:
    """Add how many pairs of applications by two applicants lie near and far apart.

    Args:
        pairs: ``item_code``, ``item_code_other``, ``near`` and ``far``.
        a_day: ``item_code``, ``day`` and ``n`` applications.
    """
    days = pd.date_range(a_day["day"].min(), a_day["day"].max())
    wide = a_day.pivot(index="item_code", columns="day", values="n")
    wide = wide.reindex(columns=days).fillna(0)
    apart = np.abs(np.subtract.outer(np.arange(len(days)), np.arange(len(days))))
    first, other = (
        wide.index.get_indexer(pairs[name]) for name in ("item_code", "item_code_other")
    )
    n = wide.to_numpy(dtype=float)
    bands = {"near": apart <= WINDOW, "far": (apart >= PLACEBO[0]) & (apart <= PLACEBO[1])}
    for name, band in bands.items():
        among = n @ band.astype(float) @ n.T
        pairs[f"{name}_exposed"] = among[first, other] - pairs[name]
    return pairs
