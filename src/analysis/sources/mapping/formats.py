"""Formats of times (时间格式): written as for ``strftime``; the shape of a text decides which fits."""

import re

from analysis.errors import XukeError

# Formats that cannot be mistaken for one another; they are read wherever they occur.
UNAMBIGUOUS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y-%m-%d",
    "%Y%m%d",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d%H%M",
    "%Y年%m月%d日",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日 %H时%M分%S秒",
    "%Y年%m月%d日%H时%M分%S秒",
    "%Y年%m月%d日%H时%M分",
)
YEAR = r"(?:19|2\d|99)\d{2}"  # another one is a typing error; 9999 is how systems write “for ever”
LOOSE = {
    "Y": YEAR,
    "m": r"\d{1,2}",
    "d": r"\d{1,2}",
    "H": r"\d{1,2}",
    "M": r"\d{1,2}",
    "S": r"\d{1,2}",
    "I": r"\d{1,2}",
    "f": r"\d{1,6}",
    "y": r"\d{2}",
    "p": r"[AaPp][Mm]",
    "b": r"[A-Za-z]{3}",
    "B": r"[A-Za-z]{3,9}",
}
FIXED = dict.fromkeys("mdHMSI", r"\d{2}")  # where digits of two parts touch


def shape(fmt: str) -> str:
    """Return the regular expression of the texts that are written in ``fmt``."""
    parts = re.split(r"%(.)", fmt)  # what stands between, part, what stands between, …
    made = re.escape(parts[0])
    for place in range(1, len(parts), 2):
        left, part, right = parts[place - 1 : place + 2]
        touches = (place > 1 and not left) or (place + 2 < len(parts) and not right)
        made += (FIXED if touches else LOOSE).get(part, LOOSE[part]) + re.escape(right)
    return made


def distinct(declared: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats to try, declared ones first; each shape of text once."""
    return tuple({shape(fmt): fmt for fmt in reversed((*declared, *UNAMBIGUOUS))}.values())[::-1]


def check_format(fmt: str, where: str) -> None:
    """Refuse a format of which not every part is known.

    Raises:
        XukeError: an unknown part, or no year.
    """
    parts = re.findall(r"%(.?)", fmt)
    unknown = [part for part in parts if part not in LOOSE]
    if unknown or not {"Y", "y"} & set(parts):
        said = f"有不认识的“%{unknown[0]}”" if unknown else "没有年份(%Y)"
        raise XukeError(f"{where} 的时间格式“{fmt}”{said}:请写成 %Y-%m-%d %H:%M:%S 这样。")
