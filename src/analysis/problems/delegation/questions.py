"""The questions (问题) on delegated powers."""

from collections.abc import Callable

from analysis.problems.delegation import answers
from analysis.problems.delegation.changes import HALF, LEAST_CASES, LEAST_MONTHS
from analysis.problems.finding import ANY, Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.questions import LIMITS
from analysis.statistics.needs import ACCEPTED_NEED, LICENCE_CASES_NEED

SOURCE = (
    "2022年度报告存在问题(二):随着行政权责事项不断下放,审批工作量不断增加;省政府令第281号等下放决定"
)
METHOD = (
    "双重差分:下放(上级下放、授权、委托)事项前后变化,减去同部门未下放事项同期的变化,各事项同等看待;"
    f"前后各看{HALF}个月(至少各{LEAST_MONTHS}个月、各{LEAST_CASES}件),有上年数据的用上年数据;"
    "区间按事项聚类(CR2,Bell-McCaffrey自由度)"
)
OWN = "本软件设定:没有公认的标准;且区间须排除偶然(校正后p值不大于5%)"
SELECTED = "下放哪些事项、何时下放不是随机的:被选中的事项可能本来就在变"
TOGETHER = "下放的同时调整了流程、系统或承诺时限,分不清是哪一样的作用"
SPILL = "下放事项挤占了同部门其他事项的人手:其他事项也变慢,差异因此偏小"
NEEDS = (*LICENCE_CASES_NEED, "items.power_source", "items.delegated_on")


def _changed(
    question_id: str,
    term: str,
    english: str,
    unit: str,
    statement: str,
    threshold: Threshold,
    answer: Callable[[Grounds], Answer],
    change: tuple[str, str] = ("多增长", "少增长"),
    scope: str = "下放事项和同部门未下放事项的承诺件",
    needs: tuple[str, ...] = LIMITS,
) -> Question:
    return Question(
        id=question_id,
        problem="delegation",
        term=term,
        english=english,
        unit=unit,
        statement=statement,
        change=change,
        definition=METHOD,
        scope=scope,
        threshold=threshold,
        rivals=(SELECTED, TOGETHER, SPILL),
        source=SOURCE,
        answer=answer,
        needs=(*NEEDS, *needs),
        compared=False,
    )


QUESTIONS = (
    Question(
        id="delegated_share",
        problem="delegation",
        term="下放事项办件占比",
        english="share of cases of delegated items",
        unit="%",
        statement="下放、授权、委托事项占受理量的 {number}",
        definition="权力来源为上级下放、上级授权、上级委托的事项的受理量 ÷ 受理量",
        scope="年内受理的行政许可办件",
        threshold=Threshold(20.0, 5.0, "本软件设定:没有公认的标准"),
        rivals=("权力来源填报不全或按旧目录填报",),
        source=SOURCE,
        needs=(*ACCEPTED_NEED, "items.power_source"),
        answer=answers.delegated_share,
    ),
    _changed(
        "delegated_volume",
        "下放后受理量变化",
        "volume of delegated items against others",
        "%",
        "下放事项的受理量比同部门未下放事项{change} {number}",
        Threshold(20.0, 10.0, OWN),
        answers.volume,
        scope="下放事项和同部门未下放事项的受理量(含即办件)",
    ),
    _changed(
        "delegated_duration",
        "下放后用时变化",
        "duration of delegated items against others",
        "%",
        "下放事项的平均用时比同部门未下放事项{change} {number}",
        Threshold(20.0, 10.0, OWN),
        answers.duration,
    ),
    _changed(
        "delegated_supplements",
        "下放后补正变化",
        "supplements of delegated items against others",
        "个百分点",
        "下放事项的补正占比比同部门未下放事项{change} {number}",
        Threshold(5.0, ANY, OWN),
        answers.supplements,
        change=("多上升", "少上升"),
        needs=(*LIMITS, "cases.supp_rounds"),
    ),
    _changed(
        "delegated_lateness",
        "下放后超时限变化",
        "broken promises of delegated items against others",
        "个百分点",
        "下放事项超承诺时限的占比比同部门未下放事项{change} {number}",
        Threshold(2.0, ANY, OWN),
        answers.lateness,
        change=("多上升", "少上升"),
    ),
)
