"""Load (工作量): inspections and permits per inspector, and how they grew against the year before."""

import pandas as pd

from analysis.problems.figured import needs_of, quotient
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import TOP, with_names
from analysis.statistics.supervision.inspections import SCOPE

VISITS, INSPECTORS = ("inspection_visits", ""), ("staff_fte", "supervision")
LICENSED = ("holders_licensed", "firms")
NO_YEAR = "数据不足:没有上年数据,不能比较"
STAFF_RIVALS = (
    "监管人员兼做审批、窗口工作,折算人数由各部门自报。",
    "镇街、综合执法队伍参与检查而不在人员表内,人均工作量高估。",
)


def _visits_each(grounds: Grounds) -> Answer:
    answer = quotient(grounds.facts, VISITS, INSPECTORS)
    return Answer(
        answer.number, counts=answer.counts, evidence=_departments(grounds), reason=answer.reason
    )


def _departments(grounds: Grounds) -> pd.DataFrame:
    """Return visits and full-time inspectors of each department, most visits per inspector first."""
    inspected, staff = (grounds.facts.oversight[name] for name in ("inspections", "staff"))
    visits = inspected[inspected["measure"] == "inspectors"].groupby("dept_code")["n"].sum()
    supervising = (staff["role"] == "supervision") & (staff["measure"] == "fte_hundredths")
    people = staff[supervising].groupby("dept_code")["n"].sum() / 100
    frame = pd.DataFrame({"检查人次": visits, "监管人员(折算)": people}).dropna()
    frame = frame[frame["监管人员(折算)"] > 0]
    frame["人均检查人次"] = (frame["检查人次"] / frame["监管人员(折算)"]).round(1)
    frame = frame.sort_values("人均检查人次", ascending=False, kind="stable").head(TOP)
    return with_names(frame.astype({"检查人次": "int64"}), grounds)


def _growth(grounds: Grounds) -> Answer:
    if grounds.before is None:
        return Answer(None, reason=NO_YEAR)
    now, then = (quotient(at.facts, VISITS, INSPECTORS) for at in (grounds, grounds.before))
    if now.number is None or not then.number:
        return Answer(None, reason=now.reason or then.reason or NO_YEAR)
    counts = tuple(
        (f"{when}{term}", n)
        for when, answer in (("本年", now), ("上年", then))
        for term, n in answer.counts
    )
    return Answer(
        100 * (now.number / then.number - 1),
        counts=counts,
        comparison=(f"人均检查人次:本年 {now.number:.1f},上年 {then.number:.1f}。",),
    )


def _permits_each(grounds: Grounds) -> Answer:
    return quotient(grounds.facts, LICENSED, INSPECTORS)


QUESTIONS = (
    Question(
        id="visits_per_inspector",
        problem="supervision",
        term="人均检查人次",
        english="inspection visits per full-time inspector",
        unit="人次",
        statement="每名监管人员(折算)年内检查 {number}。",
        definition="各次检查的检查人数之和 ÷ 监管岗位折算人数(截止日)",
        scope=SCOPE,
        threshold=Threshold(
            250, 125, "本软件设定:一年约250个工作日,每人每个工作日一人次以上即无余力做其他监管"
        ),
        rivals=("一天检查相邻的几家,人次多而工作量未必大。", *STAFF_RIVALS),
        source="监管统计通行做法;没有全国标准",
        needs=needs_of(VISITS, INSPECTORS),
        answer=_visits_each,
        divisible=True,
    ),
    Question(
        id="visits_growth",
        problem="supervision",
        term="人均检查人次增长",
        english="growth of inspection visits per full-time inspector",
        unit="%",
        statement="人均检查人次比上年{change} {number}。",
        change=("增长", "下降"),
        definition="本年人均检查人次 ÷ 上年人均检查人次 − 1",
        scope=SCOPE,
        threshold=Threshold(20, 5, "本软件设定:“大幅攀升”没有标准,以两成为明显、百分之五为有迹象"),
        rivals=(
            "上年检查没有全部录入系统,增长是登记的增长。",
            "检查类型变化:专项行动一次性增加。",
            *STAFF_RIVALS,
        ),
        source="报告称监管工作量上升,按人均检查人次核对",
        needs=needs_of(VISITS, INSPECTORS),
        answer=_growth,
        compared=False,
        divisible=True,
    ),
    Question(
        id="permits_per_inspector",
        problem="supervision",
        term="人均被许可企业",
        english="firms licensed in the year per full-time inspector",
        unit="家",
        decimals=0,
        statement="每名监管人员(折算)对应年内新许可的企业 {number},以前年度许可的还不在内。",
        definition="年内准予许可的企业(去重) ÷ 监管岗位折算人数(截止日)",
        scope="年内(截止日前)办结、准予许可的企业;许可证有效期不在数据中,在册总数无从知道",
        threshold=Threshold(500, 250, "本软件设定:每个工作日查一家,一年最多查约250家"),
        rivals=("低风险许可不需要逐家检查。", *STAFF_RIVALS),
        source="本软件设定:以年内被许可企业代替在册的,是下限",
        needs=needs_of(LICENSED, INSPECTORS),
        answer=_permits_each,
        divisible=True,
    ),
)
