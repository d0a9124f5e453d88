"""Load and duration (工作量与用时): does a department take longer in months of higher load?

Compared are months of one department with each other, never departments: what they do differs. Months
that are longer for all are taken out as well. That load is the cause does not follow.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.courses import courses
from analysis.problems.squeeze.months import load
from analysis.problems.squeeze.staffing import MONTHS

STILL_OPEN = 2  # months before the cut-off whose cases may not all be closed yet
LEAST_CASES = 20  # commitment cases a month, on average
LEAST_DEPARTMENTS = 8  # with fewer clusters an interval does not hold what it promises


@dataclass(frozen=True)
class Relation:
    """How duration goes with load within departments.

    Attributes:
        slope: by how much of itself the time taken grows when the load is higher by the
            department's average load; 1 means in proportion.
        low: lower end of the 95 % interval.
        high: upper end.
        p_value: of the hypothesis that it does not grow, one-sided.
        departments: how many.
        months: departments times months.
    """

    slope: float
    low: float
    high: float
    p_value: float
    departments: int
    months: int


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


def relation(table: pd.DataFrame) -> Relation | None:
    """Return how duration goes with load, with department and month effects; None with too few.

    Months of one department hang together, so the interval is clustered by department, with the
    t distribution of as many degrees of freedom as there are departments less one.
    """
    from scipy.stats import t
    from statsmodels.formula.api import ols

    departments = table["dept_code"].nunique()
    if departments < LEAST_DEPARTMENTS or table["month"].nunique() < 3:
        return None
    groups = pd.factorize(table["dept_code"])[0]
    fitted = ols("taken ~ load + C(dept_code) + C(month)", table).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    slope, error = float(fitted.params["load"]), float(fitted.bse["load"])
    reach = float(t.ppf(0.975, departments - 1)) * error
    p_value = float(t.sf(slope / error, departments - 1)) if error else 1.0
    return Relation(slope, slope - reach, slope + reach, p_value, departments, len(table))


def _taken(started: pd.DataFrame) -> pd.Series:
    """Return days taken over those that the same items take on average, by department and month."""
    done = started[started["days"].notna()]
    days = done["days"] * done["n"]
    usual = days.groupby(done["item_code"]).sum() / done.groupby("item_code")["n"].sum()
    expected = done["item_code"].map(usual) * done["n"]
    keys = [done["dept_code"], done["month"]]
    expected = expected.groupby(keys).sum()
    return days.groupby(keys).sum() / expected.where(expected > 0)
