"""Immediate handling (即办率), in four variants: by items or cases, by flag or by days."""

from fractions import Fraction
from functools import partial

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Certainty, Result
from analysis.statistics.limits import in_days
from analysis.statistics.makers import case_share, item_share
from analysis.statistics.needs import ACCEPTED_NEED, COMPLETED_NEED
from analysis.statistics.ratios import ratio_of
from analysis.statistics.scopes import PLATFORM_NEEDS, platform_handling
from analysis.statistics.sections import LEGAL
from analysis.tables.codes.catalogue import COMMITMENT, IMMEDIATE


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


_of_items = partial(item_share, id="instant_rate", section=LEGAL)
_of_cases = partial(case_share, id="instant_rate", section=LEGAL, certainty=Certainty.PRACTICE)

FIGURES = (
    _of_items(
        variant="item_flag",
        term="即办率",
        english="share of immediate items",
        numerator="办件类型为即办件的业务办理项",
        denominator="业务办理项数",
        source="在线政务服务评估通行公式;广东公式未见公布",
        certainty=Certainty.UNPUBLISHED,
        needs=(*PLATFORM_NEEDS, "items.case_type"),
        compute=_items_flagged,
    ),
    _of_items(
        variant="item_1day",
        term="即办率(承诺一日内)",
        english="share of items promised within a day",
        numerator="承诺办结时限不超过1个工作日的业务办理项",
        denominator="业务办理项数",
        source="广州2018年口径“一天以内可办结的事项(以下简称即办件)”",
        certainty=Certainty.PRACTICE,
        needs=(*PLATFORM_NEEDS, "items.promised_limit", "items.promised_unit"),
        compute=_items_within_a_day,
    ),
    _of_cases(
        variant="case_flag",
        term="即办率(按办件)",
        english="share of immediate cases",
        numerator="年内受理的即办件",
        denominator="年内受理的即办件与承诺件",
        source="办件统计系统通行做法",
        needs=(*ACCEPTED_NEED, "cases.case_type"),
        compute=_cases_flagged,
    ),
    _of_cases(
        variant="case_sameday",
        term="即办率(当日办结)",
        english="share completed on the day of application",
        numerator="年内办结、办结日即申请日的办件",
        denominator="年内办结量",
        source="广东2020年口径“当场或当天即可办结”",
        needs=COMPLETED_NEED,
        compute=ratio_of("completed_same_day", "completed"),
    ),
)
