"""Catalogue (事项目录): how many licence items there are, at each grain, and cases of unknown ones."""

from fractions import Fraction
from functools import partial

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    DEPARTMENT,
    HANDLING,
    LICENCE_ITEMS,
    PLATFORM_HANDLING,
    SERVICE,
    Certainty,
    Result,
)
from analysis.statistics.makers import case_count, count
from analysis.statistics.needs import APPLICATIONS_NEED
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import (
    LICENCE_NEEDS,
    PLATFORM_NEEDS,
    licences_in_force,
    platform_handling,
)
from analysis.statistics.sections import LEAD
from analysis.tables.codes.catalogue import GRAIN, ITEM_TYPE

MAIN, BASIC = "大项(按父事项编码去重)", "基本目录事项(按基本编码去重)"
STANDARD = "GB/T 39046—2020 表A.1"


def items_by_type(facts: Facts) -> pd.DataFrame:
    """Return how many items of each type there are (各类事项), at each grain, in force.

    Returns:
        Index 事项类型, in the order of the code list; columns 实施清单事项 (distinct 实施编码), then
        the catalogue rows of each 事项层级. Types without items are left out.
    """
    items = facts.in_force
    rows = items.groupby(["item_type", "grain"]).size().unstack(fill_value=0)
    rows = rows.reindex(columns=list(GRAIN.terms), fill_value=0).rename(columns=GRAIN.terms)
    rows.insert(0, "实施清单事项", items.groupby("item_type")["impl_code"].nunique())
    there = [code for code in ITEM_TYPE.terms if code in rows.index]
    rows = rows.loc[there].rename(index=ITEM_TYPE.terms).rename_axis(columns=None)
    return rows.rename_axis(ITEM_TYPE.name).astype("int64")


def _distinct(column: str) -> Compute:
    return lambda facts: Result(Fraction(licences_in_force(facts)[column].nunique()))


def _main_items(facts: Facts) -> Result:
    items = licences_in_force(facts)
    return Result(Fraction(items["parent_code"].fillna(items["impl_code"]).nunique()))


def _platform_items(facts: Facts) -> Result:
    return Result(Fraction(platform_handling(facts)["impl_code"].nunique()))


def _platform_handling(facts: Facts) -> Result:
    return Result(Fraction(len(platform_handling(facts))))


def _uncatalogued(facts: Facts) -> Result:
    codes = set(facts.coded_rows("applications")["item_code"].unique())
    unknown = tuple(codes - facts.year.item_codes)
    return Result(Fraction(facts.n("applications", item_code=unknown)))


_items = partial(
    count,
    unit="项",
    grain=SERVICE,
    scope=LICENCE_ITEMS,
    section=LEAD,
    certainty=Certainty.PRACTICE,
)

FIGURES = (
    _items(
        id="licence_items_total",
        term="行政许可事项",
        english="licence items",
        numerator="事项类型为行政许可、截止日有效的实施编码",
        source=STANDARD,
        needs=(*LICENCE_NEEDS, "items.impl_code"),
        compute=_distinct("impl_code"),
    ),
    _items(
        id="licence_items_on_platform",
        term="已进驻省事项管理系统的行政许可事项",
        english="licence items on the provincial system",
        numerator="其中已进驻广东省政务服务事项管理系统的实施编码",
        source="2022年度报告导语",
        needs=(*PLATFORM_NEEDS, "items.impl_code"),
        compute=_platform_items,
    ),
    _items(
        id="handling_items",
        term="行政许可业务办理项",
        english="licence handling items",
        grain=HANDLING,
        scope=PLATFORM_HANDLING,
        numerator="已进驻省事项管理系统的行政许可业务办理项",
        source="报告没有印出",
        certainty=Certainty.UNPUBLISHED,
        needs=PLATFORM_NEEDS,
        compute=_platform_handling,
    ),
    _items(
        id="licence_main_items",
        term="行政许可大项",
        english="main licence items",
        grain=MAIN,
        numerator="父事项编码;没有父事项的,以其实施编码计",
        source="省事项目录管理系统的大项、子项之分",
        needs=(*LICENCE_NEEDS, "items.parent_code", "items.impl_code"),
        compute=_main_items,
    ),
    _items(
        id="licence_basic_items",
        term="行政许可基本目录事项",
        english="licence items of the basic catalogue",
        grain=BASIC,
        numerator="基本编码",
        source="广东省政务服务事项管理暂行办法(2023):基本目录",
        needs=(*LICENCE_NEEDS, "items.catalog_code"),
        compute=_distinct("catalog_code"),
    ),
    _items(
        id="departments_with_licence_items",
        term="有行政许可事项的部门",
        english="departments with licence items",
        unit="个",
        grain=DEPARTMENT,
        numerator="行政许可事项的实施主体",
        source=STANDARD,
        needs=(*LICENCE_NEEDS, "items.dept_code"),
        compute=_distinct("dept_code"),
    ),
    case_count(
        id="uncatalogued",
        term="未入目录的办件",
        english="cases of unknown items",
        numerator="年内申请、事项编码在目录中找不到的办件(已计入申请量)",
        section=LEAD,
        source="本项目",
        certainty=Certainty.CLEAR,
        needs=APPLICATIONS_NEED,
        compute=_uncatalogued,
        by_item=True,
    ),
)
