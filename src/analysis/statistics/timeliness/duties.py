"""Duties beside the decision (告知、送达): supplement notices in 5 working days, delivery in 10.

What is not delivered by the cut-off counts as soon as its days are over: else a permit that lies through
the turn of the year would be late in no year.
"""

from fractions import Fraction
from functools import partial

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import Certainty, Result
from analysis.statistics.makers import case_count, case_share
from analysis.statistics.needs import COMPLETED_NEED, LICENCE_CASES_NEED
from analysis.statistics.ratios import Compute, count_of
from analysis.statistics.sections import LEGAL

ARTICLE_32 = "行政许可法第32条第1款第4项:当场或者五日内一次告知"
ARTICLE_44 = "行政许可法第44条:作出准予许可的决定,自决定之日起十日内送达"
NOTICE = (*LICENCE_CASES_NEED, "cases.received_at", "cases.first_supp_notice_at")
DELIVERY = (
    *COMPLETED_NEED,
    "cases.outcome=approved",
    "cases.decided_at",
    "cases.delivered_at",
)
NOTICED = "年内首次告知补正、收件时间已知的办件"
DUE = "年内办结、准予许可的办件中,截止日已送达的,加决定后10个工作日已过而没有送达(或没有登记送达时间)的"
DELIVERED_LATE = "年内办结、准予许可,决定后超过10个工作日才送达,或截止日已超过而没有送达(或没有登记送达时间)的办件"


def _in_time(late: str, whole: str, **among: object) -> Compute:
    """Return what share of a measure's cases is not among the late ones."""

    def compute(facts: Facts) -> Result:
        n = facts.n(whole, **among)
        return Result(Fraction(n - facts.n(late, **among)), Fraction(n))

    return compute


_late = partial(case_count, section=LEGAL, certainty=Certainty.CLEAR)
_on_time = partial(case_share, section=LEGAL, certainty=Certainty.CLEAR)

FIGURES = (
    _late(
        id="notice_late",
        term="补正告知逾期",
        english="late supplement notice",
        numerator="年内首次告知补正、距收件超过5个工作日的办件",
        source=ARTICLE_32,
        needs=(CALENDAR, *NOTICE),
        compute=count_of("noticed_late"),
        dated=False,
    ),
    _on_time(
        id="notice_on_time_rate",
        term="补正告知按时率",
        english="supplement notice in time",
        numerator=f"{NOTICED},未逾期的",
        denominator=NOTICED,
        source=ARTICLE_32,
        needs=(CALENDAR, *NOTICE),
        compute=_in_time("noticed_late", "noticed"),
        dated=False,
    ),
    _late(
        id="delivery_late",
        term="送达逾期",
        english="late delivery",
        numerator=DELIVERED_LATE,
        source=ARTICLE_44,
        needs=(CALENDAR, *DELIVERY),
        compute=count_of("completed_delivery_late", outcome="approved"),
    ),
    _on_time(
        id="delivery_on_time_rate",
        term="送达按时率",
        english="delivery in time",
        numerator=f"{DUE},未逾期的",
        denominator=DUE,
        source=ARTICLE_44,
        needs=(CALENDAR, *DELIVERY),
        compute=_in_time("completed_delivery_late", "completed_delivery_due", outcome="approved"),
    ),
)
