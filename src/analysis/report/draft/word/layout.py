"""The form of an official document (公文版式, GB/T 9704-2012): paper, grid, fonts, styles."""

from typing import Any, NamedTuple

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips

# 版心 156 × 225 mm: 22 lines of 28 characters.
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
LINE = Pt(28.95)  # 225 mm ÷ 22
HEADER, FOOTER = Mm(15), Mm(23)  # the page number stands 7 mm below the text
NARROWER = -5  # twentieths of a point a character: 28 characters of 16 pt are wider than 156 mm
CHARACTER = Pt(15.75)
SONG, FANG, KAI, HEI = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体"
TITLE_SONG = "方正小标宋简体"
SECOND, THIRD, FOURTH, SMALL = Pt(22), Pt(16), Pt(14), Pt(9)  # 二号, 三号, 四号, 小五


class Look(NamedTuple):
    """How paragraphs of a style look: font, size, alignment, characters that the first line goes in."""

    font: str
    size: Pt
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: int = 0


STYLES = {
    "Normal": Look(FANG, THIRD),
    "Title": Look(TITLE_SONG, SECOND, WD_ALIGN_PARAGRAPH.CENTER),
    "Heading 1": Look(HEI, THIRD, indent=2),
    "Heading 2": Look(KAI, THIRD, indent=2),
    "Body Text": Look(FANG, THIRD, indent=2),
    "Header": Look(FANG, SMALL, WD_ALIGN_PARAGRAPH.CENTER),
    "Footer": Look(SONG, FOURTH, WD_ALIGN_PARAGRAPH.LEFT),
}


def set_up(document: Document) -> None:
    """Give a document paper, grid and styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance, section.footer_distance = HEADER, FOOTER
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(LINE.pt * 20)))
    document.settings.odd_and_even_pages_header_footer = True
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")
    for name, look in STYLES.items():
        _style(document.styles[name], look)


def _style(style: Any, look: Look) -> None:
    font(style, look.font, look.size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.alignment = look.align
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.keep_with_next = style.name.startswith("Heading")
    form.widow_control = False  # 22 lines a page, whatever ends there
    if style.name in ("Header", "Footer"):
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.first_line_indent = Twips(int(CHARACTER.pt * 20 * look.indent))
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no blank between Chinese and digits
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, *AFTER_AUTO_SPACE)


AFTER_AUTO_SPACE = (
    *("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
)


def font(of: Any, name: str, size: Pt) -> None:
    """Set font and size of a style or run, for Chinese and all other characters."""
    of.font.size, of.font.name = size, name
    properties = of.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):  # a theme would win over what is set
            del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    if size == THIRD:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(NARROWER))
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
