"""Compression (压缩幅度) and what goes with it, among commitment cases, each case counting once."""

import pandas as pd

from analysis.problems.squeeze.months import quantile

FIFTHS = 5


def quintiles(done: pd.DataFrame) -> pd.DataFrame:
    """Compare the fifths of the cases by how far their promise undercuts the statutory limit.

    Args:
        done: closed courses, as ``months.marked`` returns them.

    Returns:
        One row per fifth (1, least compressed, to 5): ``n`` cases, ``in_time`` and ``hugged``, those
        of them closed within the promise and at its end; ``compression`` on average, ``p50`` working
        days, in per cent the shares ``hugging`` and, were the time used evenly, ``evenly`` of those
        in time, and ``late`` of all. Cases of one compression stay together, so fifths are of
        unequal size; fewer than five where few values differ.
    """
    there = done[done["statutory"] > 0]
    compression = 1 - there["promised"] / there["statutory"]
    ordered = there.assign(compression=compression).sort_values("compression", kind="stable")
    by = ordered.groupby("compression")["n"].sum()
    middle = by.cumsum() - by / 2
    fifth = (FIFTHS * middle / by.sum()).astype("int64").clip(upper=FIFTHS - 1) + 1
    ordered = ordered.assign(fifth=ordered["compression"].map(fifth))
    in_time = ordered["n"] * ~ordered["late"]

    def total(values: pd.Series) -> pd.Series:
        return values.groupby(ordered["fifth"]).sum()

    n, kept, hugged = total(ordered["n"]), total(in_time), total(ordered["hugging"] * ordered["n"])
    return pd.DataFrame(
        {
            "n": n,
            "in_time": kept,
            "hugged": hugged,
            "compression": total(ordered["compression"] * ordered["n"]) / n,
            "p50": quantile(ordered, ["fifth"], 0.5),
            "hugging": 100 * hugged / kept,
            "evenly": 100 * total(ordered["evenly"] * in_time) / kept,
            "late": 100 * (1 - kept / n),
        }
    ).reset_index()
