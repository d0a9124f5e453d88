"""Answers (回答) on the workload squeeze."""

import numpy as np
import pandas as pd

from analysis.problems.courses import closed, courses
from analysis.problems.endings import endings
from analysis.problems.finding import Answer, Interval
from analysis.problems.grounds import Grounds
from analysis.problems.happened import happened
from analysis.problems.shares import TOP, by_department, share
from analysis.problems.squeeze.compression import quintiles
from analysis.problems.squeeze.load import LEAST_DEPARTMENTS, department_months, relation
from analysis.problems.squeeze.months import LEAST_PROMISE, by_month, marked
from analysis.problems.squeeze.staffing import HANDLING, equivalents, working_days
from analysis.statistics.facts import department_names
from analysis.tables.codes import CASE_TYPE, COMMITMENT, IMMEDIATE

NO_COMMITMENTS = "数据不足:没有办结的、有承诺时限的承诺件"
CLOSED = "年内办结、有承诺时限的承诺件"


def done(grounds: Grounds) -> pd.DataFrame:
    """Return the closed courses, marked; computed once."""
    return marked(closed(grounds.once(courses)))


def hugging(grounds: Grounds) -> Answer:
    """Return the share of commitment cases closed at the end of the time allowed."""
    rows = grounds.once(done)
    rows = rows[rows["promised"] >= LEAST_PROMISE]
    near = rows[rows["hugging"]]
    margin = (rows["margin"] / rows["allowed"] * rows["n"]).sum() / max(rows["n"].sum(), 1)
    return share(
        int(near["n"].sum()),
        int(rows["n"].sum()),
        ("压线办结", f"{CLOSED}(承诺{LEAST_PROMISE}个工作日以上)"),
        comparison=(f"办结时平均还剩承诺时间的 {100 * margin:.1f}%",),
        evidence=_by_department(grounds, "压线办结", near, rows),
    )


def late(grounds: Grounds) -> Answer:
    """Return the share of commitment cases closed after their promised day."""
    rows = grounds.once(done)
    broken = rows[rows["late"]]
    return share(
        int(broken["n"].sum()),
        int(rows["n"].sum()),
        ("超承诺时限办结", CLOSED),
        evidence=_by_department(grounds, "超承诺时限办结", broken, rows),
    )


def sent_back(grounds: Grounds) -> Answer:
    """Return the share of commitment cases that a reviewer returned to the handler."""
    back = happened(grounds.once(endings))["returned"]
    done = grounds.facts.rows("completed", case_type=COMMITMENT).groupby("dept_code")["n"].sum()
    columns = {"退回": back, "办结": done}
    return share(
        int(back.sum()),
        int(done.sum()),
        ("审核退回", "年内办结的承诺件"),
        evidence=by_department(grounds, columns, "退回", "办结"),
    )


def monthly(grounds: Grounds) -> Answer:
    """Return how far the busiest month's stock exceeds the year's average, by month."""
    table = grounds.once(by_month)
    if table.empty:
        return Answer(None, reason=NO_COMMITMENTS)
    months = table[table["month"] <= grounds.year.cutoff.month].groupby("month")
    sums = months[["accepted", "closed", "open", "hugging", "late", "supplemented", "of"]].sum()
    mean = float(sums["open"].mean())
    if not mean:
        return Answer(None, reason=NO_COMMITMENTS)
    peak = int(sums.index[int(sums["open"].argmax())])
    names = ["受理", "办结", "月末在办", "压线办结", "超承诺时限", "经补正", "有承诺时限的办结"]
    shown = sums.astype("int64").set_axis(names, axis=1).rename_axis("月份")
    return Answer(
        100 * (float(sums["open"].max()) / mean - 1),
        counts=(("月末在办最多", int(sums["open"].max())), ("月末在办平均", round(mean))),
        comparison=(f"最多的是 {peak} 月末", _immediate(grounds)),
        evidence=shown.reset_index(),
    )


def per_head(grounds: Grounds) -> Answer:
    """Return by how much the cases per full-time day have grown since the year before."""
    earlier = grounds.before
    if earlier is None or not earlier.year.has("staff", "fte"):
        return Answer(None, reason="数据不足:上年没有人员折算人数,无从比较")
    both = workloads(grounds).join(workloads(earlier).add_suffix("_before"), how="inner")
    both = both[(both[["days", "days_before", "cases_before"]] > 0).all(axis=1)]
    if both.empty:
        return Answer(None, reason="数据不足:没有两年都有办件和人员折算人数的部门")
    total = both.sum()
    now, before = total["cases"] / total["days"], total["cases_before"] / total["days_before"]
    names = department_names(grounds.year.items)
    shown = pd.DataFrame(
        {
            "部门": [str(names.get(code, code)) for code in both.index],
            "每人日办结": (both["cases"] / both["days"]).round(2),
            "上年": (both["cases_before"] / both["days_before"]).round(2),
        }
    )
    order = shown["每人日办结"].sort_values(ascending=False, kind="stable").index
    return Answer(
        100 * float(now / before - 1),
        counts=(("办结", int(total["cases"])), ("窗口、审批岗位人日", round(total["days"]))),
        comparison=(f"每人日办结 {now:.2f} 件,上年 {before:.2f} 件",),
        evidence=shown.loc[order].head(TOP).reset_index(drop=True),
    )


