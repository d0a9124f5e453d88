"""Satisfaction (满意率): how much of it is default, and how far it depends on the definition."""

from dataclasses import replace

import pandas as pd

from analysis.problems.figured import as_answer, needs_of, registered
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import by_department
from analysis.statistics.passes.oversight import count
from analysis.statistics.supervision.ratings import RULE_2019, SCOPE, VALID

DEFAULT, PER_CASE = ("default_rating_share", ""), ("ratings_per_case", "")
VARIANTS = tuple(
    ("satisfaction_rate", variant) for variant in ("all3", "top2", "active_all3", "active_top2")
)
BY_DEFAULT, RATINGS = "系统默认评价", "有满意度的评价"


def _default_share(grounds: Grounds) -> Answer:
    answer = as_answer(grounds.facts, DEFAULT)
    rows = grounds.facts.oversight["ratings"]
    rows = rows[(rows["measure"] == "ratings") & rows["satisfaction"].isin(VALID[0])]
    columns = {
        BY_DEFAULT: rows[rows["is_default"] == 1].groupby("dept_code")["n"].sum(),
        RATINGS: rows.groupby("dept_code")["n"].sum(),
    }
    evidence = by_department(grounds, columns, BY_DEFAULT, RATINGS)
    return replace(answer, evidence=evidence)


def _spread(grounds: Grounds) -> Answer:
    figures = [registered(key) for key in VARIANTS]
    results = [figure.result(grounds.facts) for figure in figures]
    values = [figure.value(result) for figure, result in zip(figures, results, strict=True)]
    known = [value for value in values if value is not None]
    if len(known) < len(VARIANTS):
        return Answer(None, reason=next(r.reason for r in results if r.numerator is None))
    shown = pd.DataFrame(
        {
            "口径": [figure.term for figure in figures],
            "满意的": [int(result.numerator or 0) for result in results],
            "评价": [int(result.denominator or 0) for result in results],
            "满意率(%)": [round(float(value), 2) for value in known],
        }
    )
    return Answer(
        float(max(known) - min(known)),
        counts=((RATINGS, int(shown["评价"].max())), ("其中主动评价", int(shown["评价"].min()))),
        comparison=(
            f"最低 {float(min(known)):.2f}%,最高 {float(max(known)):.2f}%;各地公布的满意率多用最高的口径。",
        ),
        evidence=shown,
        of=("主动评价", int(shown["评价"].min())),
    )


def _per_case(grounds: Grounds) -> Answer:
    answer = as_answer(grounds.facts, PER_CASE)
    rows = grounds.facts.oversight["rated_cases"]
    actively, completed = (count(rows, measure) for measure in ("rated_actively", "completed"))
    counts = (*answer.counts, ("有主动评价的办件", actively), ("年内办结的办件", completed))
    return replace(answer, counts=counts)


QUESTIONS = (
    Question(
        id="default_ratings",
        problem="ratings",
        term="默认评价占比",
        english="share of ratings by default",
        unit="%",
        statement="系统默认、不是申请人作出的评价占 {number}。",
        definition="系统默认评价 ÷ 有满意度的评价",
        scope=SCOPE,
        threshold=Threshold(50, 10, "本软件设定:一半以上是默认评价时,满意率主要由默认规则决定"),
        rivals=(
            "默认规则是上级平台统一设定的,不是本地作假。",
            "多数申请人满意而不评,默认值未必偏离实际。",
        ),
        source=RULE_2019,
        needs=needs_of(DEFAULT),
        answer=_default_share,
        divisible=True,
    ),
    Question(
        id="satisfaction_spread",
        problem="ratings",
        term="满意率各口径之差",
        english="spread of the satisfaction rate over its definitions",
        unit="个百分点",
        statement="同一批评价,满意率按不同口径相差 {number}:单说一个满意率没有意义。",
        definition="满意率(含、不含基本满意;含、不含系统默认评价)四种口径中最高与最低之差",
        scope=SCOPE,
        threshold=Threshold(10, 2, "本软件设定:相差十个百分点以上,不说明口径的满意率会误导读者"),
        rivals=("“基本满意”算不算满意,各地规定不同。", "主动评价的人少,不代表全部申请人。"),
        source="广东省政务服务好差评公布数据:同一个月按不同口径可以是99.95%或22.66%",
        needs=needs_of(*VARIANTS),
        answer=_spread,
        divisible=True,
    ),
    Question(
        id="ratings_per_case",
        problem="ratings",
        term="件均评价数",
        english="ratings per rated case",
        unit="条",
        decimals=3,
        statement="每个有评价的办件平均有 {number}评价:评价数不能当作评价过的件数。",
        definition="年内办结的办件在截止日前的评价 ÷ 其中有评价的办件",
        scope="年内办结、截止日前有评价的办件",
        threshold=Threshold(1.1, 1.001, "一件一评时恰为1;十分之一以上的重复为明显,本软件设定"),
        rivals=("差评整改后依规回访再评(第二轮)。", "多环节的办件按环节各评一次。"),
        source="GB/T 39734—2020(一次一评、一事一评);2023年7月广东公布的评价数多于办件数",
        needs=needs_of(PER_CASE),
        answer=_per_case,
        divisible=True,
    ),
)
