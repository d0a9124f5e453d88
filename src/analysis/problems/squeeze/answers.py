"""Answers (回答) on the workload squeeze: time left at closing, lateness, returns, compression."""

from dataclasses import replace

import pandas as pd

from analysis.problems.courses import closed, courses
from analysis.problems.endings import endings
from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.happened import happened
from analysis.problems.shares import FEW, LEAST, by_department, share
from analysis.problems.squeeze.compression import quintiles
from analysis.problems.squeeze.months import LEAST_PROMISE, marked
from analysis.tables.codes.catalogue import IMMEDIATE

CLOSED = "年内办结、有承诺时限的承诺件"
NO_RETURNS = "数据不足:办理环节表里没有一件有“退回”,多半没有登记"
IN_TIME = f"年内在承诺时间内办结的承诺件(承诺{LEAST_PROMISE}个工作日以上)"


def done(grounds: Grounds) -> pd.DataFrame:
    """Return the closed courses, marked; computed once."""
    return marked(closed(grounds.once(courses)))


def hugging(grounds: Grounds) -> Answer:
    """Return by how much closings at the end of the time allowed exceed those of time used evenly."""
    from scipy.stats import binomtest

    rows = grounds.once(done)
    rows = rows[(rows["promised"] >= LEAST_PROMISE) & ~rows["late"]]
    near = rows[rows["hugging"]]
    part, whole = int(near["n"].sum()), int(rows["n"].sum())
    observed = share(part, whole, ("压线办结", IN_TIME))
    if whole < LEAST:
        reason = observed.reason or FEW.format(IN_TIME, whole, LEAST)
        return replace(observed, number=None, reason=reason)
    evenly = float((rows["evenly"] * rows["n"]).sum() / whole)
    left = float((rows["margin"] / rows["allowed"] * rows["n"]).sum() / whole)
    return replace(
        observed,
        number=100 * (part / whole - evenly),
        # Cases of unlike promises vary less than binomial ones: this errs on the safe side.
        p_value=float(binomtest(part, whole, evenly).pvalue),
        comparison=(
            f"压线办结实际占 {100 * part / whole:.1f}%,时间均匀用完时应占 {100 * evenly:.1f}%",
            f"办结时平均还剩承诺时间的 {100 * left:.1f}%",
        ),
        evidence=_by_department(
            grounds,
            {
                "压线办结": near["n"],
                "承诺时间内办结": rows["n"],
                "均匀用完时应有": rows["evenly"] * rows["n"],
            },
            rows["dept_code"],
        ),
    )


def late(grounds: Grounds) -> Answer:
    """Return the share of commitment cases closed after their promised day."""
    rows = grounds.once(done)
    broken = rows.loc[rows["late"], "n"]
    return share(
        int(broken.sum()),
        int(rows["n"].sum()),
        ("超承诺时限办结", CLOSED),
        evidence=_by_department(
            grounds, {"超承诺时限办结": broken, "办结": rows["n"]}, rows["dept_code"]
        ),
    )


def sent_back(grounds: Grounds) -> Answer:
    """Return the share of cases, immediate ones apart, that a reviewer returned to the handler.

    Foreign logs, and systems without 办件类型, have returns but know no 承诺件.
    """
    if not happened((grounds.whole or grounds).once(endings))["any_return"].sum():
        return Answer(None, reason=NO_RETURNS)  # of nobody: a log that has no such step
    back = happened(grounds.once(endings))["returned"]
    rows = grounds.facts.rows("completed")
    done: pd.Series = rows[rows["case_type"] != IMMEDIATE].groupby("dept_code")["n"].sum()
    columns = {"退回": back, "办结": done}
    return share(
        int(back.sum()),
        int(done.sum()),
        ("审核退回", "年内办结的办件(即办件不计)"),
        evidence=by_department(grounds, columns, "退回", "办结"),
    )


def by_compression(grounds: Grounds) -> Answer:
    """Return by how much hugging, beyond time used evenly, differs between the outer fifths.

    Promises that are compressed more are shorter, and of a shorter time a larger part is its end:
    so each fifth is held against its own expectation first.
    """
    from statsmodels.stats.proportion import score_test_proportions_2indep

    rows = grounds.once(done)
    table = quintiles(rows[rows["promised"] >= LEAST_PROMISE])
    if len(table) < 2:
        return Answer(None, reason="数据不足:各承诺件的压缩幅度没有差别,分不出五等份")
    least, most = table.iloc[0], table.iloc[-1]
    counts = (
        ("压缩最多的一份:承诺时间内办结", int(most["in_time"])),
        ("压缩最少的一份:承诺时间内办结", int(least["in_time"])),
    )
    if (fewest := min(counts, key=lambda count: count[1]))[1] < LEAST:
        return Answer(None, counts=counts, reason=FEW.format(*fewest, LEAST))
    expected = float(most["evenly"] - least["evenly"])
    _, p_value = score_test_proportions_2indep(
        *(most["hugged"], most["in_time"], least["hugged"], least["in_time"]),
        value=expected / 100,
        return_results=False,
    )
    names = [
        "压缩幅度(由小到大五等份)",
        "办结",
        "承诺时间内办结",
        "压线办结",
        "压缩率",
        "用时中位数",
        "压线办结(%)",
        "均匀用完时应有(%)",
        "超承诺时限(%)",
    ]
    return Answer(
        float(most["hugging"] - least["hugging"]) - expected,
        counts=counts,
        p_value=float(p_value),
        comparison=(
            f"压缩最多的一份压线办结实际占 {most['hugging']:.1f}%,应占 {most['evenly']:.1f}%;"
            f"压缩最少的一份实际占 {least['hugging']:.1f}%,应占 {least['evenly']:.1f}%",
        ),
        evidence=table.round(3).set_axis(names, axis=1),
    )


def _by_department(
    grounds: Grounds, columns: dict[str, pd.Series], department: pd.Series
) -> pd.DataFrame:
    """Return counts of courses by department: the first column is a part of the second."""
    summed = {name: n.groupby(department).sum().round() for name, n in columns.items()}
    part, whole = list(columns)[:2]
    return by_department(grounds, summed, part, whole)
