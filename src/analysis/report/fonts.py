"""The packaged Chinese font (思源黑体): for drawing charts, and carried along inside a page."""

import base64
import io
from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pylopdf_fonts_zh_cn import sans_path

# A name of our own: a machine that has another version of Noto Sans SC draws the same chart.
FAMILY = "Xuke Sans"
UNITS_PER_EM = 1000
# Of the font in a page: outlines on this grid take a quarter fewer bytes, and are off by 0.2 % of a
# character at most: a quarter of a dot of a 600 dpi printer.
CARRIED_UNITS = 250
UNUSED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx")


@cache
def register() -> None:
    """Make the packaged font known to matplotlib as ``FAMILY``."""
    # Loaded here: pages without charts, such as an import's, carry the font as well.
    from matplotlib.font_manager import FontEntry, fontManager

    fontManager.ttflist.append(FontEntry(fname=str(sans_path()), name=FAMILY, weight=400))


def font_face(text: str) -> str:
    """Return a CSS ``@font-face`` rule that carries the glyphs ``text`` needs, and no others.

    The bytes depend on the set of characters alone.
    """
    data = base64.b64encode(_subset(text)).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff2;base64,{data})'
        'format("woff2");font-display:block}'
    )


def outline(text: str) -> tuple[str, int]:
    """Return the outline of a line of text as SVG path data, and its width.

    It stands on y = 0 and is ``UNITS_PER_EM`` high: text for where no font can be had.
    """
    font = _open()
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
    x = 0
    for character in text:
        glyph = glyphs[names.get(ord(character), ".notdef")]
        glyph.draw(TransformPen(pen, (1, 0, 0, -1, x, 0)))
        x += round(glyph.width)
    return pen.getCommands(), x


def _open() -> TTFont:
    # Bounding boxes are left as they are: computing them anew takes as long as all the rest.
    return TTFont(sans_path(), lazy=True, recalcTimestamp=False, recalcBBoxes=False)


def _subset(text: str) -> bytes:
    font = _open()
    for table in UNUSED:
        del font[table]
    options = Options(
        hinting=False, desubroutinize=True, layout_features=[], name_IDs=[], notdef_outline=False
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(character) for character in text})
    subsetter.subset(font)
    scale_upem(font, CARRIED_UNITS)
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()
