"""Duties beside the decision (告知、送达): supplement notices in 5 working days, delivery in 10.

What is not delivered by the cut-off counts as soon as its days are over: else a permit that lies through
the turn of the year would be late in no year.
"""

from fractions import Fraction

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.needs import COMPLETED_NEED, LICENCE_CASES_NEED
from analysis.statistics.sections import LEGAL

NOTICE = (*LICENCE_CASES_NEED, "cases.received_at", "cases.first_supp_notice_at")
DELIVERY = (
    *COMPLETED_NEED,
    "cases.outcome=approved",
    "cases.decided_at",
    "cases.delivered_at",
)
DUE = "年内办结、准予许可的办件中,截止日已送达的,加决定后10个工作日已过而没有送达(或没有登记送达时间)的"
DELIVERED_LATE = "年内办结、准予许可,决定后超过10个工作日才送达,或截止日已超过而没有送达(或没有登记送达时间)的办件"


def _pair(
    figure_id: str,
    term: str,
    english: str,
    late: str,
    whole: str,
    measures: tuple[str, str],
    source: str,
    columns: tuple[str, ...],
    *,
    dated: bool,
    **among: str,
) -> tuple[Figure, Figure]:
    """Return the late ones as a count, and those in time as a share; ``among`` certain cases only."""
    late_measure, whole_measure = measures

    def too_late(facts: Facts) -> Result:
        return Result(Fraction(facts.n(late_measure, **among)))

    def in_time(facts: Facts) -> Result:
        n = facts.n(whole_measure, **among)
        return Result(Fraction(n - facts.n(late_measure, **among)), Fraction(n))

    return (
        Figure(
            id=f"{figure_id}_late",
            term=f"{term}逾期",
            english=f"late {english}",
            unit="件",
            kind=Kind.COUNT,
            grain=CASE,
            scope=LICENCE_CASES,
            numerator=late,
            section=LEGAL,
            source=source,
            certainty=Certainty.CLEAR,
            needs=(CALENDAR, *columns),
            compute=too_late,
            dated=dated,
        ),
        Figure(
            id=f"{figure_id}_on_time_rate",
            term=f"{term}按时率",
            english=f"{english} in time",
            unit="%",
            kind=Kind.SHARE,
            grain=CASE,
            scope=LICENCE_CASES,
            numerator=f"{whole},未逾期的",
            denominator=whole,
            section=LEGAL,
            source=source,
            certainty=Certainty.CLEAR,
            decimals=2,
            needs=(CALENDAR, *columns),
            compute=in_time,
            dated=dated,
        ),
    )


FIGURES = (
    *_pair(
        "notice",
        "补正告知",
        "supplement notice",
        "年内首次告知补正、距收件超过5个工作日的办件",
        "年内首次告知补正、收件时间已知的办件",
        ("noticed_late", "noticed"),
        "行政许可法第32条第1款第4项:当场或者五日内一次告知",
        NOTICE,
        dated=False,
    ),
    *_pair(
        "delivery",
        "送达",
        "delivery",
        DELIVERED_LATE,
        DUE,
        ("completed_delivery_late", "completed_delivery_due"),
        "行政许可法第44条:作出准予许可的决定,自决定之日起十日内送达",
        DELIVERY,
        dated=True,
        outcome="approved",
    ),
)
