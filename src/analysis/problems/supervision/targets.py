"""Targets (检查对象): the same holder inspected by several departments, and whether risk decides."""

from typing import Any

import pandas as pd
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.problems.figured import needs_of
from analysis.problems.finding import Answer, Interval, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import LEAST, NONE_COUNTED, share
from analysis.statistics.passes.counting import within
from analysis.statistics.supervision.inspections import SCOPE

HIGH, LOW = ("C", "D"), ("A", "B")
RISKS = {"高风险(C、D)": HIGH, "低风险(A、B)": LOW}
SEVERAL, ALL = "被两个以上部门分别检查的被许可人", "被检查的被许可人(不含联合检查)"
BEFORE, AGAIN, RATE = "上年检查过", "本年又被检查", "再检查率(%)"
NOT_BEFORE = "数据不足:没有上年检查的风险等级;本年没有查到的被许可人,风险等级不在数据中"


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


def again_by_risk(now: pd.Index, then: pd.Series) -> pd.DataFrame:
    """Count the holders inspected the year before, and those of them inspected again, by risk.

    Args:
        now: keys of the holders inspected in the year.
        then: highest level of risk at which each holder was inspected the year before, by key.

    Returns:
        Index 信用风险等级 (``RISKS``); integer columns ``BEFORE`` and ``AGAIN``.
    """
    again = then.index.isin(now)
    counts = {
        risk: {BEFORE: int(of.sum()), AGAIN: int((of & again).sum())}
        for risk, levels in RISKS.items()
        for of in [then.isin(levels)]
    }
    return pd.DataFrame(counts).T.rename_axis("信用风险等级")


def relative(found: pd.DataFrame) -> Interval:
    """Return the interval of the rate of low risk over that of high risk, in per cent.

    Miettinen & Nurminen's score interval of a ratio of two independent shares (statsmodels).
    """
    high, low = found.loc[list(RISKS)].itertuples(index=False, name=None)
    ends = confint_proportions_2indep(
        low[1], low[0], high[1], high[0], compare="ratio", method="score"
    )
    return Interval(
        100 * float(ends[0]),
        100 * float(ends[1]),
        "照这样安排检查,低风险与高风险的再检查率之比",
        "抽中哪些被许可人(两个独立比率之比的得分区间,Miettinen-Nurminen)",
    )


def _blind_to_risk(grounds: Grounds) -> Answer:
    if grounds.before is None or not grounds.before.year.has(
        "inspections", "holder_key", "risk_level", "inspected_on"
    ):
        return Answer(None, reason=NOT_BEFORE)
    found = again_by_risk(_holders(grounds).index, _holders(grounds.before)["risk"])
    counts = tuple(
        (f"{risk}:{name}", int(found[name][risk])) for risk in RISKS for name in (BEFORE, AGAIN)
    )
    high, low = RISKS
    few = min(RISKS, key=lambda risk: int(found[BEFORE][risk]))
    if not found.loc[high, AGAIN]:
        return Answer(None, counts=counts, reason=NONE_COUNTED.format(f"{AGAIN}的高风险被许可人"))
    rate = 100 * found[AGAIN] / found[BEFORE]
    return Answer(
        100 * rate[low] / rate[high],
        counts=counts,
        interval=relative(found),
        comparison=(f"再检查率:高风险 {rate[high]:.1f}%,低风险 {rate[low]:.1f}%。",),
        evidence=found.assign(**{RATE: rate.round(2)}).reset_index(),
        of=(f"{few}:{BEFORE}的被许可人", int(found[BEFORE][few])),
    )


def _holders(grounds: Grounds) -> pd.DataFrame:
    """Return the holders inspected in a year by key, and the highest ``risk`` they had."""
    rows = _inspected(grounds)
    found: pd.DataFrame = rows.group_by("holder_key").agg(risk=rows["risk_level"].max()).to_pandas()
    return found.set_index("holder_key").sort_index()


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
        term="低风险再检查率为高风险的比例",
        english="low-risk holders' rate of being inspected again, relative to high-risk ones",
        unit="%",
        statement="上年检查过的被许可人,本年又被检查的比率,低风险的是高风险的 {number};100%即不分风险。",
        definition=f"再检查率 = 上年检查过、本年又被检查的被许可人 ÷ 上年检查过的;低风险(A、B)的 ÷ 高风险(C、D)的,等级取上年登记的最高一级。没有查到的被许可人,风险等级只有上年查过的才知道。两类各不少于{LEAST}个;区间下限达到判定线才算",
        scope=f"{SCOPE};只计上年同期检查过、有风险等级的被许可人",
        threshold=Threshold(90, 70, "报告提出按风险差异化监管,没有比例;判定线为本软件设定"),
        rivals=(
            "抽查规定刚查过的一两年内不再抽,低风险、高风险都少查。",
            "本年风险等级有升降,按上年的等级分不准。",
            "从未检查过的被许可人不在内:对他们是否按风险安排,数据看不出来。",
        ),
        source="信用风险分类管理的通行做法;得分区间:Miettinen & Nurminen (1985)",
        needs=(*needs_of(("holders_inspected", "")), "inspections.risk_level"),
        answer=_blind_to_risk,
        compared=False,
    ),
)
