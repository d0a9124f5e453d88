"""Sections on supervision (监督管理): inspections and ratings, or what the data do not hold."""

from analysis.report.html import Html, note
from analysis.report.sections.departments import of_departments
from analysis.report.tabular import table
from analysis.statistics.facts import Facts
from analysis.statistics.supervision import tables as supervision_tables
from analysis.tables import TABLES

ABSENT = "本年度数据不含{}表({}),不能计算{}。报告中的有关数字为仅陈述。"


def inspections(facts: Facts) -> Html:
    """Return inspections by type and by department (监管检查)."""
    if "inspections" not in facts.year.tables:
        return _absent("inspections", "检查次数、覆盖面、发现问题率等数")
    return table(
        supervision_tables.inspections_by_type(facts),
        caption="监管检查,按抽查类型",
        unit="次",
        total=True,
    ) + of_departments(
        supervision_tables.inspections_by_department(facts), caption="各部门监管检查", unit="次"
    )


def ratings(facts: Facts) -> Html:
    """Return ratings by level and by department (好差评)."""
    if "evaluations" not in facts.year.tables:
        return _absent("evaluations", "满意率、差评整改率等数")
    return table(
        supervision_tables.ratings_by_level(facts),
        caption="好差评,按满意度",
        unit="条",
        note="系统默认评价不是申请人作出的,单列;满意率的各种口径见口径与定义。",
        total=True,
    ) + of_departments(
        supervision_tables.ratings_by_department(facts), caption="各部门好差评", unit="条"
    )


def _absent(name: str, what: str) -> Html:
    return note(ABSENT, TABLES[name].term, name, what)
