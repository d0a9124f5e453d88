"""Waiting (等待补正): which share of the whole time passes while the applicant supplements."""

import pandas as pd

from analysis.problems.endings import endings
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.happened import ANSWER, NOTICE, happened
from analysis.problems.shares import NONE_COUNTED, TOP
from analysis.statistics.facts import named
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED

DAY = 86_400  # seconds


def _waiting(grounds: Grounds) -> Answer:
    found = happened(grounds.once(endings))
    cases, waited, taken = (int(found[name].sum()) for name in ("waiting", "waited", "taken"))
    counts = (
        ("补正过、每次告知都有答复的办件", cases),
        ("等待补正的天数合计", round(waited / DAY)),
        ("收件至办结的天数合计", round(taken / DAY)),
    )
    if not taken:
        return Answer(None, counts=counts, reason=NONE_COUNTED.format("告知和答复时间都有的补正件"))
    return Answer(
        100 * waited / taken, counts=counts, evidence=_shown(found, grounds), of=counts[0]
    )


def _shown(found: pd.DataFrame, grounds: Grounds) -> pd.DataFrame:
    found = (
        found[found["waiting"] > 0].sort_values("waited", ascending=False, kind="stable").head(TOP)
    )
    return pd.DataFrame(
        {
            "部门": named(found.index, grounds.year.items),
            "补正件": found["waiting"].to_numpy(),
            "件均等待(天)": (found["waited"] / found["waiting"] / DAY).round(1).to_numpy(),
            "件均全程(天)": (found["taken"] / found["waiting"] / DAY).round(1).to_numpy(),
            "等待占全程(%)": (100 * found["waited"] / found["taken"]).round(1).to_numpy(),
        }
    )


QUESTIONS = (
    Question(
        id="waiting_share",
        problem="supplements",
        term="等待补正占全程的比重",
        english="share of the whole time spent waiting for the applicant",
        unit="%",
        statement="补正过的办件,从收件到办结的时间有 {number} 花在等申请人补正上。",
        definition="各次补正告知至补正收件的时间之和 ÷ 收件至办结的时间之和(自然日,告知未得到答复的办件不计)",
        scope=f"{LICENCE_CASES},年内办结、补正过的",
        threshold=Threshold(50, 25, "本软件设定:一半以上的时间不在审批环节,压减审批时限解决不了"),
        rivals=("补正期间部门同时在审其他内容,时间重叠。", "补正收件在系统中登记得晚。"),
        source="流程挖掘的等待时间(edeaR 的 idle time)用于补正环节",
        needs=(
            *COMPLETED_NEED,
            "cases.received_at",
            "events.case_id",
            f"events.activity={NOTICE}",
            f"events.activity={ANSWER}",
            "events.start_at",
        ),
        answer=_waiting,
        traps=("bulk_entry", "bulk_closing", "midnight_stamps"),
    ),
)
