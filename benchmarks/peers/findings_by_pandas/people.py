"""Who handled cases, and how applicants rated."""

from pathlib import Path

import pandas as pd

from .rows import completed, licences, of_year

HANDLED = [
    "item_code", "dept_code", "case_type", "handler_key", "submitted_at", "accepted_at",
    "closed_at", "outcome",
]  # fmt: skip
RATED = ["item_code", "dept_code", "is_default", "evaluated_at", "satisfaction", "tags"]
BATCH = 5


def handled(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Count the completed cases of each handler in each department, immediate ones apart."""
    cases = licences(folder, "cases", HANDLED)
    cases = cases[completed(cases, year) & cases["handler_key"].notna()]
    immediate = cases["case_type"] == "1"
    cases = cases.assign(dept_code=cases["dept_code"].fillna(""), immediate=immediate, n=~immediate)
    counted = cases.groupby(["dept_code", "handler_key"])[["n", "immediate"]].sum()
    return {"handled": counted[counted["n"] > 0].reset_index()}


def rated(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Count ratings that came in batches, and bad ones by their tags."""
    rows = licences(folder, "evaluations", RATED)
    rows = rows[of_year(rows["evaluated_at"], year)]
    bad = rows[rows["satisfaction"].isin(["4", "5"]) & (rows["tags"].fillna("") != "")]
    own = rows[~rows["is_default"].fillna(False).astype(bool)]
    second = own["evaluated_at"].dt.floor("s").rename("second")
    n = own.groupby([own["dept_code"].fillna(""), second]).size()
    counts = pd.DataFrame({"own": n, "batched": n.where(n >= BATCH, 0), "batches": n >= BATCH})
    by = counts.groupby("dept_code")
    return {
        "batches": by.sum().assign(largest=by["own"].max()).reset_index(),
        "tags": bad.groupby("tags").size().rename("n").reset_index(),
    }
