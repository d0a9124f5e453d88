"""Departments' returns (部门填报) as readers see them: always apart from what the rows say."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from analysis.problems.integrity.findings import Verdict
from analysis.problems.integrity.printed import Printed
from analysis.problems.integrity.returns import Returns
from analysis.problems.integrity.returns_checks import (
    DEPARTMENT,
    checks_by_department,
    items_outside,
    sums_against_print,
)
from analysis.problems.integrity.terms import read_report
from analysis.problems.integrity.vocabulary import vocabulary
from analysis.report.disclosure.protect import INTERNAL
from analysis.report.html import Html, paragraph
from analysis.report.integrity import of_verdict, stacked_table
from analysis.report.tabular import table
from analysis.report.watermark import first_words
from analysis.sources.published import published_figures
from analysis.statistics.kept import kept_facts
from analysis.tables.place import places
from analysis.tables.year import Year
from analysis.tables.years import years_of

WHEN = "地方和年度"
NONE = "没有部门填报的数据(reported 表)。部门填报的数只在本节列出,不与办件合并。"


def returns_of_places(data: Path, audience: str = INTERNAL) -> list[Returns]:
    """Return the returns of every place and year that has some, by place, then year.

    They are for readers inside only: nobody has protected what they say of departments.
    """
    if audience != INTERNAL:
        return []
    years = [(slug, year) for slug in places(data) for year in years_of(slug, data)]
    opened = (Year.open(slug, year, data=data) for slug, year in years)
    found = (Returns.of(kept_facts(year)) for year in opened if year.has("reported"))
    return [each for each in found if each is not None]


def returned(given: Sequence[Returns], audience: str = INTERNAL) -> Html:
    """Return what departments sent, held against their own rows: who disagrees, by how much."""
    if audience != INTERNAL:
        return paragraph("公开版不列出部门填报的数。")
    if not given:
        return paragraph(NONE)
    checks = _together(given, checks_by_department)
    agreeing = len(of_verdict(checks, Verdict.HOLDS))
    wrong = checks[checks["结论"] != Verdict.HOLDS.value]
    said = paragraph(
        "各部门共报送 {} 个数,其中 {} 个与本部门在系统内的办件(加系统外事项)一致,其余列于下表。"
        "部门填报的数只在本节列出,不与办件合并。",
        len(checks) - len(of_verdict(checks, Verdict.NOTED)),
        agreeing,
    )
    if elsewhere := sum(each.elsewhere for each in given):
        said += paragraph("另有 {} 个数的时期不是所列年度,没有使用。", elsewhere)
    return said + _table(
        wrong,
        (WHEN, DEPARTMENT),
        "部门填报与本部门办件不一致",
        "单位:件。差额 = 填报 − 办件。",
    )


def returned_sums(given: Sequence[Returns]) -> Html:
    """Return the sums of the returns beside what the district prints."""
    checks = _together(given, lambda each: sums_against_print(each, _printed(each)))
    if checks.empty:
        return Html()
    note = "公开数是否计入系统外事项,报告一般不说明:两种都算,有一种相等即可。"
    return _table(checks, (WHEN,), "各部门填报合计与公开数", note)


def returned_outside(given: Sequence[Returns]) -> Html:
    """Return the items outside the provincial system: their numbers are known only from returns."""
    return Html().join(
        table(
            items_outside(each),
            caption=f"{_title(each)}:未进驻省事项管理系统的许可事项 {len(each.outside)} 项(部门填报)",
            unit="件",
            note="系统内没有这些事项的办件,只有部门填报;空白为未报送。",
        )
        for each in given
    )


def _together(given: Sequence[Returns], check: Callable[[Returns], pd.DataFrame]) -> pd.DataFrame:
    frames = [check(each).assign(**{WHEN: _title(each)}) for each in given]
    kept = [frame for frame in frames if not frame.empty]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=["结论"])


def _table(checks: pd.DataFrame, heads: Sequence[str], caption: str, note: str) -> Html:
    shown = {head: list(checks[head]) for head in heads}
    return stacked_table(checks, shown, caption=caption, note=note)


def _title(returns: Returns) -> str:
    year = returns.facts.year
    label = first_words(year.label)
    return f"{year.title}({label})" if label else year.title


def _printed(returns: Returns) -> dict[str, Printed]:
    year = returns.facts.year
    report = year.place.published.get(year.year)
    data = year.data if year.folder else None
    if report is None:
        return {}
    return dict(read_report(published_figures(report, data=data), vocabulary(data)).figures)
