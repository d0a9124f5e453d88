"""Waiting (等待补正): which share of the whole time passes while the applicant supplements."""

from typing import Any

import ibis
import pandas as pd

from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import NONE_COUNTED, TOP
from analysis.statistics.counting import total
from analysis.statistics.facts import department_names
from analysis.statistics.figure import COMPLETED_NEED, LICENCE_CASES

NOTICE, ANSWER = "supp_notice", "supp_received"
DAY = 86_400  # seconds


def waits(grounds: Grounds) -> pd.DataFrame:
    """Add up how long the supplemented cases completed in the year took, and waited in that time.

    The wait of a case is the sum of its answers' times less the sum of its notices': whichever answer
    belongs to which notice. A case with a notice that was never answered is left out.

    Returns:
        Index ``dept_code``; integer columns ``cases``, ``waited`` and ``taken`` (seconds).
    """
    cases = grounds.completed().filter(lambda rows: rows["received_at"].notnull())
    cases = cases.select(
        "case_id",
        dept_code=cases["dept_code"].fill_null(""),
        taken=cases["closed_at"].epoch_seconds() - cases["received_at"].epoch_seconds(),
    )
    rows = grounds.year.tables["events"]
    rows = rows.filter(rows["activity"].isin([NOTICE, ANSWER])).inner_join(cases, "case_id")
    by_case = rows.group_by(["case_id", "dept_code", "taken"]).agg(
        notices=_count(rows, NOTICE),
        answers=_count(rows, ANSWER),
        waited=total(_signed_seconds(rows)),
    )
    paired = by_case.filter(
        by_case["notices"] == by_case["answers"], by_case["waited"].between(0, by_case["taken"])
    )
    sums = paired.group_by("dept_code").agg(
        cases=paired.count(), waited=total(paired["waited"]), taken=total(paired["taken"])
    )
    frame: pd.DataFrame = sums.to_pandas()
    return frame.set_index("dept_code").astype("int64").sort_index()


def _count(rows: Any, activity: str) -> Any:
    return total(rows["activity"] == activity)


def _signed_seconds(rows: Any) -> Any:
    at = rows["start_at"].epoch_seconds().cast("int64")
    return ibis.ifelse(rows["activity"] == ANSWER, at, -at)


def _waiting(grounds: Grounds) -> Answer:
    found = waits(grounds)
    cases, waited, taken = (int(found[name].sum()) for name in ("cases", "waited", "taken"))
    counts = (
        ("补正过、每次告知都有答复的办件", cases),
        ("等待补正的天数合计", round(waited / DAY)),
        ("收件至办结的天数合计", round(taken / DAY)),
    )
    if not taken:
        return Answer(None, counts=counts, reason=NONE_COUNTED.format("告知和答复时间都有的补正件"))
    return Answer(100 * waited / taken, counts=counts, evidence=_shown(found, grounds))


def _shown(found: pd.DataFrame, grounds: Grounds) -> pd.DataFrame:
    found = found.sort_values("waited", ascending=False, kind="stable").head(TOP)
    names = department_names(grounds.year.items)
    return pd.DataFrame(
        {
            "部门": [str(names.get(code, code)) for code in found.index],
            "补正件": found["cases"].to_numpy(),
            "件均等待(天)": (found["waited"] / found["cases"] / DAY).round(1).to_numpy(),
            "件均全程(天)": (found["taken"] / found["cases"] / DAY).round(1).to_numpy(),
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
    ),
)
