"""The questions (问题) on delegated powers."""

from collections.abc import Callable

from analysis.problems.courses import STILL_OPEN
from analysis.problems.delegation import answers
from analysis.problems.delegation.changes import (
    DURATION,
    HALF,
    LATENESS,
    LEAST_CASES,
    LEAST_MONTHS,
    SUPPLEMENTS,
    VOLUME,
    Measure,
)
from analysis.problems.delegation.effects import LEAST_DEGREES
from analysis.problems.delegation.left_out import LEAST_SHARE
from analysis.problems.finding import ANY, Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import TRAPS
from analysis.statistics.facts import CALENDAR
from analysis.statistics.needs import ACCEPTED_NEED, COMPLETED_NEED

SOURCE = (
    "2022年度报告存在问题(二):随着行政权责事项不断下放,审批工作量不断增加;省政府令第281号等下放决定"
)
METHOD = (
    "双重差分:下放(上级下放、授权、委托)事项前后变化,减去同部门未下放事项同期的变化,各事项同等看待;"
    f"前后各看{HALF}个月(至少各{LEAST_MONTHS}个月有数据、各{LEAST_CASES}件),有上年数据的用上年数据;"
    "区间按部门聚类(CR2,Bell-McCaffrey自由度;同一部门同批下放的事项一起变动);"
    f"自由度不到{LEAST_DEGREES}(Tipton 2015)、下放前两类事项趋势不同(5%水平)或趋势无从检验的,为数据不足"
)
HANDLED = f";按受理月份,只看受理月份后已过{STILL_OPEN}个整月的承诺件"
MOSTLY = f";可比事项占下放事项下放后受理量不到{100 * LEAST_SHARE:.0f}%的(本软件设定),为数据不足"
OWN = "本软件设定:没有公认的标准;且区间须排除偶然(双侧检验,校正后p值不大于5%)"
SELECTED = "下放哪些事项、何时下放不是随机的:被选中的事项可能本来就在变"
TOGETHER = "下放的同时调整了流程、系统或承诺时限,分不清是哪一样的作用"
SPILL = "下放事项挤占了同部门其他事项的人手:其他事项也变慢,差异因此偏小"
NEEDS = ("items.power_source", "items.delegated_on")
CLOSED = (CALENDAR, *COMPLETED_NEED, "cases.case_type")
PROMISES = (
    "cases.promised_days",
    "cases.extended_days",
    "cases.stopped_days_art45",
    "cases.stopped_days_other",
)


def _changed(
    name: str,
    term: str,
    english: str,
    measure: Measure,
    threshold: Threshold,
    answer: Callable[[Grounds], Answer],
    needs: tuple[str, ...],
    traps: tuple[str, ...],
    definition: str = METHOD + HANDLED,
    scope: str = "下放事项和同部门未下放事项办结的承诺件",
) -> Question:
    return Question(
        id=f"delegated_{name}",
        problem="delegation",
        term=term,
        english=f"{english} of delegated items against others",
        unit=measure.unit,
        statement=f"扣除同部门未下放事项同期的变化,可比的下放事项的{measure.term}在下放后{{change}} {{number}}",
        change=("增加", "减少") if measure.relative else ("上升", "下降"),
        definition=definition,
        scope=scope,
        threshold=threshold,
        rivals=(SELECTED, TOGETHER, SPILL),
        traps=traps,
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
        "volume",
        "下放后受理量变化",
        "volume",
        VOLUME,
        Threshold(20.0, 10.0, OWN),
        answers.volume,
        ACCEPTED_NEED,
        ("bulk_entry", "pushed_again"),
        METHOD + MOSTLY,
        "下放事项和同部门未下放事项的受理量(含即办件)",
    ),
    _changed(
        "duration",
        "下放后用时变化",
        "duration",
        DURATION,
        Threshold(20.0, 10.0, OWN),
        answers.duration,
        CLOSED,
        (*TRAPS, "reversed_times"),
    ),
    _changed(
        "supplements",
        "下放后补正变化",
        "supplements",
        SUPPLEMENTS,
        Threshold(5.0, ANY, OWN),
        answers.supplements,
        (*CLOSED, "cases.supp_rounds"),
        ("pushed_again",),
    ),
    _changed(
        "lateness",
        "下放后超时限变化",
        "broken promises",
        LATENESS,
        Threshold(2.0, ANY, OWN),
        answers.lateness,
        (*CLOSED, *PROMISES),
        TRAPS,
        scope="下放事项和同部门未下放事项办结的、有承诺时限的承诺件",
    ),
)
