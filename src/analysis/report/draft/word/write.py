"""Writing the draft as Word has it (写文稿): same draft, same bytes."""

from datetime import datetime
from io import BytesIO

import docx as word
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from analysis.report.archive import archive, members
from analysis.report.draft.punctuation import chinese
from analysis.report.draft.text import Blank, Draft, Evidence, Kind, Number, Paragraph, Run
from analysis.report.draft.word import annex, parts
from analysis.report.draft.word.layout import CHARACTER, FOURTH, HEI, THIRD, font, set_up
from analysis.report.numbers import ROUNDED
from analysis.report.watermark import first_words

STYLES = {
    Kind.OPENING: "Body Text",
    Kind.HEADING: "Heading 1",
    Kind.SUBHEADING: "Heading 2",
    Kind.BODY: "Body Text",
}
MADE = datetime(2000, 1, 1)
ISSUER, DAY = Blank("发文机关"), Blank("成文日期")
FROM_RIGHT = 4  # characters
WIDEST_TITLE = 20  # characters of 二号 in 156 mm


def docx(draft: Draft) -> bytes:
    """Return a draft as a Word document in the form of GB/T 9704-2012."""
    document = word.Document()
    set_up(document)
    _describe(document, draft)
    _head_and_foot(document, draft)
    document.add_paragraph(_in_lines(draft.title), "Title")
    document.add_paragraph()
    text = [_paragraph(document, paragraph) for paragraph in draft.paragraphs]
    text[-1].paragraph_format.keep_with_next = True
    _close(document, draft)
    _annexes(document, draft)
    made = BytesIO()
    document.save(made)
    return archive(members(made.getvalue()))


def _in_lines(title: str) -> str:
    """Break a title that does not fit on one line where its meaning allows it."""
    begin, year, end = title.partition("年度")
    return f"{begin}{year}\n{end}" if len(title) > WIDEST_TITLE else title


def _describe(document: Document, draft: Draft) -> None:
    about = document.core_properties
    about.title, about.subject, about.comments = draft.title, draft.label, draft.dates
    about.author = about.last_modified_by = "xuke"
    about.language, about.created, about.modified = "zh-CN", MADE, MADE
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # a picture of python-docx's own template
            del package.rels[name]


def _head_and_foot(document: Document, draft: Draft) -> None:
    """Say on each page what kind of data it shows, and number it: outside on both sides."""
    section = document.sections[0]
    sides = (
        (section.header, section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_header, section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for at, (header, footer, align) in enumerate(sides, start=1):
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        if draft.label:
            head = header.paragraphs[0]
            head.add_run(chinese(draft.label))
            parts.watermark(head, first_words(draft.label), HEI, 2048 + at)
        foot = footer.paragraphs[0]
        foot.alignment = align
        foot.paragraph_format.left_indent = foot.paragraph_format.right_indent = FOURTH
        parts.page_number(foot)


def _paragraph(document: Document, paragraph: Paragraph) -> WordParagraph:
    made = document.add_paragraph(style=STYLES[paragraph.kind])
    for run in paragraph.runs:
        _run(made, run)
    return made


def _run(made: WordParagraph, run: Run) -> None:
    match run:
        case Number(figure, variant, words, change):
            tip = f"{figure}:{variant}" if variant else figure
            anchor = parts.bookmark_name("def", figure, variant)
            parts.link(made, words, anchor, f"{tip} 较上年" if change else tip)
        case Evidence(finding, words):
            parts.link(made, chinese(words), parts.bookmark_name("find", finding), finding)
        case Blank():
            parts.blank(made, chinese(run.words))
        case str():
            made.add_run(chinese(run))


def _close(document: Document, draft: Draft) -> None:
    """Name the annexes, then who issues the report and when: for people to fill in.

    All stays on one page with the end of the text: no signature stands alone.
    """
    begun = len(document.paragraphs)
    document.add_paragraph()
    for at, title in enumerate(annex.titles(draft.findings), start=1):
        before = "附件：" if at == 1 else "　　　"
        document.add_paragraph(f"{before}{at}.{title}", "Body Text")
    document.add_paragraph()
    for run in (ISSUER, DAY):
        made = document.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        made.paragraph_format.right_indent = Pt(CHARACTER.pt * FROM_RIGHT)
        _run(made, run)
    for made in document.paragraphs[begun:-1]:
        made.paragraph_format.keep_with_next = True


def _annexes(document: Document, draft: Draft) -> None:
    count = len(draft.definitions)
    _annex_head(document, 1, annex.DEFINITIONS)
    note = "文中各数均可点击,转到下表相应的一行。数值由同一套口径计算,与指标工作簿、数据文件一致。"
    document.add_paragraph(chinese(f"{draft.dates}。{note}{ROUNDED}"), "Body Text")
    annex.definitions(document, draft.definitions, first=1)
    if draft.findings:
        _annex_head(document, 2, annex.GROUNDS)
        annex.grounds(document, draft.findings, first=count + 1)


def _annex_head(document: Document, at: int, title: str) -> None:
    made = document.add_paragraph()
    made.paragraph_format.page_break_before = True
    font(made.add_run(f"附件{at}"), HEI, THIRD)
    document.add_paragraph()
    document.add_paragraph(title, "Title")
    document.add_paragraph()
