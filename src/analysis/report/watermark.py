"""The watermark (水印) that says on every screen and sheet what kind of data a page shows."""

import re
from base64 import b64encode

from analysis.report.fonts import UNITS_PER_EM, outline

TILE_WIDTH, TILE_HEIGHT = 380, 260  # CSS pixels
SIZE = 34
SLANT = -24  # degrees
PAUSE = re.compile(r"[\s,,。:: ;;()()]")


def first_words(label: str) -> str:
    """Return what a label says first, up to a blank or punctuation: “演示数据”."""
    return PAUSE.split(label, maxsplit=1)[0]


def watermark(label: str) -> str:
    """Return an image to repeat behind a page, as a ``data:`` address; empty for no label.

    It shows the first words of the label, as outlines: images cannot use a page's fonts.
    """
    words = first_words(label)
    if not words:
        return ""
    path, width = outline(words)
    scale = SIZE / UNITS_PER_EM
    image = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{TILE_WIDTH}" height="{TILE_HEIGHT}">'
        f'<path transform="translate({TILE_WIDTH / 2} {TILE_HEIGHT / 2}) rotate({SLANT}) '
        f'scale({scale}) translate({-width // 2} {UNITS_PER_EM // 3})" d="{path}"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(image.encode()).decode()
