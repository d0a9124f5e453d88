"""Reference documents written from the declarations: ``python -m analysis.document``."""

from collections.abc import Iterator
from pathlib import Path

from analysis.problems.finding import ANY, Question
from analysis.problems.findings import QUESTIONS, needs
from analysis.problems.shares import LEAST
from analysis.problems.topics import PROBLEMS
from analysis.statistics.registry import REGISTRY
from analysis.statistics.uncomputed import UNCOMPUTED
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
    """Return ``docs/figures.md``: every registered figure and its definition, and what is not computed."""
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
        lines += [
            "",
            f"### {figure.term} `{key}`",
            "",
            f"{figure.english} · {figure.kind.value} · 单位 {figure.unit}"
            f" · {'可加' if figure.additive else '不可加'} · {figure.certainty.value}",
            "",
            f"- 公式:{figure.formula}",
            f"- 统计单位:{figure.grain};范围:{figure.scope}",
            f"- 来源:{figure.source}",
            *([f"- 不可加:{figure.not_additive}"] if not figure.additive else []),
        ]
    lines += ["", "## 没有计算的", "", "| 用语 | 公式 | 缺什么 | 来源 |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(each)} |" for each in UNCOMPUTED]
    return "\n".join(lines) + "\n"


def findings_markdown() -> str:
    """Return ``docs/findings.md``: every question that is asked of a year, and how it is judged."""
    lines = [
        "# 问题分析的指标 (findings)",
        "",
        "由问题登记表生成,请勿手改:`python -m analysis.document`。",
        "结论:数值达到“明显”线为明显,达到“有迹象”线为有迹象,否则为未见;须排除偶然的,先在同一问题内按",
        "Benjamini-Hochberg 法校正(5%);有区间的,区间下限达到判定线才算。缺少所需的表或列的,分母不足",
        f"{LEAST}的占比(NCHS 2017 比例发布标准),为数据不足。整年的计数是全量统计,没有区间。",
    ]
    problem = ""
    for question in QUESTIONS.values():
        if question.problem != problem:
            problem = question.problem
            lines += ["", f"## {PROBLEMS[problem]} `{problem}`"]
        lines += _question(question)
    return "\n".join(lines) + "\n"


def _question(question: Question) -> Iterator[str]:
    line, unit = question.threshold, question.unit
    signs = "大于0" if line.signs == ANY else f"{line.signs:g}{unit}起"
    yield from ("", f"### {question.term} `{question.id}`", "")
    yield f"{question.english} · 单位 {unit}"
    yield from ("", f"- 定义:{question.definition}", f"- 范围:{question.scope}")
    yield f"- 判定线:{line.evident:g}{unit}起为明显,{signs}为有迹象;{line.source}"
    yield f"- 另外的解释:{''.join(question.rivals)}"
    if question.traps:
        traps = "、".join(f"{QUESTIONS[trap].term} `{trap}`" for trap in question.traps)
        yield f"- 会造成假象的数据缺陷:{traps}"
    yield f"- 出处:{question.source}"
    yield f"- 需要:{'、'.join(f'`{need}`' for need in needs(question))}"


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
    (DOCS / "findings.md").write_text(findings_markdown(), encoding="utf-8")
