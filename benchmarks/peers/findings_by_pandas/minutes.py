"""Minutes in which a department closed many cases, and how many it closed around them."""

import numpy as np
import pandas as pd

BATCH = 10


def minutes(done: pd.DataFrame) -> pd.DataFrame:
    """Count the completed cases of each such minute, accepted in it or before, and of its hour."""
    done = done[done["closed_at"] != done["closed_on"]]
    minute = done["closed_at"].dt.floor("min").rename("minute")
    same = done["accepted_at"].dt.floor("min") == minute
    by = same.groupby([done["dept_code"], minute]).agg(["size", "sum"])
    by = pd.DataFrame({"n": by["size"], "same": by["sum"], "earlier": by["size"] - by["sum"]})
    found = by[by["n"] >= BATCH].reset_index().drop(columns="n")
    by = by.reset_index()
    hours = by.groupby(["dept_code", by["minute"].dt.floor("h")])[["same", "earlier"]].sum()
    hour = found["minute"].dt.floor("h")
    around = [
        hours.reindex(pd.MultiIndex.from_arrays([found["dept_code"], hour + step]), fill_value=0)
        for step in pd.to_timedelta([-1, 0, 1], unit="h")
    ]
    for name in ("same", "earlier"):
        found[f"{name}_hour"] = np.max([each[name].to_numpy() for each in around], axis=0)
    return found
