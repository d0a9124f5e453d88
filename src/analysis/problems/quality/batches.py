"""Back-entry in batches (批量补录): accepted and closed within one minute, many at a time."""

import pandas as pd

from analysis.problems.endings import endings
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.quality.stamps import COMPLETED
from analysis.problems.shares import by_department, share
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED

BATCH = 10  # cases of one department within one minute
SAME_MINUTE, BATCHED, BATCHES, LARGEST = "同一分钟受理并办结", "成批的", "批数", "最大一批"


def batches(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the completed cases that were accepted and closed within one minute, and how bunched.

    Args:
        counts: as ``endings`` returns them.

    Returns:
        Index ``dept_code``; integer columns ``SAME_MINUTE`` cases, ``BATCHED`` of these in batches
        of at least ``BATCH``, ``BATCHES``, and ``LARGEST`` batch. Times at midnight are dates and
        are left out.
    """
    minutes = counts.groupby(["dept_code", "minute"], as_index=False)["n"].sum()
    many = minutes["n"] >= BATCH
    minutes = minutes.assign(batched=minutes["n"].where(many, 0), many=many)
    found: pd.DataFrame = minutes.groupby("dept_code").agg(
        **{
            SAME_MINUTE: ("n", "sum"),
            BATCHED: ("batched", "sum"),
            BATCHES: ("many", "sum"),
            LARGEST: ("n", "max"),
        }
    )
    return found


def _batched(grounds: Grounds) -> Answer:
    found = batches(grounds.once(endings))
    completed = grounds.facts.rows("completed").groupby("dept_code")["n"].sum()
    columns = found.join(completed.rename(COMPLETED), how="outer")
    return share(
        int(found[BATCHED].sum()),
        int(completed.sum()),
        ("成批补录的办件", COMPLETED),
        counts=(
            ("同一分钟受理并办结的办件", int(found[SAME_MINUTE].sum())),
            (BATCHES, int(found[BATCHES].sum())),
        ),
        evidence=by_department(grounds, columns, BATCHED, COMPLETED),
    )


QUESTIONS = (
    Question(
        id="bulk_entry",
        problem="quality",
        term="批量补录占比",
        english="share of cases entered in batches after the fact",
        unit="%",
        decimals=2,
        statement="{number} 的办结件成批补录:同一分钟内受理并办结,且同部门同一分钟有 10 件以上。",
        definition=f"受理与办结在同一分钟、同一部门该分钟内这样的办件不少于{BATCH}件的办件 ÷ 年内办结的办件;零点时间戳另计",
        scope=LICENCE_CASES,
        threshold=Threshold(
            1,
            0.05,
            f"本软件设定:一个部门一分钟办结{BATCH}件,人工做不到;百分之一以上足以改变用时和超期的数",
        ),
        rivals=("无人工干预的自动审批(秒批)。", "系统割接当天集中导入历史办件。"),
        source="办件数据补录的通行识别办法:受理时间与办结时间相同且成批出现",
        needs=(*COMPLETED_NEED, "cases.dept_code"),
        answer=_batched,
    ),
)
