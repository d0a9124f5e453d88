"""Late delivery (逾期送达): permits handed over more than 10 working days after the decision."""

from analysis.problems.finding import ANY, Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import by_department, share
from analysis.statistics.facts import CALENDAR
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.timeliness.duties import DELIVERED_LATE, DELIVERY, DUE

LATE, DELIVERED = "逾期送达或逾期未送达的办件", "准予许可、已送达或已逾期未送达的办件"


def _late(grounds: Grounds) -> Answer:
    late, delivered = (
        grounds.facts.rows(measure, outcome="approved").groupby("dept_code")["n"].sum()
        for measure in ("completed_delivery_late", "completed_delivery_due")
    )
    columns = {LATE: late, DELIVERED: delivered}
    return share(
        int(late.sum()),
        int(delivered.sum()),
        (LATE, DELIVERED),
        evidence=by_department(grounds, columns, LATE, DELIVERED),
    )


QUESTIONS = (
    Question(
        id="late_delivery",
        problem="overdue",
        term="逾期送达率",
        english="share of permits delivered late",
        unit="%",
        decimals=3,
        statement="{number} 的准予许可件在作出决定十个工作日之后才送达或逾期仍未送达。",
        definition=f"{DELIVERED_LATE} ÷ {DUE}",
        scope=LICENCE_CASES,
        threshold=Threshold(
            0.1, ANY, "行政许可法第44条:十日内送达,一件逾期也是违法;千分之一以上为明显,本软件设定"
        ),
        rivals=(
            "申请人没有按通知来领取。",
            "送达时间登记的是证件制作或寄出后的回执时间。",
            "已经送达,系统没有登记。",
        ),
        source="行政许可法第44条",
        needs=(CALENDAR, *DELIVERY),
        answer=_late,
        traps=("bulk_entry", "bulk_closing", "midnight_stamps"),
        divisible=True,
    ),
)
