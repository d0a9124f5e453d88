"""Cases (办件量): the flows and stocks of a year."""

from functools import partial

from analysis.statistics.figure import Certainty
from analysis.statistics.makers import case_count
from analysis.statistics.needs import (
    ACCEPTED_NEED,
    APPLICATIONS_NEED,
    COMPLETED_NEED,
    LICENCE_CASES_NEED,
)
from analysis.statistics.ratios import count_of
from analysis.statistics.sections import LEAD

REPORT = "2022年度报告导语;行政许可法第32条"
FLOWS = "存量与流量恒等式"

OTHER_ENDINGS = ("withdrawn", "supp_lapsed", "transferred", "terminated", "other", "")
# What the measures rest on.
NOT_ACCEPTED = (*LICENCE_CASES_NEED, "cases.not_accepted_at", "cases.accept_status=rejected")
OPEN = (*ACCEPTED_NEED, "cases.closed_at")
PENDING = (*OPEN, "cases.not_accepted_at", "cases.accept_status=rejected")
DELETED = (*COMPLETED_NEED, "cases.outcome=deleted")
OTHERS = (*COMPLETED_NEED, "cases.outcome=approved", "cases.outcome=refused")


_flow = partial(case_count, section=LEAD, source=REPORT, certainty=Certainty.PRACTICE)
_stock = partial(_flow, source=FLOWS, dated=False)

FIGURES = (
    _flow(
        id="applications",
        term="申请量",
        english="applications",
        numerator="年内提出申请的办件",
        needs=APPLICATIONS_NEED,
        compute=count_of("applications"),
    ),
    _flow(
        id="accepted",
        term="受理量",
        english="accepted",
        numerator="年内受理的办件(不论何年申请)",
        needs=ACCEPTED_NEED,
        compute=count_of("accepted"),
    ),
    _flow(
        id="not_accepted",
        term="不受理量",
        english="not accepted",
        numerator="年内决定不受理(依法不需要取得许可)或不予受理(不属于本机关职权)的办件",
        needs=NOT_ACCEPTED,
        compute=count_of("not_accepted"),
    ),
    _flow(
        id="completed",
        term="办结量",
        english="completed",
        numerator="年内办结的、已受理的办件(不论何年受理),不含删除件;受理前终结的另计",
        needs=COMPLETED_NEED,
        compute=count_of("completed"),
    ),
    _flow(
        id="approved",
        term="审批同意量",
        english="approved",
        numerator="办结量中准予许可的办件",
        needs=(*COMPLETED_NEED, "cases.outcome=approved"),
        compute=count_of("completed", outcome="approved"),
    ),
    _flow(
        id="disapproved",
        term="审批不同意量",
        english="refused",
        numerator="办结量中不予许可的办件",
        needs=(*COMPLETED_NEED, "cases.outcome=refused"),
        compute=count_of("completed", outcome="refused"),
    ),
    _flow(
        id="other_endings",
        term="其他办结",
        english="other endings",
        numerator="办结量中撤回、补正不来、转报、终止和其他的办件",
        source=FLOWS,
        needs=OTHERS,
        compute=count_of("completed", outcome=OTHER_ENDINGS),
    ),
    _flow(
        id="ended_before",
        term="受理前终结",
        english="ended before acceptance",
        numerator="年内办结的、既未受理也未作不受理决定的办件",
        source=FLOWS,
        needs=PENDING,
        compute=count_of("ended_before"),
    ),
    _flow(
        id="deleted",
        term="删除件",
        english="deleted",
        numerator="年内删除的、已受理的办件",
        source=FLOWS,
        needs=DELETED,
        compute=count_of("deleted"),
    ),
    _stock(
        id="pending_at_start",
        term="年初待受理",
        english="awaiting acceptance at the year's start",
        numerator="年初之前申请、年初时尚未作受理决定也未终结的办件",
        needs=PENDING,
        compute=count_of("pending_at_start"),
    ),
    _stock(
        id="pending_at_end",
        term="期末待受理",
        english="awaiting acceptance at the cut-off",
        numerator="截止日之前申请、截止时尚未作受理决定也未终结的办件",
        needs=PENDING,
        compute=count_of("pending_at_end"),
    ),
    _stock(
        id="open_at_start",
        term="年初在办",
        english="open at the year's start",
        numerator="年初之前受理、年初时尚未办结的办件",
        needs=OPEN,
        compute=count_of("open_at_start"),
    ),
    _stock(
        id="open_at_end",
        term="期末在办",
        english="open at the cut-off",
        numerator="截止日之前受理、截止时尚未办结的办件",
        needs=OPEN,
        compute=count_of("open_at_end"),
    ),
)
