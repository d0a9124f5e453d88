"""The draft in Word: GB/T 9704-2012 in the file, and as LibreOffice prints it."""

import itertools
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx as word
import pytest
from bs4 import Tag
from docx.oxml.ns import qn
from docx.shared import Pt

from analysis.problems.finding import Verdict
from analysis.report.archive import members
from analysis.report.draft import draft
from analysis.report.draft.punctuation import chinese
from analysis.report.draft.text import Draft, Kind, Number
from analysis.report.draft.word import docx
from analysis.report.draft.word.parts import bookmark_name
from analysis.statistics.registry import REGISTRY
from tests.office import lines, pdf_pages
from tests.report.editions import LABEL, small_edition
from tests.report.test_draft import finding

POINTS = 72 / 25.4  # in a millimetre
LEFT, RIGHT, TOP, BOTTOM = (mm * POINTS for mm in (28, 210 - 26, 37, 297 - 35))


def body(page: Tag) -> dict[float, list[Tag]]:
    """Return the lines of a page between its header and its number."""
    return {bottom: words for bottom, words in lines(page).items() if TOP < bottom < BOTTOM + 3}


@pytest.fixture(scope="module")
def made() -> Draft:
    return draft(small_edition(), [finding("a", "duplicates", Verdict.EVIDENT)])


@pytest.fixture(scope="module")
def document(made: Draft) -> word.document.Document:
    return word.Document(BytesIO(docx(made)))


def test_paper_margins_and_grid(document) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"  # 28.95 pt
    assert document.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize(
    ("style", "font", "size", "indent"),
    [
        ("Title", "方正小标宋简体", 22, 0),
        ("Heading 1", "黑体", 16, 2),
        ("Heading 2", "楷体_GB2312", 16, 2),
        ("Body Text", "仿宋_GB2312", 16, 2),
    ],
)
def test_fonts_and_indents(document, style: str, font: str, size: int, indent: int) -> None:
    found = document.styles[style]
    fonts = found.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("eastAsia", "ascii", "hAnsi")} == {font}
    assert found.font.size == Pt(size)
    assert found.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert found.paragraph_format.first_line_indent.pt == pytest.approx(15.75 * indent)


def test_numbers_link_to_their_definitions(document, made: Draft) -> None:
    body = document.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    links = [(link.get(qn("w:anchor")), link) for link in body.iter(qn("w:hyperlink"))]
    assert {anchor for anchor, _ in links} == set(names)
    numbers = [r for p in made.paragraphs for r in p.runs if isinstance(r, Number)]
    shown = [
        "".join(text.text for text in link.iter(qn("w:t")))
        for anchor, link in links
        if anchor.startswith("def_")
    ]
    assert shown == [number.words for number in numbers]
    assert len({number.figure for number in numbers}) > 40


def test_bookmarks_have_names_that_word_allows() -> None:
    names = [bookmark_name("def", *key) for key in REGISTRY]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]\w{0,39}", name) for name in names)


def test_blanks_are_marked_and_the_label_is_on_every_page(document) -> None:
    blanks = [r for p in document.paragraphs for r in p.runs if r.text.startswith("〔待填")]
    assert len(blanks) > 8
    assert all(run.font.highlight_color for run in blanks)
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == LABEL.replace(":", "：").replace(",", "，")
        assert 'string="演示数据"' in header.paragraphs[0]._p.xml


def test_real_data_carry_no_label(made: Draft) -> None:
    section = word.Document(BytesIO(docx(replace(made, label="")))).sections[0]
    assert "textpath" not in section.header.paragraphs[0]._p.xml


def test_the_file_holds_no_time_and_no_picture(made: Draft) -> None:
    files = members(docx(made))
    assert b"2000-01-01" in files["docProps/core.xml"]
    assert not [name for name in files if "thumbnail" in name]


def test_libreoffice_prints_an_official_document(made: Draft, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(docx(made))
    pages = pdf_pages(path)
    sizes = {tuple(round(float(page[side])) for side in ("width", "height")) for page in pages}
    assert sizes == {(595, 842)}
    texts = [
        "".join(word.text for words in body(page).values() for word in words) for page in pages
    ]
    for paragraph in made.paragraphs:
        assert re.sub(r"\W", "", paragraph.words) in re.sub(r"\W", "", "".join(texts))
    headings = [
        chinese(paragraph.words)
        for paragraph in made.paragraphs
        if paragraph.kind in (Kind.HEADING, Kind.SUBHEADING)
    ]
    last = next(at for at, text in enumerate(texts) if "发文机关" in text)
    assert last >= 3
    for at, page in enumerate(pages):
        rows = {bottom: words for bottom, words in lines(page).items() if TOP < bottom < BOTTOM + 3}
        right = max(float(word["xmax"]) for words in rows.values() for word in words)
        assert right < RIGHT + 17  # a mark may hang over the edge
        assert min(float(word["xmin"]) for words in rows.values() for word in words) > LEFT - 1
        number = next(word for word in page.find_all("word") if float(word["ymin"]) > BOTTOM)
        assert (float(number["xmin"]) > 297) == (at % 2 == 0)  # outside: right on odd pages
        if 0 < at < last - 1:  # pages full of text
            heights = list(rows)
            pushed = any(texts[at + 1].startswith(words) for words in headings)
            assert len(heights) == 22 or (pushed and len(heights) > 19)  # no heading ends a page
            pitch = [b - a for a, b in itertools.pairwise(heights)]
            assert pitch == pytest.approx([28.95] * len(pitch), abs=0.3)
