"""Numerals (数字的写法): the text of a printed number, read: 约, 余, 万 and a unit may stand in it."""

import re
from fractions import Fraction

from analysis.errors import XukeError
from analysis.problems.integrity.printed import PERCENT, Printed

SCALES = {"百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
SCALES |= {"千万": 10_000_000, "亿": 100_000_000, "万亿": 10**12}
UNPRINTED = {
    "",
    "-",
    "--",
    "—",
    "——",
    "/",
    "无",
    "...",
    "......",
    "*",
    "未统计",
    "未公开",
    "未公布",
}

BEFORE = "大约|约为|约|将近|近|超过|突破|超|逾|不少于|不低于|至少|不足|不超过|不多于|至多"
AFTER = "以上|以下|以内|左右|上下"
RISE, FALL = "增长|上升|增加|提高", "下降|减少|降低"
SCALE = "万亿|千万|百万|十万|亿|万|千|百"
NUMBER = re.compile(
    rf"(?P<before>{BEFORE})?(?P<sign>[+-]|{RISE}|{FALL})?(?P<number>\d{{1,15}}(?:\.\d{{1,8}})?|\.\d{{1,8}})(?P<more>[余多])?"
    rf"(?P<scale>{SCALE})?(?P<more2>[余多])?(?P<unit>[\u4e00-\u9fff%‰]*?)(?P<after>{AFTER})?"
)
HEDGES = {
    "about": "约",
    "at_least": "不少于",
    **dict.fromkeys(("大约", "约为", "约", "左右", "上下"), "约"),
    **dict.fromkeys(("将近", "近"), "近"),
    **dict.fromkeys(("余", "多"), "余"),
    **dict.fromkeys(("超过", "突破", "超", "逾"), "超过"),
    **dict.fromkeys(("不少于", "不低于", "至少", "以上"), "不少于"),
    "不足": "不足",
    **dict.fromkeys(("不超过", "不多于", "至多", "以下", "以内"), "不超过"),
}


def is_unprinted(value: str) -> bool:
    """Return whether a cell says that nothing is printed: empty, a dash, 未统计."""
    return _plain(value) in UNPRINTED


def read_printed(
    value: str,
    unit: str = "",
    rounding: str = "",
    *,
    whole: bool = False,
    signed: bool = False,
    falls: bool = False,
    term: str = "",
    section: str = "",
) -> Printed:
    """Read a printed number.

    Args:
        value: its text; 约, 余, 万 and a unit may stand in it.
        unit: its unit, maybe with 万 or 亿.
        rounding: a code of ``tables.codes.totals.ROUNDING``; empty to read it off the text.
        whole: whether it is a count.
        signed: whether it can be negative.
        falls: whether its term says that it is a fall (同比下降), so that it counts as negative.
        term: what the report calls it.
        section: where it is printed.

    Raises:
        XukeError: the text is not one number.
    """
    found = NUMBER.fullmatch(_plain(value))
    if found is None:
        raise XukeError(f"“{term}”的数值“{value}”不是一个数:请只填一个数,单位填在单位栏。")
    part = {name: text or "" for name, text in found.groupdict().items()}
    scale, bare = _scale(part["unit"] or unit)
    if part["unit"] and _scale(unit)[0] != 1 and _scale(unit) != (scale, bare):
        raise XukeError(f"“{term}”的数值“{value}”与单位“{unit}”不一致:请只写一处。")
    scale *= SCALES.get(part["scale"], 1)
    hedges = [part[name] for name in ("before", "more", "more2", "after") if part[name]]
    down = part["sign"] in {"-", *FALL.split("|")} or (falls and part["sign"] != "+")
    text = ("-" if down else "") + part["number"]
    if part["scale"] and _scale(unit)[0] != 1:
        raise XukeError(f"“{term}”的数值“{value}”和单位“{unit}”重复写了数量级:请只写一处。")
    decimals = len(text.partition(".")[2])
    hedge = HEDGES[hedges[0]] if hedges else HEDGES.get(rounding, "")
    steps = () if hedge else _steps(rounding, scale, decimals, bare)
    number = Fraction(text) * scale
    if number < 0 and not signed:
        raise XukeError(f"“{term}”的数值“{value}”是负数:计数和比率不会小于0,请核对。")
    whole = whole and number.denominator == 1
    return Printed(text, number, bare, scale, steps, hedge, whole, signed, term, section)


def _steps(rounding: str, scale: Fraction, decimals: int, unit: str) -> tuple[Fraction, ...]:
    last = scale / 10**decimals
    if rounding == "exact":
        return ()
    if rounding == "decimals":
        return (last,)
    if rounding:
        return tuple(sorted(Fraction(step[:-1]) * SCALES["万"] for step in rounding.split("|")))
    if unit in PERCENT:
        return (last,)
    if scale == 1:
        return (last,) if decimals else ()
    # 227万: a report that writes 227.9万 elsewhere may have dropped the nought of 227.0万.
    return (last,) if decimals else (last / 10, last)


def _scale(unit: str) -> tuple[Fraction, str]:
    """Split a unit into what it multiplies by and the unit proper: 万件 is 10000 and 件."""
    bare = _plain(unit)
    bare = bare[1:-1] if bare[:1] in ("(", "[") and bare[-1:] in (")", "]") else bare
    if bare in PERCENT:
        return Fraction(1, PERCENT[bare]), bare
    for name in sorted(SCALES, key=len, reverse=True):
        if bare.startswith(name):
            return Fraction(SCALES[name]), bare.removeprefix(name)
    return Fraction(1), bare


def half_width(text: str) -> str:
    """Return text with full-width letters, digits and signs as half-width ones, no others changed.

    What Unicode calls compatible would also make a footnote mark (①, ²) into a digit.
    """
    return "".join(_half_width(character) for character in text)


def _half_width(character: str) -> str:
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return {"\u3000": " ", "−": "-", "–": "-"}.get(character, character)


def _plain(text: str) -> str:
    """Return text with half-width signs and without spaces and thousands separators."""
    return re.sub(r"[\s_']|,(?=\d{3})", "", half_width(text))
