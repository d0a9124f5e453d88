"""Months (部门逐月): flow and stock of commitment cases, and how they were closed."""

import numpy as np
import pandas as pd

from analysis.problems.courses import closed, courses
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.staffing import MONTHS

LAST_PART = 0.1  # of the time allowed: who closes in it hugs the deadline
LEAST_PROMISE = 2  # working days: of one day every day is the last


def by_month(grounds: Grounds) -> pd.DataFrame:
    """Return the monthly figures of each department's commitment cases.

    Returns:
        One row per ``dept_code`` and ``month``: ``accepted``, ``closed``, ``open`` at the month's
        end; of the closed ones ``hugging``, ``late``, ``supplemented``, ``of`` (those that have a
        promised limit). Without promised limits what concerns the closed ones is null.
    """
    counts = grounds.once(courses)
    index = pd.MultiIndex.from_product(
        [sorted(counts["dept_code"].unique()), MONTHS], names=["dept_code", "month"]
    )
    table = pd.DataFrame(index=index)
    for moment in ("accepted", "closed"):
        flow = counts[counts[f"{moment}_month"] > 0]
        by = flow.groupby(["dept_code", f"{moment}_month"])["n"].sum()
        table[moment] = by.reindex(index, fill_value=0)
    before = counts[counts["accepted_month"] == 0].groupby("dept_code")["n"].sum()
    opening = before.reindex(index.get_level_values("dept_code")).fillna(0).to_numpy()
    change = (table["accepted"] - table["closed"]).groupby("dept_code").cumsum()
    table["open"] = (change + opening).astype("int64")
    return table.join(_of_closed(marked(closed(counts)))).reset_index()


def marked(done: pd.DataFrame) -> pd.DataFrame:
    """Mark closed courses that are ``late`` by their promise, or ``hugging`` it.

    ``evenly`` is the share of them that would hug it were each working day of the time allowed as
    likely as the others to be the day of closing: the shorter the promise, the more of its days are
    its last ones. Null where the promise is too short to tell its last day from the others.
    """
    late, known = done["margin"] < 0, done["promised"] >= LEAST_PROMISE
    most = LAST_PART * done["allowed"]  # margin at which the last part begins; 0 is the last day
    last = (done["margin"] == 0) | (done["margin"] <= most)
    evenly = (np.floor(most) + 1) / done["allowed"].where(known)
    return done.assign(late=late, hugging=last & ~late & known, evenly=evenly)


def quantile(done: pd.DataFrame, keys: list[str], share: float) -> pd.Series:
    """Return the working days within which a share of the cases was closed, by keys."""
    ordered = done.sort_values([*keys, "days"])
    by = ordered.groupby(keys)["n"]
    reached = by.cumsum() >= share * by.transform("sum")
    return ordered[reached].groupby(keys)["days"].first()


def _of_closed(done: pd.DataFrame) -> pd.DataFrame:
    done = done.rename(columns={"closed_month": "month"})
    parts = {name: done[name] * done["n"] for name in ("hugging", "late")}
    counted = done.assign(**parts, of=done["n"])
    return counted.groupby(["dept_code", "month"])[[*parts, "of", "supplemented"]].sum()
