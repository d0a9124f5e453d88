"""Handlers (经办人): how many cases each has closed, where nothing is known of staff but who did what."""

import pandas as pd

from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.shares import TOP, with_names
from analysis.statistics.passes.counting import total
from analysis.tables.codes.catalogue import IMMEDIATE

BESIDE = "同一批经办人还办结即办件 {:,} 件,人均 {:,.0f} 件,不在本数之内:只看本数会低估其工作量"
NOBODY = "数据不足:没有经办人已知的办结件(即办件不计)"


def handled(grounds: Grounds) -> pd.DataFrame:
    """Count the cases completed in the year by who handled them.

    Returns:
        ``dept_code`` (empty where unknown), ``handler_key``, ``n`` and, apart, the ``immediate`` ones
        of whoever handled others too; sorted.
    """
    rows = grounds.completed()
    rows = rows.filter(rows["handler_key"].notnull())
    keys = {"dept_code": rows["dept_code"].fill_null(""), "handler_key": rows["handler_key"]}
    immediate = rows["case_type"].fill_null("") == IMMEDIATE
    sums = {"n": total(~immediate), "immediate": total(immediate)}
    counted: pd.DataFrame = rows.group_by(**keys).agg(**sums).to_pandas()
    return counted[counted["n"] > 0].sort_values(list(keys), ignore_index=True)


def per_handler(grounds: Grounds) -> Answer:
    """Return how many cases a handler has closed on average, by department.

    Who handled cases of several departments is one handler of each, and one of the place.
    """
    counts = handled(grounds)
    if counts.empty:
        return Answer(None, reason=NOBODY)
    by = counts.groupby("dept_code").agg(
        handlers=("handler_key", "nunique"), n=("n", "sum"), immediate=("immediate", "sum")
    )
    by.insert(2, "mean", (by["n"] / by["handlers"]).round(1))
    by = by.sort_values("mean", ascending=False, kind="stable").head(TOP)
    people = int(counts["handler_key"].nunique())
    done, at_once = (int(counts[name].sum()) for name in ("n", "immediate"))
    stock = grounds.facts.coded_rows("open_at_end")
    waiting = int(stock.loc[stock["case_type"] != IMMEDIATE, "n"].sum())
    heads = ["经办人", "办结", "人均办结", "同一批人办结的即办件"]
    return Answer(
        done / people,
        counts=(("办结", done), ("经办人", people), ("截止日在办", waiting)),
        comparison=(BESIDE.format(at_once, at_once / people),) if at_once else (),
        evidence=with_names(by.set_axis(heads, axis=1), grounds),
    )
