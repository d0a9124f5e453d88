"""Answers (回答) on what is entered twice, submitted again, or applied for together."""

import pandas as pd

from analysis.problems.duplicates.beyond import NO_APPLICATIONS, NO_PLACEBO, listed
from analysis.problems.duplicates.bundles import SUPPORT, candidates, comparable
from analysis.problems.duplicates.counted import counted
from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.judging import p_texts
from analysis.problems.shares import TOP, share
from analysis.statistics.facts import item_names


def entered_twice(grounds: Grounds) -> Answer:
    """Return the share of applications that staff entered a second time, by system."""
    by = grounds.once(counted).daily.groupby("system", dropna=False)
    table = by[["n", "rekeyed"]].sum().reset_index()
    shown = table[table["rekeyed"] > 0].sort_values("rekeyed", ascending=False, kind="stable")
    shown = shown.assign(rate=(100 * shown["rekeyed"] / shown["n"]).round(2))
    return share(
        int(table["rekeyed"].sum()),
        int(table["n"].sum()),
        ("二次录入", "申请人标识已知的申请"),
        evidence=listed(shown, ["系统", "申请", "二次录入", "占比(%)"]),
    )


def submitted_again(grounds: Grounds) -> Answer:
    """Return the share of applications that repeat one that had failed, by code."""
    of = grounds.once(counted)
    table, counts = of.resubmitted, of.daily
    shown = table.sort_values("n", ascending=False, kind="stable")
    names = _names(grounds)
    shown.insert(0, "name", [names.get(code, "未入目录") for code in shown["code"]])
    return share(
        int(table["n"].sum()),
        int(counts["n"].sum()),
        ("重新提交", "申请人标识已知的申请"),
        evidence=listed(shown, ["事项", "基本编码", "重新提交(件)"]),
    )


def _names(grounds: Grounds) -> dict[str, str]:
    """Return the name of what applications are known by: a code that items share, or the item's own."""
    items = grounds.year.items
    codes = [column for column in ("item_code", "catalog_code") if column in items]
    return {str(code): name for column in codes for code, name in item_names(items, column).items()}


def bundled(grounds: Grounds) -> Answer:
    """Return how many pairs of items are applied for together."""
    if grounds.once(counted).daily.empty:
        return Answer(None, reason=NO_APPLICATIONS)
    together = grounds.once(counted).together
    among = comparable(together)
    left_out = len(together) - len(among)
    if among.empty and left_out:
        return Answer(None, reason=NO_PLACEBO)
    found = candidates(among)
    names = item_names(grounds.year.items)
    chosen = found[found["candidate"]].head(TOP)
    table = pd.DataFrame(
        {
            "事项": names.reindex(chosen["item_code"]).to_numpy(),
            "另一事项": names.reindex(chosen["other_code"]).to_numpy(),
            "申请人": chosen["applicants"],
            "7日内(对)": chosen["near"],
            "按偶然应有": chosen["expected"].round(1),
            "提升度": chosen["lift"].round(1),
            "校正后的p值": p_texts(chosen["adjusted_p"]),
        }
    )
    return Answer(
        float(found["candidate"].sum()),
        counts=(
            ("一并检验的事项对", len(found)),
            (
                f"其中一周内有{SUPPORT}位以上申请人同时申请的",
                int((found["applicants"] >= SUPPORT).sum()),
            ),
            ("没有足够的31—90日间隔可对照的事项对(未检验)", left_out),
        ),
        evidence=table.reset_index(drop=True),
    )
