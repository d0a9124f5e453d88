"""Movements (事项增减): licence items at last year's end, and what came and went since.

What a department takes over from another of the place is neither added nor removed there.
"""

from fractions import Fraction
from functools import partial

import pandas as pd

from analysis.statistics.catalogue.revisions import MADE_IMMEDIATE, PROMISED, changes
from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    HANDLING,
    SERVICE,
    Certainty,
    Result,
)
from analysis.statistics.makers import count
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import DATE_NEEDS, LICENCE_NEEDS, licences, licences_in_force
from analysis.statistics.sections import LEAD

CODES = (*LICENCE_NEEDS, "items.impl_code")
REVISED = (*LICENCE_NEEDS, *DATE_NEEDS, "items.item_code", "items.item_version")
BEFORE, NOW = "上年末有效的行政许可事项(事项类型01)", "截止日有效的行政许可事项(事项类型01)"
BOTH = "上年末和截止日都有效的行政许可业务办理项(没有业务办理项的,为实施清单事项)"
PRACTICE = "年度报告通行用语“比上年增减”"


def _codes(items: pd.DataFrame) -> set[str]:
    return set(licences(items)["impl_code"])


def _before(facts: Facts) -> Result:
    return Result(Fraction(len(_codes(facts.in_force_before))))


def _added(facts: Facts) -> Result:
    return Result(Fraction(len(_codes(facts.in_force) - _codes(facts.place.in_force_before))))


def _removed(facts: Facts) -> Result:
    return Result(Fraction(len(_codes(facts.in_force_before) - _codes(facts.place.in_force))))


def _delegated(facts: Facts) -> Result:
    items = licences_in_force(facts)
    start, cutoff = pd.Timestamp(facts.year.start), pd.Timestamp(facts.year.cutoff)
    within = items["delegated_on"].between(start, cutoff)
    return Result(Fraction(items.loc[within, "impl_code"].nunique()))


def _changed(change: str) -> Compute:
    return lambda facts: Result(Fraction(int(facts.once(changes)["change"].eq(change).sum())))


_items = partial(
    count, unit="项", grain=SERVICE, scope=NOW, section=LEAD, certainty=Certainty.PRACTICE
)
_revised = partial(_items, grain=HANDLING, scope=BOTH)

FIGURES = (
    _items(
        id="licence_items_previous_year",
        term="行政许可事项(上年末)",
        english="licence items, year before",
        scope=BEFORE,
        numerator="事项类型为行政许可、上年末有效的实施编码",
        source=PRACTICE,
        needs=(*CODES, *DATE_NEEDS),
        compute=_before,
    ),
    _items(
        id="licence_items_added",
        term="新增行政许可事项",
        english="licence items added",
        numerator="截止日有效、上年末没有的实施编码",
        source=PRACTICE,
        needs=(*CODES, *DATE_NEEDS),
        compute=_added,
    ),
    _items(
        id="licence_items_removed",
        term="取消行政许可事项",
        english="licence items removed",
        scope=BEFORE,
        numerator="上年末有效、截止日已没有的实施编码",
        source=PRACTICE,
        needs=(*CODES, *DATE_NEEDS),
        compute=_removed,
    ),
    _items(
        id="licence_items_delegated",
        term="年内承接的下放(委托)事项",
        english="licence items delegated in the year",
        numerator="承接日期在年内的实施编码",
        source="省政府令第281号等下放、委托决定",
        needs=(*CODES, "items.delegated_on"),
        compute=_delegated,
    ),
    _revised(
        id="promises_shortened",
        term="承诺时限缩短的业务办理项",
        english="items promised sooner than the year before",
        numerator="承诺办结时限(折成工作日)比上年末短的业务办理项",
        source="2022年度报告“承诺办结期限……均较往年有较大提升”",
        needs=(*REVISED, *(f"items.{column}" for column in PROMISED.columns)),
        compute=_changed(PROMISED.fell),
    ),
    _revised(
        id="items_made_immediate",
        term="改为即办件的业务办理项",
        english="items made immediate",
        numerator="上年末不是即办件、截止日是即办件的业务办理项",
        source=PRACTICE,
        needs=(*REVISED, "items.case_type"),
        compute=_changed(MADE_IMMEDIATE),
    ),
)
