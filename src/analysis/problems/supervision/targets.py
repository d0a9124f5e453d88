"""Targets (检查对象): the same holder inspected by several departments, and whether risk decides."""

from typing import Any

import pandas as pd

from analysis.problems.figured import needs_of
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import NONE_COUNTED, share
from analysis.statistics.passes.counting import total, within
from analysis.statistics.supervision.inspections import FOUND, SCOPE

HIGH, LOW = ("C", "D"), ("A", "B")
RISKS = {"高风险(C、D)": HIGH, "低风险(A、B)": LOW}
SEVERAL, ALL = "被两个以上部门分别检查的被许可人", "被检查的被许可人(不含联合检查)"


def _inspected(grounds: Grounds) -> Any:
    rows = grounds.rows("inspections")
    rows = rows.mutate(inspected_on=rows["inspected_on"].cast("date"))
    return rows.filter(within(rows["inspected_on"], grounds.year), rows["holder_key"].notnull())


def _several_departments(grounds: Grounds) -> Answer:
    rows = _inspected(grounds)
    rows = rows.filter(rows["inspect_type"] != "joint")
    by_holder = rows.group_by("holder_key").agg(departments=rows["dept_code"].nunique())
    counts = by_holder.group_by("departments").agg(holders=by_holder.count())
    frame: pd.DataFrame = counts.to_pandas().sort_values("departments", ignore_index=True)
    several = int(frame.loc[frame["departments"] > 1, "holders"].sum())
    shown = frame.rename(columns={"departments": "检查过它的部门数", "holders": "被许可人(个)"})
    return share(several, int(frame["holders"].sum()), (SEVERAL, ALL), evidence=shown)


def by_risk(grounds: Grounds) -> pd.DataFrame:
    """Count the inspections of holders of high and of low risk.

    Returns:
        Index 信用风险等级 (``RISKS``); integer columns 检查 (inspections), 被许可人 (holders), 发现问题.
    """
    rows = _inspected(grounds)
    by_holder = rows.group_by(["risk_level", "holder_key"]).agg(
        n=rows.count(), found=total(rows["result"].isin(FOUND))
    )
    counts = by_holder.group_by("risk_level").agg(
        inspections=total(by_holder["n"]),
        holders=by_holder.count(),
        found=total(by_holder["found"]),
    )
    frame: pd.DataFrame = counts.to_pandas().set_index("risk_level")
    sums = {name: frame[frame.index.isin(levels)].sum() for name, levels in RISKS.items()}
    found = pd.DataFrame(sums).T.astype("int64").rename_axis("信用风险等级")
    return found.set_axis(["检查", "被许可人", "发现问题"], axis=1)


def _blind_to_risk(grounds: Grounds) -> Answer:
    found = by_risk(grounds)
    counts = tuple(
        (f"{risk}:{column}", int(row[column]))
        for risk, row in found.iterrows()
        for column in ("检查", "被许可人")
    )
    if not found["检查"].all():
        return Answer(None, counts=counts, reason=NONE_COUNTED.format("对高、低两类风险的检查"))
    each, rate = found["检查"] / found["被许可人"], 100 * found["发现问题"] / found["检查"]
    high, low = RISKS
    return Answer(
        100 * each[low] / each[high],
        counts=counts,
        comparison=(f"问题发现率:高风险 {rate[high]:.1f}%,低风险 {rate[low]:.1f}%。",),
        evidence=found.assign(
            **{"户均检查(次)": each.round(2), "发现率(%)": rate.round(1)}
        ).reset_index(),
    )


QUESTIONS = (
    Question(
        id="several_departments",
        problem="supervision",
        term="多头检查占比",
        english="share of inspected holders visited by several departments separately",
        unit="%",
        statement="被检查的被许可人中,{number} 年内被两个以上部门分别检查。",
        definition=f"{SEVERAL} ÷ {ALL}",
        scope=SCOPE,
        threshold=Threshold(10, 2, "条例要求合并对同一对象的检查,没有比例;判定线为本软件设定"),
        rivals=("不同部门检查的是不同许可事项,依法各自负责。", "投诉举报引起的检查不能事先合并。"),
        source="优化营商环境条例第54条(双随机、一公开;对同一对象的多项检查尽可能合并)",
        needs=(
            *needs_of(("holders_inspected", "")),
            *needs_of(("inspections", "joint")),
            "inspections.dept_code",
        ),
        answer=_several_departments,
    ),
    Question(
        id="blind_to_risk",
        problem="supervision",
        term="低风险户均检查为高风险的比例",
        english="inspections per low-risk holder relative to high-risk ones",
        unit="%",
        statement="低风险被许可人的户均检查次数是高风险的 {number}:接近或超过100%时,检查没有按风险安排。",
        definition="低风险(A、B)被许可人的户均检查次数 ÷ 高风险(C、D)的户均检查次数",
        scope=f"{SCOPE};只计被检查过的被许可人",
        threshold=Threshold(90, 70, "报告提出按风险差异化监管,没有比例;判定线为本软件设定"),
        rivals=("只计查过的:没被抽中的低风险户多,差别被低估。", "风险等级是检查之后评定的。"),
        source="信用风险分类管理的通行做法",
        needs=(
            *needs_of(("holders_inspected", "")),
            *needs_of(("findings_rate", "all")),
            "inspections.risk_level",
        ),
        answer=_blind_to_risk,
    ),
)
