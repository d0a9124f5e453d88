"""Cases per head (人均办件量) against the year before: within departments, in the months of both years."""

import pandas as pd

from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.shares import TOP, with_names
from analysis.problems.squeeze.staffing import HANDLING, full_time_days

KEYS = ["dept_code", "month"]
NO_STAFF = "数据不足:上年没有人员折算人数,无从比较"
FEW_MONTHS = (
    "数据不足:没有一个部门有半数以上的月份两年都有人员折算人数(一时的人员数不能代表全年),无从比较"
)


def per_head(grounds: Grounds) -> Answer:
    """Return the growth of the cases per full-time day since the year before, within departments.

    Held against each other are the cases and those that the same days of each department would have
    made at its own rate of the year before (indirect standardisation): people or cases that move
    between departments of unlike work change nothing.
    """
    earlier = grounds.before
    if earlier is None or not earlier.year.has("staff", "fte"):
        return Answer(None, reason=NO_STAFF)
    both = workloads(grounds).join(workloads(earlier).add_suffix("_before"), how="inner")
    months = both.groupby("dept_code").size()
    sums = both.groupby("dept_code").sum().assign(months=months)
    sums = sums[(2 * sums["months"] >= grounds.year.cutoff.month) & (sums["cases_before"] > 0)]
    if sums.empty:
        return Answer(None, reason=FEW_MONTHS)
    rates = sums["cases"] / sums["days"], sums["cases_before"] / sums["days_before"]
    total, expected = sums.sum(), float((sums["days"] * rates[1]).sum())
    shown = pd.DataFrame(
        {
            "月数": sums["months"],
            "每人日办结": rates[0].round(2),
            "上年": rates[1].round(2),
            "变化(%)": (100 * (rates[0] / rates[1] - 1)).round(1),
        }
    ).sort_values("每人日办结", ascending=False, kind="stable")
    now, before = total["cases"] / total["days"], total["cases_before"] / total["days_before"]
    return Answer(
        100 * (float(total["cases"]) / expected - 1),
        counts=(
            ("办结", int(total["cases"])),
            ("按各部门上年每人日办结推算", round(expected)),
            ("窗口、审批岗位人日", round(total["days"])),
        ),
        comparison=(
            f"不分部门合计:每人日办结 {now:.2f} 件,上年 {before:.2f} 件"
            "(含人员和办件在部门之间变动的影响,不作判断)",
        ),
        evidence=with_names(shown.head(TOP), grounds),
    )


def workloads(grounds: Grounds) -> pd.DataFrame:
    """Return ``cases`` completed and full-time ``days`` of who handles them.

    One row per ``dept_code`` and ``month`` of which the staff is known.
    """
    known = full_time_days(grounds, HANDLING).rename("days")
    table = known[known > 0].to_frame()
    cases = grounds.facts.rows("completed").groupby(KEYS)["n"].sum()
    return table.assign(cases=cases.reindex(table.index, fill_value=0))
