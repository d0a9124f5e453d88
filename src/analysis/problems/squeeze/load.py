"""Load and duration (工作量与用时): does a department take longer in months of higher load?

Compared are months of one department with each other, never departments: what they do differs. Months
that are longer for all are taken out as well. That load is the cause does not follow.
"""

import pandas as pd

from analysis.problems.clustered import Design, Estimate, dummies
from analysis.problems.courses import courses
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.months import load
from analysis.problems.squeeze.staffing import MONTHS

STILL_OPEN = 2  # months before the cut-off whose cases may not all be closed yet
LEAST_CASES = 20  # commitment cases a month, on average
LEAST_DEPARTMENTS = 8  # with fewer clusters an interval does not hold what it promises
LEAST_MONTHS = 3


def department_months(grounds: Grounds) -> pd.DataFrame:
    """Return relative load and duration by department and month of acceptance.

    Returns:
        ``dept_code``, ``month``; ``load``, accepted commitment cases per full-time day over the
        department's mean of the year; ``taken``, working days taken over what the same items take
        on average. Months whose cases may still be open are left out, and departments with few
        cases.
    """
    counts = grounds.once(courses)
    started = counts[counts["accepted_month"] > 0].rename(columns={"accepted_month": "month"})
    accepted = started.groupby(["dept_code", "month"])["n"].sum()
    whole = pd.MultiIndex.from_product(
        [accepted.index.unique("dept_code"), MONTHS], names=["dept_code", "month"]
    )
    accepted = accepted.reindex(whole, fill_value=0)
    relative = load(grounds, accepted)
    relative = relative / relative.groupby("dept_code").transform("mean")
    taken = _taken(started[started["month"] <= grounds.year.cutoff.month - STILL_OPEN])
    table = pd.DataFrame({"load": relative, "taken": taken}).dropna()
    usual = accepted.groupby("dept_code").mean()
    large = usual.index[usual >= LEAST_CASES]
    return table[table.index.get_level_values("dept_code").isin(large)].reset_index()


def relation(table: pd.DataFrame) -> Estimate | None:
    """Return how duration goes with load, with department and month effects; None with too few.

    The coefficient is by how much of itself the time taken grows when the load is higher by the
    department's average load; 1 means in proportion. Months of one department hang together, so
    the interval is clustered by department.
    """
    if table["dept_code"].nunique() < LEAST_DEPARTMENTS or table["month"].nunique() < LEAST_MONTHS:
        return None
    department = pd.factorize(table["dept_code"])[0]
    design = Design.of(table["load"], department, dummies(department, table["month"]))
    return design.estimate(table["taken"]) if design else None


def _taken(started: pd.DataFrame) -> pd.Series:
    """Return days taken over those that the same items take on average, by department and month."""
    done = started[started["days"].notna()].astype(
        {"days": "float64"}
    )  # of no rows, it has no type
    days = done["days"] * done["n"]
    usual = days.groupby(done["item_code"]).sum() / done.groupby("item_code")["n"].sum()
    # Of no rows, pandas leaves the text that was looked up.
    expected = done["item_code"].map(usual).astype("float64") * done["n"]
    keys = [done["dept_code"], done["month"]]
    expected = expected.groupby(keys).sum()
    return days.groupby(keys).sum() / expected.where(expected > 0)
