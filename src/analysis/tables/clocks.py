"""Clocks (时限): how many working days a case is allowed, from when, and by which rule.

行政许可法 Art. 32(4): materials to be supplemented are named at once within 5 days, or the application
counts as accepted on the day it was received. Art. 42: a decision within the limit counted from
acceptance, which the head of the agency may extend once by at most 10 working days (joint handling:
45 days, extended by at most 15). Art. 44: delivered within 10 days of the decision. Art. 45: time for
hearings, tenders, auctions, inspections, tests, quarantine, appraisals and expert reviews is not
counted. Art. 82: days are working days. Whether the day of acceptance counts, the law does not say.
"""

from dataclasses import dataclass
from typing import Any

NOTICE_LIMIT = 5  # working days from receipt to the supplement notice, Art. 32(4)
LEGAL_EXTENSION, JOINT_EXTENSION = 10, 15  # working days, Art. 42(1) and (2)
JOINT_LIMIT = 45  # working days: what marks joint handling, Art. 42(2)
DELIVERY_LIMIT = 10  # working days from decision to delivery, Art. 44

STRICT = ("stopped_days_art45",)
LOOSE = ("stopped_days_art45", "stopped_days_other")


@dataclass(frozen=True)
class Clock:
    """A named clock: the limit it starts from, what starts it, and what prolongs it.

    Attributes:
        name: name in code and in the tally.
        term: Chinese name as printed.
        limit: the column of ``cases`` that holds the limit in working days.
        stops: the columns of ``cases`` whose working days are not counted.
        legal_extension: whether only the extension that the law allows counts.
        deemed: whether it starts on receipt where acceptance is deemed (视为受理).
        count_start_day: whether the day it starts on counts as the first.
        rule: how it counts, in Chinese.
    """

    name: str
    term: str
    limit: str
    stops: tuple[str, ...]
    rule: str
    legal_extension: bool = True
    deemed: bool = False
    count_start_day: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of ``cases`` that the clock needs."""
        receipt = ("received_at", "first_supp_notice_at") if self.deemed else ()
        return (self.limit, "extended_days", *self.stops, *receipt)

    def allowed(self, cases: Any) -> Any:
        """Return an Ibis expression: working days allowed to each case, null without a limit."""
        extension = cases["extended_days"].fill_null(0)
        if self.legal_extension:
            most = (cases[self.limit] == JOINT_LIMIT).ifelse(JOINT_EXTENSION, LEGAL_EXTENSION)
            extension = (extension < most).ifelse(extension, most)
        return sum((cases[stop].fill_null(0) for stop in self.stops), cases[self.limit] + extension)


STATUTORY = Clock(
    "statutory",
    "法定时限",
    "statutory_days",
    STRICT,
    "自登记的受理日起算,受理当日不计;依法延长(不超过10日,联合办理15日;办件表没有联合办理的标识,以法定时限45日的为联合办理)和第45条所列程序的时间不计",
)
STATUTORY_LOOSE = Clock(
    "statutory_loose",
    "法定时限(各类特别程序均不计)",
    "statutory_days",
    LOOSE,
    "同法定时限,但踏勘、公示等第45条没有列出的程序也不计",
)
STATUTORY_DEEMED = Clock(
    "statutory_deemed",
    "法定时限(逾期未告知补正的视为受理)",
    "statutory_days",
    STRICT,
    "同法定时限,但收件后5个工作日内既未受理也未告知补正的,自收件日起算",
    deemed=True,
)
STATUTORY_FIRST_DAY = Clock(
    "statutory_first_day",
    "法定时限(受理当日计入)",
    "statutory_days",
    STRICT,
    "同法定时限,但受理当日计为第一日",
    count_start_day=True,
)
PROMISED = Clock(
    "promised",
    "承诺时限",
    "promised_days",
    LOOSE,
    "自登记的受理日起算,受理当日不计;延长和各类特别程序的时间均不计",
    legal_extension=False,
)
CLOCKS = (STATUTORY, STATUTORY_LOOSE, STATUTORY_DEEMED, STATUTORY_FIRST_DAY, PROMISED)
