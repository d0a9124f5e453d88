"""Parts of a Word document that python-docx has no words for: links, marks, numbers, watermark."""

from hashlib import sha256
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

LONGEST_NAME = 40  # of a bookmark in Word
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
WATERMARK = """<w:r {w} {vml}><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>
<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject{at}" o:spid="_x0000_s{at}" type="#_x0000_t136"
 style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:90pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
 o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" string={words}/></v:shape>
</w:pict></w:r>"""


def bookmark_name(kind: str, *parts: str) -> str:
    """Return a name that Word allows for a bookmark; the same for the same parts."""
    name = "_".join((kind, *filter(None, parts)))
    if len(name) <= LONGEST_NAME:
        return name
    return name[: LONGEST_NAME - 9] + "_" + sha256(name.encode()).hexdigest()[:8]


def bookmark(paragraph: Paragraph, name: str, at: int) -> None:
    """Set a bookmark around all of a paragraph."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(at))
    start.set(qn("w:name"), name)
    place = 0 if paragraph._p.pPr is None else 1
    paragraph._p.insert(place, start)
    paragraph._p.append(end)


def link(paragraph: Paragraph, words: str, anchor: str, tip: str) -> None:
    """Add words that link to a bookmark; they look like the others."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("w:anchor"), anchor)
    made.set(qn("w:tooltip"), tip)
    made.set(qn("w:history"), "1")
    run = paragraph.add_run(words)
    made.append(run._r)
    paragraph._p.append(made)


def blank(paragraph: Paragraph, words: str) -> None:
    """Add words that nobody overlooks: what people must still fill in."""
    paragraph.add_run(words).font.highlight_color = WD_COLOR_INDEX.YELLOW


def page_number(paragraph: Paragraph) -> None:
    """Add “— 1 —”."""
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def watermark(paragraph: Paragraph, words: str, font: str, at: int) -> None:
    """Put words behind the page, from a paragraph of its header."""
    xml = WATERMARK.format(w=nsdecls("w"), vml=VML, at=at, font=font, words=quoteattr(words))
    element: Any = parse_xml(xml)
    paragraph._p.append(element)
