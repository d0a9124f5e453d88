"""Load and duration (工作量与用时): does a department take longer in months of higher load?

Compared are months of one department with each other, never departments: what they do differs. Months
that are longer for all are taken out as well. That load is the cause does not follow.
"""

from datetime import date

import pandas as pd

from analysis.problems.clustered import Design, Estimate, dummies
from analysis.problems.courses import STILL_OPEN, courses, whole_months
from analysis.problems.finding import Answer, Interval
from analysis.problems.grounds import Grounds
from analysis.problems.shares import TOP, with_names
from analysis.problems.squeeze.durations import durations
from analysis.problems.squeeze.staffing import APPROVING, full_time_days

LEAST_CASES = 20  # commitment cases a month, on average
LEAST_DEPARTMENTS = 8  # with fewer clusters an interval does not hold what it promises
LEAST_MONTHS = 3
TOO_FEW = (
    f"数据不足:月均承诺件足够多、各月有相同事项可以比较的部门不到 {LEAST_DEPARTMENTS} 个,或月份太少"
)


def load_and_duration(grounds: Grounds) -> Answer:
    """Return by how much longer cases take when a department's load is a tenth above its average."""
    table = department_months(grounds)
    found = relation(table)
    if found is None:
        return Answer(None, reason=TOO_FEW)
    by = table.groupby("dept_code")
    shown = pd.DataFrame(
        {
            "月数": by.size(),
            "负荷最低月": by["load"].min().round(2),
            "负荷最高月": by["load"].max().round(2),
            "用时最短月": by["taken"].min().round(2),
            "用时最长月": by["taken"].max().round(2),
        }
    )
    return Answer(
        10 * found.value,
        counts=(("部门", len(by)), ("部门×月", len(table))),
        interval=Interval(
            10 * found.low,
            10 * found.high,
            "同一部门负荷比本部门平均高10%的月份,用时长多少(各部门平均)",
            "各部门各月的用时(以部门为群,各月一起变动)",
        ),
        p_value=found.p_value,
        comparison=("只在部门内部逐月比较,不在部门之间比较;各部门共有的月份差异已扣除",),
        evidence=with_names(shown.head(TOP), grounds),
    )


def department_months(grounds: Grounds) -> pd.DataFrame:
    """Return relative load and duration by department and month of acceptance: ``compared``."""
    present = full_time_days(grounds, APPROVING)
    return compared(grounds.once(courses), present, last_month(grounds.year.cutoff))


def last_month(cutoff: date) -> int:
    """Return the last month of the cut-off's year that ended long enough before it; below 1 for none."""
    return whole_months(cutoff) - STILL_OPEN


def compared(counts: pd.DataFrame, present: pd.Series, last: int) -> pd.DataFrame:
    """Return relative load and duration by department and month of acceptance.

    Args:
        counts: as ``courses`` returns them.
        present: full-time days of the approving staff by ``dept_code`` and ``month``.
        last: the last month compared: cases accepted later may still be open.

    Returns:
        ``dept_code``, ``month``; ``load``, accepted commitment cases per full-time day, and
        ``taken``, working days taken by like cases (``durations``), both over the mean of the
        department's months here. Left out are departments with few cases, and with fewer than three
        months that can be compared.
    """
    started = counts[counts["accepted_month"].between(1, last)]
    started = started.rename(columns={"accepted_month": "month"})
    accepted = started.groupby(["dept_code", "month"])["n"].sum()
    table = pd.DataFrame(
        {"load": accepted / present.where(present > 0), "taken": durations(started)}
    )
    usual = accepted.groupby("dept_code").transform("sum") / max(last, 1)
    table = table[usual.reindex(table.index) >= LEAST_CASES].dropna()
    by = table.groupby("dept_code")
    enough = (by["load"].transform("size") >= LEAST_MONTHS) & (by["taken"].transform("mean") > 0)
    return (table / by.transform("mean"))[enough].reset_index()


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
