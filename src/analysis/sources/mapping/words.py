"""Words (文字): half width (半角), white space, and what stands in cells that are empty."""

EMPTY = ("", "NULL", "null", "Null", "None", "NaN", "nan", "N/A", "n/a", "\\N", "-", "--", "—", "/")
# Full-width forms of ASCII, the ideographic space and the minus sign.
WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\u2212"
NARROW = "".join(map(chr, range(0x21, 0x7F))) + " -"
WIDE_PATTERN = "[\uff01-\uff5e\u3000\u2212]"
WHITE = " \t\n\r\v\f"  # what ``strip`` takes away; all of it is less than "!"
_NARROWED = str.maketrans(WIDE, NARROW)


def narrowed(text: str) -> str:
    """Return what ``narrow`` makes of one text."""
    return text.translate(_NARROWED).strip()
