"""Reach (覆盖): who is not inspected, how long it takes, what random inspections find and publish."""

from dataclasses import replace

from statsmodels.stats.proportion import proportion_confint

from analysis.problems.figured import as_answer, needs_of
from analysis.problems.finding import Answer, Interval, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import share
from analysis.statistics.supervision.inspections import (
    CONTACTED,
    FOUND,
    JOINT,
    RANDOM,
    SCOPE,
    inspections,
)

COVERAGE, LAG = ("inspection_coverage", "firms"), ("permit_to_inspection_days", "")
IN_TIME, BY_TYPE = ("inspection_published_on_time", "random"), ("inspections", "random")
FINDINGS = ("findings_rate", "contacted")
OPEN_RULE = "优化营商环境条例第54条(双随机、一公开)"


def _not_inspected(grounds: Grounds) -> Answer:
    return as_answer(grounds.facts, COVERAGE, complement=True)


def _lag(grounds: Grounds) -> Answer:
    return as_answer(grounds.facts, LAG)


def _not_in_time(grounds: Grounds) -> Answer:
    return as_answer(grounds.facts, IN_TIME, complement=True)


def _found_at_random(grounds: Grounds) -> Answer:
    found, reached = (
        inspections(grounds.facts, inspect_type=RANDOM, result=results)
        for results in (FOUND, CONTACTED)
    )
    answer = share(found, reached, ("发现问题的双随机检查", "联系上的双随机检查"))
    if answer.number is None:
        return answer
    return replace(answer, interval=rate_of_all(found, reached))


def rate_of_all(found: int, reached: int) -> Interval:
    """Return the interval of what would be found at everybody, from random inspections.

    Wilson's covers as often as it says on average over rates; exact intervals cover too often.
    """
    low, high = proportion_confint(found, reached, method="wilson")
    return Interval(
        100 * low,
        100 * high,
        "抽查名单所代表的被许可人,逐一检查时的问题发现率",
        "抽中哪些被许可人(Wilson区间;以随机抽取为前提)",
    )


def _alone(grounds: Grounds) -> Answer:
    random, joint = (inspections(grounds.facts, inspect_type=kind) for kind in (RANDOM, JOINT))
    return share(random, random + joint, ("双随机检查(单部门)", "双随机检查和跨部门联合检查"))


QUESTIONS = (
    Question(
        id="not_inspected",
        problem="supervision",
        term="未检查的被许可企业占比",
        english="share of firms licensed in the year that were not inspected",
        unit="%",
        statement="年内取得许可的企业中,{number} 到截止日还没有被任何部门检查过。",
        definition="100% − 检查覆盖率(企业):年内取得许可的企业中被检查过的",
        scope="年内(截止日前)准予许可的企业;以前年度许可的不在本年办件中,不计",
        threshold=Threshold(
            95, 80, "本软件设定:抽查不求全覆盖,一年查不到二十分之一时须说明抽查比例的依据"
        ),
        rivals=(
            "双随机抽查按比例抽取,本来就不覆盖全部。",
            "年底取得许可的来不及检查。",
            "低风险许可依规不查。",
        ),
        source=OPEN_RULE,
        needs=needs_of(COVERAGE),
        answer=_not_inspected,
        divisible=True,
    ),
    Question(
        id="inspection_lag",
        problem="supervision",
        term="许可至首次检查的天数",
        english="median days from permit to first inspection",
        unit="天",
        decimals=0,
        statement="年内许可后已被检查的,半数在许可后 {number}之内首次检查。",
        definition="年内首次准予许可的决定日至其后首次检查的自然日的中位数;尚未检查的不计,所以偏短",
        scope="年内(截止日前)准予许可、许可后已被检查的被许可人",
        threshold=Threshold(180, 90, "本软件设定:告知承诺等要求许可后尽快核查,半年以上为明显"),
        rivals=("尚未检查的不计,实际更长。", "检查按年度计划安排,与许可时间无关。"),
        source="本软件设定",
        needs=needs_of(LAG),
        answer=_lag,
        traps=("bulk_entry", "bulk_closing", "pushed_again"),
        divisible=True,
    ),
    Question(
        id="random_findings",
        problem="supervision",
        term="双随机检查问题发现率",
        english="findings over random inspections",
        unit="%",
        statement="{number} 的双随机检查发现问题。",
        definition="结果为责令改正或查处违法违规的双随机检查 ÷ 联系上的双随机检查;区间下限达到判定线才算",
        scope=SCOPE,
        threshold=Threshold(
            20, 10, "本软件设定:随机抽查的发现率即总体的发现率,十分之一以上须提高抽查比例"
        ),
        rivals=(
            "名单先按风险筛选,并非随机,发现率偏高。",
            "各部门对“责令改正”的登记宽严不一。",
            "同一家被抽中多次,区间偏窄。",
        ),
        source=OPEN_RULE,
        needs=needs_of(FINDINGS, BY_TYPE),
        answer=_found_at_random,
    ),
    Question(
        id="inspected_alone",
        problem="supervision",
        term="计划抽查中单部门检查占比",
        english="share of planned inspections by one department alone",
        unit="%",
        statement="计划内的抽查有 {number} 由单个部门进行,没有联合。",
        definition="双随机检查 ÷ (双随机检查 + 跨部门联合检查)",
        scope=SCOPE,
        threshold=Threshold(90, 70, "条例要求尽可能合并检查,没有比例;判定线为本软件设定"),
        rivals=("多数被许可人只归一个部门监管,无从联合。", "联合检查按牵头部门登记为双随机。"),
        source=OPEN_RULE,
        needs=needs_of(BY_TYPE),
        answer=_alone,
        divisible=True,
    ),
    Question(
        id="published_late",
        problem="supervision",
        term="双随机结果逾期公示率",
        english="share of random inspections whose result was published late",
        unit="%",
        decimals=2,
        statement="{number} 的双随机检查结果逾期公示或没有公示。",
        definition="100% − 检查结果按时公示率(双随机):检查后20个工作日内公示",
        scope=SCOPE,
        threshold=Threshold(10, 1, "公示期限各地规定没有逐一核对,判定线为本软件设定"),
        rivals=("结果先在其他平台公示,没有回填。", "立案的案件依法不能先公示。"),
        source=OPEN_RULE,
        needs=needs_of(IN_TIME),
        answer=_not_in_time,
        divisible=True,
    ),
)
