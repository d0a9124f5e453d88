"""Handlers (经办人): how many cases each has closed, where nothing is known of staff but who did what."""

import pandas as pd

from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.shares import TOP, with_names
from analysis.tables.codes import IMMEDIATE

NOBODY = "数据不足:没有经办人已知的办结件(即办件不计)"


def handled(grounds: Grounds) -> pd.DataFrame:
    """Count the cases completed in the year by who handled them; immediate ones are left out.

    Returns:
        ``dept_code`` (empty where unknown), ``handler_key``, ``n``; sorted.
    """
    rows = grounds.completed()
    rows = rows.filter(rows["handler_key"].notnull(), rows["case_type"].fill_null("") != IMMEDIATE)
    keys = {"dept_code": rows["dept_code"].fill_null(""), "handler_key": rows["handler_key"]}
    counted: pd.DataFrame = rows.group_by(**keys).agg(n=rows.count()).to_pandas()
    return counted.sort_values(list(keys), ignore_index=True)


def per_handler(grounds: Grounds) -> Answer:
    """Return how many cases a handler has closed on average, by department.

    Who handled cases of several departments is one handler of each, and one of the place.
    """
    counts = handled(grounds)
    if counts.empty:
        return Answer(None, reason=NOBODY)
    by = counts.groupby("dept_code").agg(handlers=("handler_key", "nunique"), n=("n", "sum"))
    by["mean"] = (by["n"] / by["handlers"]).round(1)
    by = by.sort_values("mean", ascending=False, kind="stable").head(TOP)
    people, done = int(counts["handler_key"].nunique()), int(counts["n"].sum())
    stock = grounds.facts.coded_rows("open_at_end")
    waiting = int(stock.loc[stock["case_type"] != IMMEDIATE, "n"].sum())
    return Answer(
        done / people,
        counts=(("办结", done), ("经办人", people), ("截止日在办", waiting)),
        evidence=with_names(by.set_axis(["经办人", "办结", "人均办结"], axis=1), grounds),
    )
