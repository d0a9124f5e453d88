"""Breakdowns (分项): the figures of a year by department, month, channel and days taken."""

from collections.abc import Sequence

import pandas as pd

from analysis.statistics.access.reductions import reduced
from analysis.statistics.access.tolerance import tolerant
from analysis.statistics.facts import Facts, named
from analysis.statistics.needs import ACCEPTED_NEED, APPLICATIONS_NEED, COMPLETED_NEED, require
from analysis.statistics.ratios import median_of
from analysis.statistics.scopes import PLATFORM_NEEDS, platform_handling, services
from analysis.statistics.volume.cases import DELETED, NOT_ACCEPTED, PENDING
from analysis.statistics.volume.flows import IDENTITIES, TERMS, flows_by_department
from analysis.tables.clocks import PROMISED
from analysis.tables.codes.catalogue import COMMITMENT, IMMEDIATE, LICENCE
from analysis.tables.codes.process import APPLY_CHANNEL

TOTAL = "合计"
# The columns of ``cases_by_department`` that fit on a page, under short headings.
SHORT = {
    "申请量": "申请",
    "受理量": "受理",
    "不受理量": "不受理",
    "办结量": "办结",
    "审批同意": "同意",
    "审批不同意": "不同意",
    "期末待受理": "待受理",
    "期末在办": "在办",
}
LATE = "超承诺时限"
ONLINE = tuple(APPLY_CHANNEL.terms[code] for code in ("pc", "mobile"))
OUTCOMES = {"approved": "审批同意", "refused": "审批不同意"}
SERVICES_NEED = (
    "items.dept_code",
    "items.impl_code",
    "items.on_application",
    "items.case_type",
    "items.tolerance_ok",
    "items.materials_n",
    "items.materials_n_base",
)
COLUMN_TERMS = {**TERMS, **OUTCOMES}
# What columns and stocks need beside what all of them rest on: without it they have no count, not none.
COLUMN_NEEDS = {
    "applications": APPLICATIONS_NEED,
    "not_accepted": NOT_ACCEPTED,
    "deleted": DELETED,
    **dict.fromkeys(("pending_at_start", "pending_at_end", "ended_before"), PENDING),
    **{code: (f"cases.outcome={code}",) for code in OUTCOMES},
}


def cases_by_department(facts: Facts) -> pd.DataFrame:
    """Return stocks, flows and outcomes of each department (各部门办件), largest first.

    Returns:
        Index 部门; integer columns in cases, named by their terms, null where the data cannot tell;
        the last row is 合计.
    """
    require(facts, (*COMPLETED_NEED, "cases.dept_code"))
    flows = flows_by_department(facts)
    closed = (
        facts.rows("completed").groupby(["dept_code", "outcome"])["n"].sum().unstack(fill_value=0)
    )
    closed = closed.reindex(index=flows.index, columns=list(OUTCOMES), fill_value=0)
    frame = flows.join(closed).sort_values("accepted", ascending=False, kind="stable")
    frame.index = named(frame.index, facts.year.items)
    frame.loc[TOTAL] = frame.sum()
    for column, needs in COLUMN_NEEDS.items():
        if facts.lacking(needs):
            frame[column] = pd.NA
    return frame.set_axis([COLUMN_TERMS[name] for name in frame.columns], axis=1)


def cases_by_month(facts: Facts) -> pd.DataFrame:
    """Return the flows of each month (各月办件).

    Returns:
        One row per month 1-12 and measure: ``year``, ``month``, ``measure``, ``n`` in cases.
    """
    require(facts, COMPLETED_NEED)
    flows = ("accepted", "applications", "completed")
    counts = pd.DataFrame({name: facts.rows(name).groupby("month")["n"].sum() for name in flows})
    counts = counts.reindex(range(1, 13)).fillna(0).astype("int64")
    counts = counts.rename_axis(index="month", columns="measure").T
    months = counts.melt(ignore_index=False, value_name="n").reset_index()
    return months.assign(year=facts.year.year)[["year", "month", "measure", "n"]]


def months_of(years: Sequence[Facts], measure: str) -> pd.DataFrame:
    """Return one measure by month for several years: as ``cases_by_month``."""
    months = pd.concat([cases_by_month(facts) for facts in years], ignore_index=True)
    return months[months["measure"] == measure]


def accepted_by_channel(facts: Facts) -> pd.Series:
    """Return accepted cases by channel (申报来源), in the order of the code list, in cases."""
    require(facts, (*ACCEPTED_NEED, "cases.apply_channel"))
    counts = facts.rows("accepted").groupby("apply_channel")["n"].sum()
    return counts.reindex(list(APPLY_CHANNEL.terms), fill_value=0).rename(index=APPLY_CHANNEL.terms)


