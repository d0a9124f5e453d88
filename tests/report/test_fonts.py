import base64
import io
import re

from fontTools.ttLib import TTFont

from analysis.report.fonts import UNITS_PER_EM, font_face, outline
from analysis.report.watermark import first_words, watermark


def carried(rule: str) -> TTFont:
    return TTFont(io.BytesIO(base64.b64decode(re.search(r"base64,([^)]+)", rule)[1])))


def test_the_page_carries_just_the_glyphs_it_needs():
    font = carried(font_face("许可许可1"))
    assert set(font.getBestCmap()) == set(map(ord, "许可1"))
    assert len(font_face("许可")) < 3000


def test_the_bytes_depend_on_the_characters_alone():
    assert font_face("行政许可") == font_face("可许政行行")
    assert font_face("行政") != font_face("行")


def test_a_character_that_no_font_has_is_no_error():
    assert font_face("许\U0010ffff")


def test_outlines_advance_by_the_width_of_the_glyphs():
    path, width = outline("演示")
    assert path.startswith("M")
    assert width == 2 * UNITS_PER_EM


def test_the_watermark_shows_the_first_words_of_the_label():
    assert first_words("演示数据 示例区均为虚构") == "演示数据"
    assert first_words("演示数据:虚构") == "演示数据"
    assert watermark("演示数据 甲") == watermark("演示数据:乙")
    assert watermark("") == ""
