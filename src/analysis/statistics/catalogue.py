"""Catalogue (事项目录): how many licence items there are, at each grain."""

from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    APPLICATIONS_NEED,
    CASE,
    HANDLING,
    LICENCE_CASES,
    LICENCE_ITEMS,
    PLATFORM_HANDLING,
    SERVICE,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.timeliness import PLATFORM_NEED, platform_handling
from analysis.tables.codes import LICENCE

LEAD = "一、基本情况"


def licences(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the administrative licences (行政许可, item type 01)."""
    return items[items["item_type"] == LICENCE]


def _licence_items(facts: Facts) -> Result:
    return Result(Fraction(licences(facts.in_force)["impl_code"].nunique()))


def _platform_items(facts: Facts) -> Result:
    return Result(Fraction(platform_handling(facts)["impl_code"].nunique()))


def _platform_handling(facts: Facts) -> Result:
    return Result(Fraction(len(platform_handling(facts))))


def _uncatalogued(facts: Facts) -> Result:
    rows = facts.rows("applications")
    unknown = ~rows["item_code"].isin(facts.year.items["item_code"])
    return Result(Fraction(int(rows.loc[unknown, "n"].sum())))


FIGURES = (
    Figure(
        id="licence_items_total",
        term="行政许可事项",
        english="licence items",
        unit="项",
        kind=Kind.COUNT,
        grain=SERVICE,
        scope=LICENCE_ITEMS,
        numerator="事项类型为行政许可、截止日有效的实施编码",
        section=LEAD,
        source="GB/T 39046—2020 表A.1",
        certainty=Certainty.PRACTICE,
        needs=("items.item_type", "items.item_status", "items.impl_code"),
        compute=_licence_items,
    ),
    Figure(
        id="licence_items_on_platform",
        term="已进驻省事项管理系统的行政许可事项",
        english="licence items on the provincial system",
        unit="项",
        kind=Kind.COUNT,
        grain=SERVICE,
        scope=LICENCE_ITEMS,
        numerator="其中已进驻广东省政务服务事项管理系统的实施编码",
        section=LEAD,
        source="2022年度报告导语",
        certainty=Certainty.PRACTICE,
        needs=(*PLATFORM_NEED, "items.impl_code"),
        compute=_platform_items,
    ),
    Figure(
        id="handling_items",
        term="行政许可业务办理项",
        english="licence handling items",
        unit="项",
        kind=Kind.COUNT,
        grain=HANDLING,
        scope=PLATFORM_HANDLING,
        numerator="已进驻省事项管理系统的行政许可业务办理项",
        section=LEAD,
        source="报告没有印出",
        certainty=Certainty.UNPUBLISHED,
        needs=PLATFORM_NEED,
        compute=_platform_handling,
    ),
    Figure(
        id="uncatalogued",
        term="未入目录的办件",
        english="cases of unknown items",
        unit="件",
        kind=Kind.COUNT,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内申请、事项编码在目录中找不到的办件(已计入申请量)",
        section=LEAD,
        source="本项目",
        certainty=Certainty.CLEAR,
        needs=APPLICATIONS_NEED,
        compute=_uncatalogued,
    ),
)