def workloads(grounds: Grounds) -> pd.DataFrame:
    """Return ``cases`` completed and full-time ``days`` of who handles them, by department."""
    cases = grounds.facts.rows("completed").groupby("dept_code")["n"].sum()
    days = equivalents(grounds, HANDLING).mul(working_days(grounds), axis=1).sum(axis=1)
    return pd.DataFrame({"cases": cases, "days": days}).dropna()


def little(grounds: Grounds) -> Answer:
    """Return how far stock and flow times duration differ: by Little's law they agree."""
    counts = grounds.once(courses)
    months = grounds.once(by_month)
    finished = closed(counts)
    if finished.empty:
        return Answer(None, reason=NO_COMMITMENTS)
    upto = months[months["month"] <= grounds.year.cutoff.month]
    stock = upto.groupby("month")["open"].sum()
    opening = int(counts.loc[counts["accepted_month"] == 0, "n"].sum())
    held = np.r_[opening, stock.to_numpy()]
    standing = float((held[1:] + held[:-1]).mean() / 2)  # of the months' beginnings and ends
    days = int(working_days(grounds).sum())
    took = float((finished["days"] * finished["n"]).sum())
    flowing = took / days
    if not flowing:
        return Answer(None, reason=NO_COMMITMENTS)
    return Answer(
        100 * abs(standing / flowing - 1),
        counts=(
            ("平均在办(月末)", round(standing)),
            ("办结", int(finished["n"].sum())),
            ("工作日", days),
        ),
        comparison=(f"每日办结 × 平均用时 = {flowing:,.0f} 件,月末在办平均 {standing:,.0f} 件",),
    )


def by_compression(grounds: Grounds) -> Answer:
    """Return how much more often the most compressed fifth of the cases hugs its deadline."""
    rows = grounds.once(done)
    table = quintiles(rows[rows["promised"] >= LEAST_PROMISE])
    if len(table) < 2:
        return Answer(None, reason="数据不足:各承诺件的压缩幅度没有差别,分不出五等份")
    names = [
        "压缩幅度(由小到大五等份)",
        "办结",
        "压缩率",
        "用时中位数",
        "压线办结(%)",
        "超承诺时限(%)",
    ]
    return Answer(
        float(table["hugging"].iloc[-1] - table["hugging"].iloc[0]),
        counts=((CLOSED, int(table["n"].sum())),),
        evidence=table.round(3).set_axis(names, axis=1),
    )


def load_and_duration(grounds: Grounds) -> Answer:
    """Return by how much longer cases take when a department's load is a tenth above its average."""
    table = grounds.once(department_months)
    found = relation(table)
    if found is None:
        reason = f"数据不足:月均承诺件足够多的部门不到 {LEAST_DEPARTMENTS} 个,或月份太少"
        return Answer(None, reason=reason)
    names = department_names(grounds.year.items)
    by = table.groupby("dept_code")
    shown = pd.DataFrame(
        {
            "部门": [str(names.get(code, code)) for code in by.groups],
            "月数": by.size().to_numpy(),
            "负荷最低月": by["load"].min().round(2).to_numpy(),
            "负荷最高月": by["load"].max().round(2).to_numpy(),
            "用时最短月": by["taken"].min().round(2).to_numpy(),
            "用时最长月": by["taken"].max().round(2).to_numpy(),
        }
    )
    return Answer(
        10 * found.value,
        counts=(("部门", table["dept_code"].nunique()), ("部门×月", len(table))),
        interval=Interval(
            10 * found.low,
            10 * found.high,
            "同一部门负荷比本部门平均高10%的月份,用时长多少(各部门平均)",
            "各部门各月的用时(以部门为群,各月一起变动)",
        ),
        p_value=found.p_above,
        comparison=("只在部门内部逐月比较,不在部门之间比较;各部门共有的月份差异已扣除",),
        evidence=shown.head(TOP),
    )


def _by_department(
    grounds: Grounds, term: str, part: pd.DataFrame, whole: pd.DataFrame
) -> pd.DataFrame:
    columns = {
        term: part.groupby("dept_code")["n"].sum(),
        "办结": whole.groupby("dept_code")["n"].sum(),
    }
    return by_department(grounds, columns, term, "办结")


def _immediate(grounds: Grounds) -> str:
    counts = grounds.facts.rows("completed").groupby("case_type")["n"].sum()
    kinds = [
        f"{CASE_TYPE.terms[kind]} {int(counts.get(kind, 0)):,} 件"
        for kind in (IMMEDIATE, COMMITMENT)
    ]
    return f"年内办结:{'、'.join(kinds)};即办件不计入本表"
