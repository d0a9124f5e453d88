"""Catalogue (事项目录): how many licence items there are, at each grain, and cases of unknown ones."""

from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    CASE,
    DEPARTMENT,
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
from analysis.statistics.needs import APPLICATIONS_NEED
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import (
    LICENCE_NEEDS,
    PLATFORM_NEEDS,
    licences_in_force,
    platform_handling,
)
from analysis.statistics.sections import LEAD
from analysis.tables.codes import GRAIN, ITEM_TYPE

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


def _count(
    figure_id: str,
    term: str,
    english: str,
    numerator: str,
    source: str,
    needs: tuple[str, ...],
    compute: Compute,
    *,
    unit: str = "项",
    grain: str = SERVICE,
    scope: str = LICENCE_ITEMS,
    certainty: Certainty = Certainty.PRACTICE,
    by_item: bool = False,
) -> Figure:
    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit=unit,
        kind=Kind.COUNT,
        grain=grain,
        scope=scope,
        numerator=numerator,
        section=LEAD,
        source=source,
        certainty=certainty,
        needs=needs,
        compute=compute,
        by_item=by_item,
    )


FIGURES = (
    _count(
        "licence_items_total",
        "行政许可事项",
        "licence items",
        "事项类型为行政许可、截止日有效的实施编码",
        STANDARD,
        (*LICENCE_NEEDS, "items.impl_code"),
        _distinct("impl_code"),
    ),
    _count(
        "licence_items_on_platform",
        "已进驻省事项管理系统的行政许可事项",
        "licence items on the provincial system",
        "其中已进驻广东省政务服务事项管理系统的实施编码",
        "2022年度报告导语",
        (*PLATFORM_NEEDS, "items.impl_code"),
        _platform_items,
    ),
    _count(
        "handling_items",
        "行政许可业务办理项",
        "licence handling items",
        "已进驻省事项管理系统的行政许可业务办理项",
        "报告没有印出",
        PLATFORM_NEEDS,
        _platform_handling,
        grain=HANDLING,
        scope=PLATFORM_HANDLING,
        certainty=Certainty.UNPUBLISHED,
    ),
    _count(
        "licence_main_items",
        "行政许可大项",
        "main licence items",
        "父事项编码;没有父事项的,以其实施编码计",
        "省事项目录管理系统的大项、子项之分",
        (*LICENCE_NEEDS, "items.parent_code", "items.impl_code"),
        _main_items,
        grain=MAIN,
    ),
    _count(
        "licence_basic_items",
        "行政许可基本目录事项",
        "licence items of the basic catalogue",
        "基本编码",
        "广东省政务服务事项管理暂行办法(2023):基本目录",
        (*LICENCE_NEEDS, "items.catalog_code"),
        _distinct("catalog_code"),
        grain=BASIC,
    ),
    _count(
        "departments_with_licence_items",
        "有行政许可事项的部门",
        "departments with licence items",
        "行政许可事项的实施主体",
        STANDARD,
        (*LICENCE_NEEDS, "items.dept_code"),
        _distinct("dept_code"),
        unit="个",
        grain=DEPARTMENT,
    ),
    _count(
        "uncatalogued",
        "未入目录的办件",
        "cases of unknown items",
        "年内申请、事项编码在目录中找不到的办件(已计入申请量)",
        "本项目",
        APPLICATIONS_NEED,
        _uncatalogued,
        by_item=True,
        unit="件",
        grain=CASE,
        scope=LICENCE_CASES,
        certainty=Certainty.CLEAR,
    ),
)
