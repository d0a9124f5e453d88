"""Courses of commitment cases: by department, item, months, limits and working days."""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.tables.calendar import china

from .rows import licences, of_year

STOPS = ["stopped_days_art45", "stopped_days_other"]
COLUMNS = [
    "dept_code", "item_code", "case_type", "accepted_at", "closed_at", "outcome", "statutory_days",
    "promised_days", "extended_days", *STOPS, "supp_rounds",
]  # fmt: skip
KEYS = [
    "dept_code", "item_code", "accepted_month", "accepted_before", "closed_month", "statutory",
    "promised", "allowed", "days",
]  # fmt: skip


def courses(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Count the commitment cases that were accepted or closed in the year, or open in it."""
    cases = licences(folder, "cases", COLUMNS)
    cases = cases[(cases["case_type"] == "2") & (cases["outcome"] != "deleted")]
    end = pd.Timestamp(year + 1, 1, 1)
    accepted, closed = (cases[at].where(cases[at] < end) for at in ("accepted_at", "closed_at"))
    inside = closed.isna() | of_year(closed, year) | of_year(accepted, year)
    cases, accepted, closed = (
        rows[accepted.notna() & inside] for rows in (cases, accepted, closed)
    )
    numbers = china().frame().set_index("date")
    first = numbers["start_no"].reindex(accepted.dt.normalize()).to_numpy()
    last = numbers["end_no"].reindex(closed.dt.normalize()).to_numpy()
    promised = cases["promised_days"]
    stops = cases[STOPS].fillna(0).sum(axis=1)
    counted = cases[["dept_code", "item_code"]].assign(
        accepted_month=accepted.dt.month.where(of_year(accepted, year), 0),
        accepted_before=accepted.dt.month.where(of_year(accepted, year - 1), 0),
        closed_month=closed.dt.month.where(of_year(closed, year), 0).astype("int64"),
        statutory=np.floor(cases["statutory_days"]),
        promised=np.floor(promised),
        allowed=np.floor(promised + cases["extended_days"].fillna(0) + stops),
        days=(last - first).clip(min=0),
        supplemented=cases["supp_rounds"] > 0,
    )
    by = counted.groupby(KEYS, dropna=False)["supplemented"].agg(["size", "sum"])
    return {"courses": by.set_axis(["n", "supplemented"], axis=1).reset_index()}
