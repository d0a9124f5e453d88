"""Cases (办件量): the flows and stocks of a year."""

from fractions import Fraction
from functools import partial

from analysis.statistics.facts import Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.needs import (
    ACCEPTED_NEED,
    APPLICATIONS_NEED,
    COMPLETED_NEED,
    LICENCE_CASES_NEED,
)
from analysis.statistics.sections import LEAD

REPORT = "2022年度报告导语;行政许可法第32条"
FLOWS = "存量与流量恒等式"

OTHER_ENDINGS = ("withdrawn", "supp_lapsed", "transferred", "terminated", "other", "")
# What the measures rest on.
ACCEPTED = ACCEPTED_NEED
NOT_ACCEPTED = (*LICENCE_CASES_NEED, "cases.not_accepted_at", "cases.accept_status=rejected")
OPEN = (*ACCEPTED, "cases.closed_at")
PENDING = (*OPEN, "cases.not_accepted_at", "cases.accept_status=rejected")
DELETED = (*COMPLETED_NEED, "cases.outcome=deleted")
OTHERS = (*COMPLETED_NEED, "cases.outcome=approved", "cases.outcome=refused")


def count(facts: Facts, *, measure: str, outcomes: tuple[str, ...] = ()) -> Result:
    """Count the cases of a measure, of certain outcomes only if any are given."""
    return Result(Fraction(facts.n(measure, **({"outcome": outcomes} if outcomes else {}))))


def _flow(
    figure_id: str,
    term: str,
    english: str,
    numerator: str,
    measure: str,
    outcomes: tuple[str, ...] = (),
    source: str = REPORT,
    *,
    needs: tuple[str, ...] = LICENCE_CASES_NEED,
) -> Figure:
    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="件",
        kind=Kind.COUNT,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator=numerator,
        section=LEAD,
        source=source,
        certainty=Certainty.PRACTICE,
        needs=needs,
        compute=partial(count, measure=measure, outcomes=outcomes),
        dated=not measure.endswith(("_at_start", "_at_end")),
    )


FIGURES = (
    _flow(
        "applications",
        "申请量",
        "applications",
        "年内提出申请的办件",
        "applications",
        needs=APPLICATIONS_NEED,
    ),
    _flow(
        "accepted",
        "受理量",
        "accepted",
        "年内受理的办件(不论何年申请)",
        "accepted",
        needs=ACCEPTED,
    ),
    _flow(
        "not_accepted",
        "不受理量",
        "not accepted",
        "年内决定不受理(依法不需要取得许可)或不予受理(不属于本机关职权)的办件",
        "not_accepted",
        needs=NOT_ACCEPTED,
    ),
    _flow(
        "completed",
        "办结量",
        "completed",
        "年内办结的、已受理的办件(不论何年受理),不含删除件;受理前终结的另计",
        "completed",
        needs=COMPLETED_NEED,
    ),
    _flow(
        "approved",
        "审批同意量",
        "approved",
        "办结量中准予许可的办件",
        "completed",
        ("approved",),
        needs=(*COMPLETED_NEED, "cases.outcome=approved"),
    ),
    _flow(
        "disapproved",
        "审批不同意量",
        "refused",
        "办结量中不予许可的办件",
        "completed",
        ("refused",),
        needs=(*COMPLETED_NEED, "cases.outcome=refused"),
    ),
    _flow(
        "other_endings",
        "其他办结",
        "other endings",
        "办结量中撤回、补正不来、转报、终止和其他的办件",
        "completed",
        OTHER_ENDINGS,
        FLOWS,
        needs=OTHERS,
    ),
    _flow(
        "ended_before",
        "受理前终结",
        "ended before acceptance",
        "年内办结的、既未受理也未作不受理决定的办件",
        "ended_before",
        source=FLOWS,
        needs=PENDING,
    ),
    _flow(
        "deleted",
        "删除件",
        "deleted",
        "年内删除的、已受理的办件",
        "deleted",
        source=FLOWS,
        needs=DELETED,
    ),
    _flow(
        "pending_at_start",
        "年初待受理",
        "awaiting acceptance at the year's start",
        "年初之前申请、年初时尚未作受理决定也未终结的办件",
        "pending_at_start",
        source=FLOWS,
        needs=PENDING,
    ),
    _flow(
        "pending_at_end",
        "期末待受理",
        "awaiting acceptance at the cut-off",
        "截止日之前申请、截止时尚未作受理决定也未终结的办件",
        "pending_at_end",
        source=FLOWS,
        needs=PENDING,
    ),
    _flow(
        "open_at_start",
        "年初在办",
        "open at the year's start",
        "年初之前受理、年初时尚未办结的办件",
        "open_at_start",
        source=FLOWS,
        needs=OPEN,
    ),
    _flow(
        "open_at_end",
        "期末在办",
        "open at the cut-off",
        "截止日之前受理、截止时尚未办结的办件",
        "open_at_end",
        source=FLOWS,
        needs=OPEN,
    ),
)
