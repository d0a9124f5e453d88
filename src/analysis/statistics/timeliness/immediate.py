"""Immediate handling (即办率), in four variants: by items or cases, by flag or by days."""

from collections.abc import Callable
from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    CASE,
    HANDLING,
    LICENCE_CASES,
    PLATFORM_HANDLING,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.needs import ACCEPTED_NEED, COMPLETED_NEED
from analysis.statistics.ratios import ratio_of
from analysis.statistics.scopes import PLATFORM_NEEDS, platform_handling
from analysis.statistics.sections import LEGAL
from analysis.statistics.timeliness.compression import in_days
from analysis.tables.codes import COMMITMENT, IMMEDIATE


def _items_flagged(facts: Facts) -> Result:
    items = platform_handling(facts)
    return Result(Fraction(int((items["case_type"] == IMMEDIATE).sum())), Fraction(len(items)))


def _items_within_a_day(facts: Facts) -> Result:
    items = platform_handling(facts)
    known = in_days(items, "promised").dropna()
    return Result(Fraction(sum(days <= 1 for days in known)), Fraction(len(items)))


def _cases_flagged(facts: Facts) -> Result:
    immediate = facts.n("accepted", case_type=IMMEDIATE)
    return Result(
        Fraction(immediate), Fraction(immediate + facts.n("accepted", case_type=COMMITMENT))
    )


def _rate(
    variant: str,
    term: str,
    english: str,
    numerator: str,
    denominator: str,
    source: str,
    certainty: Certainty,
    compute: Callable[[Facts], Result],
    needs: tuple[str, ...],
    *,
    of_items: bool,
) -> Figure:
    return Figure(
        id="instant_rate",
        variant=variant,
        term=term,
        english=english,
        unit="%",
        kind=Kind.SHARE,
        grain=HANDLING if of_items else CASE,
        scope=PLATFORM_HANDLING if of_items else LICENCE_CASES,
        numerator=numerator,
        denominator=denominator,
        section=LEGAL,
        source=source,
        certainty=certainty,
        decimals=2,
        needs=needs,
        compute=compute,
    )


FIGURES = (
    _rate(
        "item_flag",
        "即办率",
        "share of immediate items",
        "办件类型为即办件的业务办理项",
        "业务办理项数",
        "在线政务服务评估通行公式;广东公式未见公布",
        Certainty.UNPUBLISHED,
        _items_flagged,
        (*PLATFORM_NEEDS, "items.case_type"),
        of_items=True,
    ),
    _rate(
        "item_1day",
        "即办率(承诺一日内)",
        "share of items promised within a day",
        "承诺办结时限不超过1个工作日的业务办理项",
        "业务办理项数",
        "广州2018年口径“一天以内可办结的事项(以下简称即办件)”",
        Certainty.PRACTICE,
        _items_within_a_day,
        (*PLATFORM_NEEDS, "items.promised_limit", "items.promised_unit"),
        of_items=True,
    ),
    _rate(
        "case_flag",
        "即办率(按办件)",
        "share of immediate cases",
        "年内受理的即办件",
        "年内受理的即办件与承诺件",
        "办件统计系统通行做法",
        Certainty.PRACTICE,
        _cases_flagged,
        (*ACCEPTED_NEED, "cases.case_type"),
        of_items=False,
    ),
    _rate(
        "case_sameday",
        "即办率(当日办结)",
        "share completed on the day of application",
        "年内办结、办结日即申请日的办件",
        "年内办结量",
        "广东2020年口径“当场或当天即可办结”",
        Certainty.PRACTICE,
        ratio_of("completed_same_day", "completed"),
        COMPLETED_NEED,
        of_items=False,
    ),
)
