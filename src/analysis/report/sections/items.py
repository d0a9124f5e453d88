"""Sections on the catalogue (事项): elements, online depth, tolerance, packages, rules, revisions."""

from analysis.report import captions, charts
from analysis.report.figure import show
from analysis.report.html import Html, note
from analysis.report.numbers import percent
from analysis.report.sections.departments import of_departments
from analysis.report.sections.reason import or_reason
from analysis.report.tabular import table
from analysis.statistics import breakdowns
from analysis.statistics.access import online, packages
from analysis.statistics.catalogue import elements, revisions, standards
from analysis.statistics.facts import Facts
from analysis.statistics.four_reductions import four_reductions_table
from analysis.statistics.needs import require
from analysis.statistics.scopes import LICENCE_NEEDS, PLATFORM_NEEDS, SERVICE_NEEDS
from analysis.tables.reduction import Reductions

LISTED = "目录行(业务办理项或实施清单事项)"


def published_elements(facts: Facts) -> Html:
    """Return which published elements the catalogue has (公开要素)."""
    return table(
        elements.elements_published(facts),
        caption="行政许可事项公开要素的填写",
        unit=LISTED,
        note="只核对目录中有的要素;公开渠道和载体须由部门说明。",
    )


@or_reason
def online_depth(facts: Facts) -> Html:
    """Return how deep licence items can be handled online (网上办理深度)."""
    require(facts, (*PLATFORM_NEEDS, "items.online_depth"))
    return table(
        online.depth_of_items(facts),
        caption="已进驻省系统的行政许可业务办理项的网上办理深度",
        unit="项",
    )


@or_reason
def tolerant_chart(facts: Facts) -> Html:
    """Return the tolerance items of each department (容缺受理事项)."""
    services = breakdowns.services_by_department(facts)
    tolerant = services["容缺受理"].drop(breakdowns.TOTAL)
    tolerant = tolerant[tolerant > 0].sort_values(ascending=False)
    if tolerant.empty:
        return note("没有容缺受理事项。")
    words = captions.items_words(tolerant, "容缺受理事项")
    return show(
        charts.ranked_bars(tolerant),
        caption=words.caption,
        alt=words.alt,
        note="按实施编码去重",
        unit="项",
    )


def four_reductions(facts: Facts, declared: Reductions) -> Html:
    """Return the four reductions (四减) that the place counts."""
    found = four_reductions_table(facts, declared)
    return table(
        found if found["说明"].any() else found.drop(columns="说明"),
        caption="“四减”",
        note="四减包括哪几项,各地文件不同,这里列的是本地登记的。",
    )


@or_reason
def one_thing_packages(facts: Facts) -> Html:
    """Return the packages (一件事) with their items and departments."""
    require(facts, (*SERVICE_NEEDS, "items.package_codes", "items.impl_code", "items.dept_code"))
    found = packages.packages_overview(facts)
    if found.empty:
        return note("目录中没有“一件事”主题套餐。")
    return table(found, caption="“一件事”主题套餐", unit="项、个")


@or_reason
def services_table(facts: Facts) -> Html:
    """Return how many services each department has (各部门事项)."""
    services = breakdowns.services_by_department(facts)
    return of_departments(services, caption="各部门事项", unit="项")


@or_reason
def rules(facts: Facts) -> Html:
    """Return how the catalogue keeps its rules (规则核对), in all and by department."""
    require(facts, (*LICENCE_NEEDS, "items.dept_code"))
    overview = table(
        standards.rules_overview(facts),
        caption="实施清单要素的规则核对",
        unit=LISTED,
        note="不适用的行不计入;数据不足的规则不算通过。",
    )
    departments = standards.rules_by_department(facts)
    return overview + table(
        departments, caption="各部门规则核对", unit=LISTED, formats={"合格率": percent}
    )


@or_reason
def revised(facts: Facts) -> Html:
    """Return what changed in the catalogue of licences during the year (目录变化)."""
    require(facts, (*LICENCE_NEEDS, "items.valid_from", "items.valid_to", "items.dept_code"))
    found = revisions.changes_by_department(facts, revisions.changes(facts))
    kept = found.loc[:, (found != 0).any()]
    if kept.empty:
        return note("年内行政许可目录没有变化。")
    return of_departments(kept, caption="本年内行政许可目录的变化", unit="项")
