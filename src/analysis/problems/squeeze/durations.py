"""Durations (用时) of a department's months, what the months' items take being held equal."""

import numpy as np
import pandas as pd

CLOSE = 1e-9  # relative change at which the months' durations stand
MOST_ROUNDS = 2_000


def durations(started: pd.DataFrame) -> pd.Series:
    """Return how long cases of each department's months take, item by item alike.

    The days of the cases of one item and month are taken as the item's usual days times the month's
    factor: a Poisson regression with both as fixed effects, which are found in turns (iterative
    proportional fitting). Held against an item's plain mean of the year instead, an item of busy
    months alone would be usual whatever it takes. Months are compared through items they share,
    over others if need be: of a department the months that hang together so and have the most
    cases are returned.

    Args:
        started: courses with ``dept_code``, ``item_code``, ``month``, ``days`` taken (null while
            open) and ``n``.

    Returns:
        By ``dept_code`` and ``month``; only quotients within one department mean anything.
    """
    cells = _cells(started)
    item = cells.groupby(["dept_code", "item_code"]).ngroup().to_numpy()
    month, months = pd.factorize(pd.MultiIndex.from_frame(cells[["dept_code", "month"]]))
    days, n = cells["days"].to_numpy(), cells["n"].to_numpy()
    factor = np.ones(len(months))
    for _ in range(MOST_ROUNDS if len(cells) else 0):
        usual = np.bincount(item, days) / np.bincount(item, n * factor[month])
        next_factor = np.bincount(month, days) / np.bincount(month, n * usual[item])
        stands = np.allclose(next_factor, factor, rtol=CLOSE, atol=0)
        factor = next_factor
        if stands:
            break
    index = pd.MultiIndex.from_tuples(list(months), names=["dept_code", "month"])
    return pd.Series(factor, index=index)


def _cells(started: pd.DataFrame) -> pd.DataFrame:
    """Return ``days`` and ``n`` by department, item and month, of what can be compared."""
    done = started[started["days"].notna()]
    done = done.assign(days=done["days"].astype("float64") * done["n"])
    keys = ["dept_code", "item_code", "month"]
    cells = done.groupby(keys)[["days", "n"]].sum().reset_index().astype({"n": "float64"})
    # What always takes no day at all says nothing of the months.
    cells = cells[cells.groupby(keys[:2])["days"].transform("sum") > 0]
    if cells.empty:
        return cells
    cells = cells.assign(part=_parts(cells))
    of_part = cells.groupby("part")["n"].transform("sum")
    largest = of_part.groupby(cells["dept_code"]).transform("max")
    first = cells["part"].where(of_part == largest).groupby(cells["dept_code"]).transform("min")
    return cells[cells["part"] == first]


def _parts(cells: pd.DataFrame) -> np.ndarray:
    """Number the parts of each department's items and months that hang together."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    item = cells.groupby(["dept_code", "item_code"]).ngroup().to_numpy()
    month = cells.groupby(["dept_code", "month"]).ngroup().to_numpy() + item.max() + 1
    nodes = int(month.max()) + 1
    graph = coo_array((np.ones(len(cells)), (item, month)), shape=(nodes, nodes))
    return np.asarray(connected_components(graph, directed=False)[1][item])
