"""Movements (事项增减): licence items at last year's end, and what came and went since.

What a department takes over from another of the place is neither added nor removed there.
"""

from fractions import Fraction

import pandas as pd

from analysis.statistics.access.listed import DATES
from analysis.statistics.catalogue.revisions import MADE_IMMEDIATE, PROMISED, changes
from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    HANDLING,
    SERVICE,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import LICENCE_NEEDS, licences, licences_in_force
from analysis.statistics.sections import LEAD

CODES = (*LICENCE_NEEDS, "items.impl_code")
REVISED = (*LICENCE_NEEDS, *DATES, "items.item_code", "items.item_version")
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


def _count(
    figure_id: str,
    term: str,
    english: str,
    numerator: str,
    source: str,
    needs: tuple[str, ...],
    compute: Compute,
    *,
    grain: str = SERVICE,
    scope: str = NOW,
) -> Figure:
    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="项",
        kind=Kind.COUNT,
        grain=grain,
        scope=scope,
        numerator=numerator,
        section=LEAD,
        source=source,
        certainty=Certainty.PRACTICE,
        needs=needs,
        compute=compute,
    )


FIGURES = (
    _count(
        "licence_items_previous_year",
        "行政许可事项(上年末)",
        "licence items, year before",
        "事项类型为行政许可、上年末有效的实施编码",
        PRACTICE,
        (*CODES, *DATES),
        _before,
        scope=BEFORE,
    ),
    _count(
        "licence_items_added",
        "新增行政许可事项",
        "licence items added",
        "截止日有效、上年末没有的实施编码",
        PRACTICE,
        (*CODES, *DATES),
        _added,
    ),
    _count(
        "licence_items_removed",
        "取消行政许可事项",
        "licence items removed",
        "上年末有效、截止日已没有的实施编码",
        PRACTICE,
        (*CODES, *DATES),
        _removed,
        scope=BEFORE,
    ),
    _count(
        "licence_items_delegated",
        "年内承接的下放(委托)事项",
        "licence items delegated in the year",
        "承接日期在年内的实施编码",
        "省政府令第281号等下放、委托决定",
        (*CODES, "items.delegated_on"),
        _delegated,
    ),
    _count(
        "promises_shortened",
        "承诺时限缩短的业务办理项",
        "items promised sooner than the year before",
        "承诺办结时限(折成工作日)比上年末短的业务办理项",
        "2022年度报告“承诺办结期限……均较往年有较大提升”",
        (*REVISED, *(f"items.{column}" for column in PROMISED.columns)),
        _changed(PROMISED.fell),
        grain=HANDLING,
        scope=BOTH,
    ),
    _count(
        "items_made_immediate",
        "改为即办件的业务办理项",
        "items made immediate",
        "上年末不是即办件、截止日是即办件的业务办理项",
        PRACTICE,
        (*REVISED, "items.case_type"),
        _changed(MADE_IMMEDIATE),
        grain=HANDLING,
        scope=BOTH,
    ),
)
