"""Packages (“一件事”主题套餐服务): how many, what is in them, and cases handled through one."""

from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from analysis.statistics.access.listed import listed
from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    CASE,
    DEPARTMENT,
    LICENCE_CASES,
    PACKAGE,
    SERVICE,
    SERVICES,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.ratios import Compute, count_of, ratio_of
from analysis.statistics.scopes import SERVICE_NEEDS, members, services
from analysis.statistics.sections import INNOVATION

REPORT, PRACTICE = "2022年度报告", "“一件事”主题统计通行做法"
COLUMN = ("items.package_codes",)
CASES = ("cases.package_code", "cases.accepted_at")


def in_packages(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services that are in a package, one row a catalogue row and ``package``."""
    found = services(items)
    return found.join(members(found["package_codes"]).rename("package"), how="inner")


def packages_overview(facts: Facts) -> pd.DataFrame:
    """Return what is in each package (各主题), largest first.

    Returns:
        Index 主题 (its code); 事项 (distinct 实施编码) and 部门, integers. Without the
        column ``items.package_codes`` there are no rows.
    """
    columns = {"事项": "impl_code", "部门": "dept_code"}
    if "package_codes" not in facts.in_force:
        return pd.DataFrame(columns=[*columns], dtype="int64").rename_axis("主题")
    rows = in_packages(facts.in_force)
    counted = {term: rows.groupby("package")[name].nunique() for term, name in columns.items()}
    frame = pd.DataFrame(counted).rename_axis("主题")
    return frame.sort_values([*columns], ascending=False, kind="stable")


def _packaged(facts: Facts) -> pd.DataFrame:
    return in_packages(facts.in_force)


def _packages(facts: Facts) -> Result:
    return Result(Fraction(facts.once(_packaged)["package"].nunique()))


def _memberships(column: str) -> Callable[[Facts], Fraction]:
    """Return how often something is in a package, counted once in each (不去重)."""

    def count(facts: Facts) -> Fraction:
        rows = facts.once(_packaged)
        return Fraction(len(rows[["package", column]].drop_duplicates()))

    return count


def _per_package(column: str) -> Compute:
    of = _memberships(column)
    return lambda facts: Result(of(facts), _packages(facts).numerator)


def _items_not_deduplicated(facts: Facts) -> Result:
    return Result(_memberships("impl_code")(facts))


def _figure(
    figure_id: str,
    term: str,
    english: str,
    unit: str,
    kind: Kind,
    grain: str,
    numerator: str,
    source: str,
    needs: tuple[str, ...],
    compute: Compute,
    denominator: str = "",
) -> Figure:
    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit=unit,
        kind=kind,
        grain=grain,
        scope=LICENCE_CASES if grain == CASE else SERVICES,
        numerator=numerator,
        denominator=denominator,
        section=INNOVATION,
        source=source,
        certainty=Certainty.PRACTICE,
        decimals=2 if denominator else 0,
        needs=needs if grain == CASE else (*SERVICE_NEEDS, *COLUMN, *needs),
        compute=compute,
    )


FIGURES = (
    _figure(
        "one_thing_packages",
        "“一件事”主题套餐服务",
        "one-thing packages",
        "个",
        Kind.COUNT,
        PACKAGE,
        "事项所属的“一件事”主题,去重",
        REPORT,
        (),
        _packages,
    ),
    listed(
        "package_items",
        "“一件事”所涉事项",
        "services in packages",
        "属于任一“一件事”主题的事项,去重",
        PRACTICE,
        in_packages,
        COLUMN,
    ),
    _figure(
        "package_items_repeated",
        "“一件事”所涉事项(不去重)",
        "services in packages, counted in each",
        "项",
        Kind.COUNT,
        SERVICE,
        "各“一件事”主题所含事项数之和(在几个主题里就计几次)",
        "“一件事”主题统计的不去重口径",
        ("items.impl_code",),
        _items_not_deduplicated,
    ),
    listed(
        "package_departments",
        "“一件事”所涉部门",
        "departments with services in packages",
        "有事项属于“一件事”主题的部门",
        PRACTICE,
        in_packages,
        COLUMN,
        grain=DEPARTMENT,
    ),
    _figure(
        "items_per_package",
        "每个“一件事”主题的事项",
        "services per package",
        "项",
        Kind.MEAN,
        PACKAGE,
        "各“一件事”主题所含事项数之和",
        PRACTICE,
        ("items.impl_code",),
        _per_package("impl_code"),
        "“一件事”主题数",
    ),
    _figure(
        "departments_per_package",
        "每个“一件事”主题的部门",
        "departments per package",
        "个",
        Kind.MEAN,
        PACKAGE,
        "各“一件事”主题所涉部门数之和",
        PRACTICE,
        ("items.dept_code",),
        _per_package("dept_code"),
        "“一件事”主题数",
    ),
    _figure(
        "package_cases",
        "经“一件事”受理的办件",
        "cases accepted through a package",
        "件",
        Kind.COUNT,
        CASE,
        "年内受理、填有“一件事”主题编码的办件",
        PRACTICE,
        CASES,
        count_of("accepted_in_package"),
    ),
    _figure(
        "package_case_share",
        "经“一件事”受理的办件占比",
        "share of cases accepted through a package",
        "%",
        Kind.SHARE,
        CASE,
        "年内受理、填有“一件事”主题编码的办件",
        PRACTICE,
        CASES,
        ratio_of("accepted_in_package", "accepted"),
        "年内受理量",
    ),
)
