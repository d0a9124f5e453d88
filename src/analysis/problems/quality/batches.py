"""Batches (批量): many cases of a department within one minute, entered after the fact or closed.

More than the department's own hour makes likely: a large one closes ten a minute singly.
"""

from collections.abc import Callable

import pandas as pd

from analysis.problems.endings import endings
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.minutes import BATCH, EARLIER, RULE, SAME, beyond_chance, minutes
from analysis.problems.quality.stamps import COMPLETED
from analysis.problems.shares import by_department, share
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED

SAME_MINUTE, BATCHED, BATCHES, LARGEST = "同一分钟受理并办结", "成批的", "批数", "最大一批"
SOURCE = "办件数据补录的通行识别办法:时间相同且成批出现;偶然的范围按二项分布(本软件设定)"
AT_ONCE = "无人工干预的自动审批(秒批)集中触发。"
TIMED = "时间有时刻的办件"
LEAST_TIMED = 0.05  # of the cases: where fewer have a time of day, dates are what the system holds
DATES = "数据不足:受理、办结时间几乎都只有日期,没有时刻,看不出是否同一分钟"
NEEDS = (*COMPLETED_NEED, "cases.dept_code")


def batches(of: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the cases closed in batches, by department.

    Args:
        of: as ``minutes`` returns them.
        kind: ``SAME``, accepted and closed within the minute, or ``EARLIER``, accepted before.

    Returns:
        Index ``dept_code``; integer columns ``BATCHED`` cases, ``BATCHES``, and ``LARGEST`` batch.
        Departments without a batch are left out.
    """
    by = of[beyond_chance(of[kind], of[f"{kind}_hour"])].groupby("dept_code")[kind]
    return pd.DataFrame({BATCHED: by.sum(), BATCHES: by.size(), LARGEST: by.max()})


def _batched(kind: str, term: str) -> Callable[[Grounds], Answer]:
    without = "midnight" if kind == SAME else "dated"

    def answer(grounds: Grounds) -> Answer:
        of = grounds.once(endings)[["n", without]].sum()
        timed = int(of["n"] - of[without])
        if timed < of["n"] * LEAST_TIMED:
            return Answer(None, counts=((TIMED, timed), (COMPLETED, int(of["n"]))), reason=DATES)
        found = batches(grounds.once(minutes), kind)
        by = grounds.once(endings).groupby("dept_code")
        columns = found.join(by["n"].sum().rename(COMPLETED), how="outer")
        counts = [(BATCHES, int(found[BATCHES].sum()))]
        if kind == SAME:
            columns = columns.join(by["at_once"].sum().rename(SAME_MINUTE))
            counts.insert(0, (f"{SAME_MINUTE}的办件", int(columns[SAME_MINUTE].sum())))
        return share(
            int(found[BATCHED].sum()),
            int(columns[COMPLETED].sum()),
            (term, COMPLETED),
            counts=tuple(counts),
            evidence=by_department(grounds, columns, BATCHED, COMPLETED),
        )

    return answer


QUESTIONS = (
    Question(
        id="bulk_entry",
        problem="quality",
        term="批量补录占比",
        english="share of cases entered in batches after the fact",
        unit="%",
        decimals=2,
        statement=f"{{number}} 的办结件成批补录:同一分钟内受理并办结,同部门同一分钟有{BATCH}件以上,多于偶然。",
        definition=f"受理与办结在同一分钟、成批的办件 ÷ 年内办结的办件;成批 = 同一部门一分钟内{RULE};零点时间戳另计,几乎都是零点的不作判断",
        scope=LICENCE_CASES,
        threshold=Threshold(
            1, 0.05, "本软件设定:偶然几乎没有,万分之五以上须核实;百分之一以上足以改变用时和超期的数"
        ),
        rivals=(AT_ONCE, "系统割接当天集中导入历史办件。", "一个申请人一次提交多件,当场一并办结。"),
        source=SOURCE,
        needs=NEEDS,
        answer=_batched(SAME, "成批补录的办件"),
    ),
    Question(
        id="bulk_closing",
        problem="quality",
        term="批量办结占比",
        english="share of cases closed in batches",
        unit="%",
        decimals=2,
        statement=f"{{number}} 的办结件成批办结:同部门同一分钟办结{BATCH}件以上(受理不在这一分钟),多于偶然。",
        definition=f"受理不在办结的那一分钟、成批办结的办件 ÷ 年内办结的办件;成批 = 同一部门一分钟内{RULE};零点时间戳另计,几乎都是零点的不作判断",
        scope=LICENCE_CASES,
        threshold=Threshold(
            1,
            0.05,
            "本软件设定:偶然几乎没有,万分之五以上须核实;百分之一以上足以改变用时、压线和超期的数",
        ),
        rivals=(
            "同一批件确在同一时刻作出决定(会审、统一制证)。",
            "系统定时归档或批量推送,办结时间是归档时间。",
            AT_ONCE,
        ),
        source=SOURCE,
        needs=NEEDS,
        answer=_batched(EARLIER, "成批办结的办件"),
    ),
)
