"""``figures``: every registered figure of a year, of a department, or by a dimension."""

import pandas as pd

from analysis.statistics.departments import department_code
from analysis.statistics.dimensions import Dimension, dimension, members
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, rounded
from analysis.statistics.kept import kept_facts
from analysis.statistics.registry import REGISTRY
from analysis.tables.year import Year

COLUMNS = (
    "place",
    "year",
    "id",
    "variant",
    "term",
    "value",
    "unit",
    "numerator",
    "denominator",
    "kind",
    "grain",
    "scope",
    "cutoff",
    "section",
    "data",
    "reason",
)


TERMS = {
    "by": "维度",
    "member": "成员",
    "member_name": "名称",
    "place": "地方",
    "year": "年度",
    "id": "编号",
    "variant": "口径",
    "term": "指标",
    "value": "数值",
    "unit": "单位",
    "numerator": "分子",
    "denominator": "分母",
    "kind": "种类",
    "grain": "统计单位",
    "scope": "范围",
    "cutoff": "统计截止日",
    "section": "章节",
    "data": "数据性质",
    "reason": "未计算的原因",
}


def figures(
    year: Year | Facts,
    *,
    by: str | None = None,
    department: str | None = None,
    chinese: bool = False,
) -> pd.DataFrame:
    """Compute every registered figure of a year, of one department, or by a dimension.

    Args:
        year: the year, whose rows are counted once and then kept (see ``kept``), or its facts.
        by: ``department``, ``item``, ``month``, ``channel``, ``street`` or ``applicant``; each
            figure for each member, as far as it means something for one.
        department: code or name of the one department to compute for.
        chinese: name the columns in Chinese.

    Returns:
        One row per figure and variant, in the report's order; with ``by``, first by member, and
        the columns ``by``, ``member`` and ``member_name`` in front. ``value`` is text: the figure
        in its unit, rounded half up to its decimals; empty where it could not be computed, and
        ``reason`` says why. ``numerator`` and ``denominator`` are text too, unrounded, so that
        integers of any size stay exact. ``data`` is ``synthetic`` or ``real``.

    Raises:
        XukeError: no such dimension or department, or the calendar does not cover the year.

    Example:
        >>> found = figures(year)
        >>> found.loc[found["id"].eq("accepted"), ["term", "value", "unit"]].to_numpy().tolist()
        [['受理量', '3', '件']]
        >>> by_month = figures(year, by="month")
        >>> months = by_month.loc[by_month["id"].eq("accepted"), ["member_name", "value"]]
        >>> months[2:4].to_numpy().tolist()
        [['3月', '2'], ['4月', '1']]
    """
    facts = year if isinstance(year, Facts) else kept_facts(year)
    if department is not None:
        facts = facts.department(department_code(facts, department))
    if by is None:
        frame = pd.DataFrame([_row(f, facts) for f in REGISTRY.values()], columns=list(COLUMNS))
    else:
        frame = _by(facts, dimension(by))
    return frame.rename(columns=TERMS) if chinese else frame


def _by(facts: Facts, by: Dimension) -> pd.DataFrame:
    allowed = [figure for figure in REGISTRY.values() if figure.compute and by.allows(figure)]
    lacking = {(figure.id, figure.variant): figure.lacking(facts) for figure in allowed}
    rows = [
        {
            "by": by.name,
            "member": key,
            "member_name": name,
            **_row(figure, of, lacking[figure.id, figure.variant]),
        }
        for key, name, of in members(facts, by)
        for figure in allowed
    ]
    return pd.DataFrame(rows, columns=["by", "member", "member_name", *COLUMNS])


def _row(figure: Figure, facts: Facts, lacking: str | None = None) -> dict[str, object]:
    result, of = figure.result(facts, lacking), facts.year
    exact = figure.value(result)
    return {
        "place": of.place.slug,
        "year": of.year,
        "id": figure.id,
        "variant": figure.variant,
        "term": figure.term,
        "value": "" if exact is None else str(rounded(exact, figure.decimals)),
        "unit": figure.unit,
        "numerator": "" if result.numerator is None else str(result.numerator),
        "denominator": "" if result.denominator is None else str(result.denominator),
        "kind": figure.kind.value,
        "grain": figure.grain,
        "scope": figure.scope,
        "cutoff": of.cutoff.isoformat(),
        "section": figure.section,
        "data": "synthetic" if of.synthetic else "real",
        "reason": result.reason,
    }
