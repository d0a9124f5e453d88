"""Encodings (编码): which one a text file is written in."""

import codecs

from analysis.errors import XukeError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "ascii": "utf-8", "utf-8-sig": "utf-8"}
# Encodings in which a separator or line end is one byte that no other character contains.
BYTEWISE = frozenset({"utf-8", "gb18030", "cp1252", "iso8859-1", "iso8859-15"})
BROKEN = 0.02  # of the characters beyond ASCII may be spoilt before the encoding is doubted
USUAL = 0.5  # of the characters beyond ASCII are in GB 2312 where a text is Chinese
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b\x1c\x1d\x1e\x1f"))
SPOILT = "\ufffd"


def known(encoding: str, file: str) -> str:
    """Return the name of an encoding that a user gave, or of the one that contains it.

    Raises:
        XukeError: there is none of that name.
    """
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, UnicodeError) as error:
        raise XukeError(
            f"没有“{encoding}”这种编码:{file} 可写 utf-8、gb18030、utf-16、cp1252 等。"
        ) from error
    return WIDER.get(name, name)


def bom(sample: bytes) -> tuple[str, int]:
    """Return the encoding that a byte order mark tells, or an empty text, and its length."""
    for mark, encoding in BOMS:
        if sample.startswith(mark):
            return encoding, len(mark)
    return "", 0


def detect(sample: bytes, file: str) -> str:
    """Return the encoding of a text from its first bytes, of which the last may be cut off.

    UTF-8 proves itself. What is not UTF-8 is GB18030 if that gives mostly everyday Chinese, else
    Western (cp1252).

    Raises:
        XukeError: it is no text, or no encoding fits.
    """
    if wide := _utf_16(sample):
        return wide
    if len(sample.translate(None, CONTROL)) < 0.98 * len(sample):
        raise XukeError(
            f"“{file}”不是文本表格,也不是能读的电子表格:请核对文件,重新导出为 CSV 或 xlsx。"
        )
    for encoding in ("utf-8", "gb18030"):
        beyond = [char for char in decoded_start(sample, encoding) if char > "\x7f"]
        spoilt = beyond.count(SPOILT)
        fits = spoilt <= BROKEN * len(beyond)
        if fits and (encoding == "utf-8" or _everyday(beyond) >= USUAL):
            return encoding
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        raise XukeError(
            f"认不出“{file}”的编码:请用 --encoding 指定,如 --encoding gb18030。"
        ) from None
    return "cp1252"


def decoded_start(sample: bytes, encoding: str) -> str:
    """Decode the start of a text; a character cut off at its end is left out."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def _everyday(beyond: list[str]) -> float:
    usual = "".join(beyond).encode("gb2312", "ignore").decode("gb2312")
    return len(usual) / max(len(beyond), 1)


def _utf_16(sample: bytes) -> str:
    """Tell UTF-16 without a mark by the zeros that every separator and digit has on one side."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.05 * len(sample) or min(even, odd) > 0.05 * max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
