"""Steps without duration (零时长环节): a step that ends when it starts says nothing of its length."""

from analysis.problems.endings import endings
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.happened import happened
from analysis.problems.shares import by_department, share
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED

ZERO, TIMED = "起止相同的环节", "承办、审核、批准环节"


def _zero_steps(grounds: Grounds) -> Answer:
    found = happened(grounds.once(endings)).rename(columns={"zero": ZERO, "timed": TIMED})
    return share(
        int(found[ZERO].sum()),
        int(found[TIMED].sum()),
        (ZERO, TIMED),
        evidence=by_department(grounds, found[[ZERO, TIMED]], ZERO, TIMED),
    )


QUESTIONS = (
    Question(
        id="zero_steps",
        problem="quality",
        term="零时长环节占比",
        english="share of steps that end when they start",
        unit="%",
        decimals=2,
        statement="{number} 的承办、审核、批准环节起止时间相同,环节用时不可用。",
        definition="结束时间等于开始时间的承办、审核、批准环节 ÷ 有结束时间的承办、审核、批准环节",
        scope=f"{LICENCE_CASES},年内办结的",
        threshold=Threshold(
            20, 1, "本软件设定:标准允许时间不明时以开始时间代替;五分之一以上则环节用时不能用"
        ),
        rivals=("环节确在一秒内完成(自动流转)。", "系统只登记一个时间,按标准以开始时间代替。"),
        source="GB/T 39046—2020:环节结束时间不明时取开始时间",
        needs=(
            *COMPLETED_NEED,
            "events.case_id",
            "events.activity",
            "events.start_at",
            "events.end_at",
        ),
        answer=_zero_steps,
    ),
)
