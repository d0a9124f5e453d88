"""The annexes of the draft (附件): definitions of its numbers, grounds of its findings."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from analysis.problems.finding import Finding
from analysis.problems.findings import statement
from analysis.report.draft.punctuation import chinese
from analysis.report.draft.text import Entry
from analysis.report.draft.word import parts
from analysis.report.draft.word.layout import FANG, HEI, SMALL, font

DEFINITIONS, GROUNDS = "本报告所用指标的口径", "本报告所列发现的依据"
ENTRY_HEADS = {"序号": 10, "指标": 28, "本年": 22, "上年": 22, "口径": 74}  # mm, 156 in all
GROUND_HEADS = {"序号": 10, "发现": 30, "口径和范围": 46, "判定": 38, "也可能另有的原因": 32}
LINE = Pt(13)
Rows = Sequence[tuple[str, tuple[str, ...]]]  # bookmark, cells


def titles(findings: Sequence[Finding]) -> list[str]:
    """Return the titles of the annexes that there are."""
    return [DEFINITIONS, *([GROUNDS] if findings else [])]


def definitions(document: Document, entries: Sequence[Entry], first: int) -> None:
    """Write one row for each number of the text; numbers link to it."""
    rows = [
        (
            parts.bookmark_name("def", entry.figure, entry.variant),
            (entry.term, entry.value, entry.before, chinese(entry.definition)),
        )
        for entry in entries
    ]
    _table(document, ENTRY_HEADS, rows, first)


def grounds(document: Document, findings: Sequence[Finding], first: int) -> None:
    """Write one row for each finding of the text."""
    rows = [
        (
            parts.bookmark_name("find", found.question.id),
            (
                chinese(statement(found)),
                chinese(
                    f"{found.question.definition}。范围:{found.question.scope}".replace(
                        "。。", "。"
                    )
                ),
                chinese(_judged(found)),
                chinese(";".join(words.rstrip("。;") for words in found.question.rivals)),
            ),
        )
        for found in findings
    ]
    _table(document, GROUND_HEADS, rows, first)


def _judged(found: Finding) -> str:
    """Say the verdict, from where on it holds, and what the number rests on."""
    question = found.question
    line = f"{question.threshold.evident:,g}{question.unit}"
    counts = "、".join(f"{term}{n:,}" for term, n in found.answer.counts)
    said = [f"{found.verdict.value}(判定线{line}:{question.threshold.source})", counts]
    if interval := found.answer.interval:
        said.append(f"区间估计的是{interval.estimand},变动来自{interval.varies}")
    return "。".join(filter(None, said)) + "。"


def _table(document: Document, heads: dict[str, int], rows: Rows, first: int) -> None:
    table = document.add_table(1, len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _write(cell, head, HEI, WD_ALIGN_PARAGRAPH.CENTER)
    _repeat(table.rows[0])
    for at, (name, words) in enumerate(rows):
        row = table.add_row()
        _whole(row)
        for cell, text in zip(row.cells, (str(at + 1), *words), strict=True):
            _write(cell, text, FANG, WD_ALIGN_PARAGRAPH.LEFT)
        parts.bookmark(row.cells[1].paragraphs[0], name, first + at)
    for column, width in zip(table.columns, heads.values(), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _write(cell: _Cell, words: str, name: str, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = LINE
    off = OxmlElement("w:snapToGrid")  # the grid is the text's, wider than these lines
    off.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(off, "w:spacing")
    font(paragraph.add_run(words), name, SMALL)


def _repeat(row: _Row) -> None:
    """Let the headings stand on every page of the table."""
    _flag(row, "w:tblHeader")


def _whole(row: _Row) -> None:
    """Let no page end inside a row."""
    _flag(row, "w:cantSplit")


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
