"""Packages (“一件事”主题套餐服务): how many, what is in them, and cases handled through one."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pandas as pd

from analysis.statistics.access.listed import listed
from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    DEPARTMENT,
    PACKAGE,
    SERVICE,
    SERVICES,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.makers import case_count, case_share
from analysis.statistics.ratios import Compute, count_of, ratio_of
from analysis.statistics.scopes import SERVICE_NEEDS, members, services
from analysis.statistics.sections import INNOVATION

REPORT, PRACTICE = "2022年度报告", "“一件事”主题统计通行做法"
COLUMN = ("items.package_codes",)
NEEDS = (*SERVICE_NEEDS, *COLUMN)
CASES = ("cases.package_code", "cases.accepted_at")
ACCEPTED = "年内受理、填有“一件事”主题编码的办件"


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


def _mean(column: str) -> Compute:
    of = _memberships(column)
    return lambda facts: Result(of(facts), _packages(facts).numerator)


def _items_not_deduplicated(facts: Facts) -> Result:
    return Result(_memberships("impl_code")(facts))


_counted = partial(
    Figure, kind=Kind.COUNT, scope=SERVICES, section=INNOVATION, certainty=Certainty.PRACTICE
)
_per_package = partial(
    Figure,
    kind=Kind.MEAN,
    grain=PACKAGE,
    scope=SERVICES,
    denominator="“一件事”主题数",
    section=INNOVATION,
    source=PRACTICE,
    certainty=Certainty.PRACTICE,
    decimals=2,
)
_listed = partial(listed, source=PRACTICE, needs=COLUMN, select=in_packages)

FIGURES = (
    _counted(
        id="one_thing_packages",
        term="“一件事”主题套餐服务",
        english="one-thing packages",
        unit="个",
        grain=PACKAGE,
        numerator="事项所属的“一件事”主题,去重",
        source=REPORT,
        needs=NEEDS,
        compute=_packages,
    ),
    _listed(
        id="package_items",
        term="“一件事”所涉事项",
        english="services in packages",
        numerator="属于任一“一件事”主题的事项,去重",
    ),
    _counted(
        id="package_items_repeated",
        term="“一件事”所涉事项(不去重)",
        english="services in packages, counted in each",
        unit="项",
        grain=SERVICE,
        numerator="各“一件事”主题所含事项数之和(在几个主题里就计几次)",
        source="“一件事”主题统计的不去重口径",
        needs=(*NEEDS, "items.impl_code"),
        compute=_items_not_deduplicated,
    ),
    _listed(
        id="package_departments",
        term="“一件事”所涉部门",
        english="departments with services in packages",
        grain=DEPARTMENT,
        numerator="有事项属于“一件事”主题的部门",
    ),
    _per_package(
        id="items_per_package",
        term="每个“一件事”主题的事项",
        english="services per package",
        unit="项",
        numerator="各“一件事”主题所含事项数之和",
        needs=(*NEEDS, "items.impl_code"),
        compute=_mean("impl_code"),
    ),
    _per_package(
        id="departments_per_package",
        term="每个“一件事”主题的部门",
        english="departments per package",
        unit="个",
        numerator="各“一件事”主题所涉部门数之和",
        needs=(*NEEDS, "items.dept_code"),
        compute=_mean("dept_code"),
    ),
    case_count(
        id="package_cases",
        term="经“一件事”受理的办件",
        english="cases accepted through a package",
        numerator=ACCEPTED,
        section=INNOVATION,
        source=PRACTICE,
        certainty=Certainty.PRACTICE,
        needs=CASES,
        compute=count_of("accepted_in_package"),
    ),
    case_share(
        id="package_case_share",
        term="经“一件事”受理的办件占比",
        english="share of cases accepted through a package",
        numerator=ACCEPTED,
        denominator="年内受理量",
        section=INNOVATION,
        source=PRACTICE,
        certainty=Certainty.PRACTICE,
        needs=CASES,
        compute=ratio_of("accepted_in_package", "accepted"),
    ),
)
