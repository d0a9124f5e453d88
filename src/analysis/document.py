"""Reference documents written from the declarations: ``python -m analysis.document``."""

from collections.abc import Iterator
from pathlib import Path

from analysis.statistics.figures import REGISTRY
from analysis.tables import TABLES
from analysis.tables.schema import CodeList, Table

DOCS = Path(__file__).parents[2] / "docs"


def tables_markdown() -> str:
    """Return ``docs/tables.md``: every table, column and code list."""
    lines = [
        "# 数据表 (tables)",
        "",
        "由声明生成,请勿手改:`python -m analysis.document`。需要:必填 / 建议 / 可选。",
    ]
    for table in TABLES.values():
        lines += _table(table)
    lists = {c.codes.name: c.codes for table in TABLES.values() for c in table.columns if c.codes}
    lines += ["", "## 代码表 (code lists)"]
    for codes in lists.values():
        lines += _codes(codes)
    return "\n".join(lines) + "\n"


def figures_markdown() -> str:
    """Return ``docs/figures.md``: every registered figure and its definition."""
    lines = [
        "# 指标 (figures)",
        "",
        "由指标登记表生成,请勿手改:`python -m analysis.document`。",
        "可加:各地各部门的数可以直接相加;不可加的写明原因。",
    ]
    section = ""
    for figure in REGISTRY.values():
        if figure.section != section:
            section = figure.section
            lines += ["", f"## {section}"]
        key = f"{figure.id}/{figure.variant}" if figure.variant else figure.id
        formula = figure.numerator + (f" ÷ {figure.denominator}" if figure.denominator else "")
        lines += [
            "",
            f"### {figure.term} `{key}`",
            "",
            f"{figure.english} · {figure.kind.value} · 单位 {figure.unit}"
            f" · {'可加' if figure.additive else '不可加'} · {figure.certainty.value}",
            "",
            f"- 公式:{formula}",
            f"- 统计单位:{figure.grain};范围:{figure.scope}",
            f"- 来源:{figure.source}",
            *([f"- 不可加:{figure.not_additive}"] if not figure.additive else []),
        ]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"## {table.term} `{table.name}`", "")
    yield f"一行:{table.row}。键:{'、'.join(table.key)}。"
    yield from (
        "",
        "| 列 | 中文 | 类型 | 单位 | 代码表 | 需要 | 隐私 | 说明 |",
        "|---|---|---|---|---|---|---|---|",
    )
    for c in table.columns:
        codes = c.codes.name if c.codes else ""
        cells = (f"`{c.name}`", c.term, c.type.value, c.unit, codes, c.need.value, c.privacy.value)
        yield "| " + " | ".join((*cells, c.note)) + " |"


def _codes(codes: CodeList) -> Iterator[str]:
    terms = " · ".join(f"`{code}` {term}" for code, term in codes.terms.items())
    yield from ("", f"**{codes.name}**({codes.source}):{terms}")


if __name__ == "__main__":
    (DOCS / "tables.md").write_text(tables_markdown(), encoding="utf-8")
    (DOCS / "figures.md").write_text(figures_markdown(), encoding="utf-8")