def channels_of(years: Sequence[Facts]) -> pd.DataFrame:
    """Return accepted cases by channel for several years: index 年度, a column per channel."""
    return pd.DataFrame({f"{facts.year.year}年": accepted_by_channel(facts) for facts in years}).T


def stocks_and_flows(facts: Facts) -> pd.DataFrame:
    """Return how the year's flows lead from one stock to the next (存量与流量), in cases.

    Returns:
        Index 存量; columns 年初, 流入, 流出, 其中 (what flowed out), 期末. A stock is left out where the
        data cannot tell it, as 待受理 where refused acceptances have no time.
    """
    require(facts, COMPLETED_NEED)
    total = flows_by_department(facts).sum()
    rows = {}
    for closing, (opening, inflows, outflows) in IDENTITIES.items():
        needs = [need for name in (closing, *inflows) for need in COLUMN_NEEDS.get(name, ())]
        if facts.lacking(needs):
            continue
        rows[TERMS[closing].removeprefix("期末")] = {
            "年初": total[opening],
            "流入": total[list(inflows)].sum(),
            "流出": total[list(outflows)].sum(),
            "期末": total[closing],
            "流出的构成": "、".join(
                f"{TERMS[name]} {total[name]:,}"
                for name in outflows
                if not facts.lacking(COLUMN_NEEDS.get(name, ()))
            ),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("存量")


def completed_days(facts: Facts, case_type: str = COMMITMENT) -> pd.Series:
    """Return how many completed cases took how many working days (办理用时), indexed by days."""
    require(facts, (*COMPLETED_NEED, "cases.case_type"))
    return facts.rows("completed_days", case_type=case_type).groupby("value")["n"].sum()


def days_by_department(facts: Facts) -> pd.DataFrame:
    """Return how long the commitment cases (承诺件) of each department took.

    Returns:
        Index 部门; 办结量 in cases; 平均, 中位数 and 九成在 … 内办结 in working days; 超承诺 in cases,
        null where the data cannot tell it.
        Departments without commitment cases are left out.
    """
    require(facts, (*COMPLETED_NEED, "cases.case_type", "cases.dept_code"))
    rows = facts.rows("completed_days", case_type=COMMITMENT)
    margins = facts.rows("promised_margin", case_type=COMMITMENT)
    late = margins[margins["value"] < 0].groupby("dept_code")["n"].sum()
    spread = {code: _spread(group) for code, group in rows.groupby("dept_code")}
    frame = pd.DataFrame.from_dict(spread, orient="index")
    frame = frame.sort_values("办结量", ascending=False, kind="stable") if spread else frame
    frame[LATE] = late.reindex(frame.index, fill_value=0).astype("int64")
    if facts.lacking(f"cases.{column}" for column in PROMISED.columns):
        frame[LATE] = pd.NA
    frame.index = named(frame.index, facts.year.items)
    return frame


def services_by_department(facts: Facts) -> pd.DataFrame:
    """Return how many services each department has (各部门事项), by distinct 实施编码.

    Returns:
        Index 部门; integer columns; the last row is 合计.
    """
    require(facts, (*PLATFORM_NEEDS, *SERVICES_NEED))
    offered = services(facts.in_force)
    licences = facts.in_force[facts.in_force["item_type"] == LICENCE]
    platform = platform_handling(facts)
    counted = {
        "依申请事项": offered,
        "行政许可": licences,
        "已进驻省系统": platform,
        "容缺受理": tolerant(facts.in_force),
        "减材料": reduced(facts.in_force),
    }
    columns = {
        term: rows.groupby("dept_code")["impl_code"].nunique() for term, rows in counted.items()
    }
    columns["业务办理项"] = platform.groupby("dept_code").size()
    columns["其中即办"] = platform[platform["case_type"] == IMMEDIATE].groupby("dept_code").size()
    frame = pd.DataFrame(columns).fillna(0).astype("int64")
    frame = frame.sort_values(["行政许可", "依申请事项"], ascending=False, kind="stable")
    frame.index = named(frame.index, facts.year.items)
    frame.loc[TOTAL] = frame.sum()
    return frame


def _spread(rows: pd.DataFrame) -> dict[str, object]:
    """Return count, mean and quantiles of days, from counts of each number of days."""
    by_days = rows.groupby("value")["n"].sum()
    cases, reached = int(by_days.sum()), by_days.cumsum()
    return {
        "办结量": cases,
        "平均": float((by_days.index.to_numpy() * by_days).sum() / cases),
        "中位数": float(median_of(by_days).numerator or 0),
        "九成办结用时": int(by_days.index[int((reached >= cases * 0.9).argmax())]),
    }
