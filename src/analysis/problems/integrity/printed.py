"""A printed number (印出的数): its text and unit, and every interval it can stand for."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from analysis.errors import XukeError
from analysis.problems.integrity.intervals import Interval

SCALES = {"百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
SCALES |= {"千万": 10_000_000, "亿": 100_000_000, "万亿": 10**12}
PERCENT = {"%": 100, "百分点": 100, "个百分点": 100, "百分比": 100, "‰": 1000}
POINTS = ("百分点", "个百分点")
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
HEDGE_READ = {
    "约": "“约”按末位非零数字上下各1个单位",
    "近": "“近”按不超过该数、至多少末位非零数字1个单位",
    "余": "“余”按不少于该数、不到末位非零数字加1",
    "超过": "“超过”按大于该数,无上限",
    "不少于": "“不少于”按大于等于该数,无上限",
    "不足": "“不足”按小于该数",
    "不超过": "“不超过”按小于等于该数",
}


class Mode(StrEnum):
    """How a report rounds (取整方式)."""

    HALF_UP = "四舍五入"
    TRUNCATED = "截断"


@dataclass(frozen=True)
class Printed:
    """One printed number.

    Attributes:
        text: digits as printed, without separators.
        value: the number it reads as, 万 resolved and percentages as ratios.
        unit: unit without 万 or 亿, as printed.
        scale: what the text was multiplied by (万: 10000; %: 1/100).
        steps: the last printed place, finest reading first; empty for an unrounded number.
        hedge: 约, 近, 余, 超过, 不少于, 不足, 不超过, or empty.
        whole: whether the true number is an integer.
        signed: whether it can be negative, as a change can.
        term: what the report calls it.
        section: where it is printed.
    """

    text: str
    value: Fraction
    unit: str
    scale: Fraction
    steps: tuple[Fraction, ...] = ()
    hedge: str = ""
    whole: bool = False
    signed: bool = False
    term: str = ""
    section: str = ""

    @property
    def exact(self) -> bool:
        """Whether it stands for one number only."""
        return not self.steps and not self.hedge

    @property
    def ambiguous(self) -> bool:
        """Whether two places could be the last one it was rounded to."""
        return not self.hedge and len(self.steps) > 1

    @property
    def is_ratio(self) -> bool:
        """Whether it is printed in per cent, percentage points or per mille."""
        return self.unit in PERCENT

    @property
    def in_points(self) -> bool:
        """Whether it is printed in percentage points (百分点)."""
        return self.unit in POINTS

    @property
    def decimals(self) -> int:
        """Number of printed decimals."""
        return len(self.text.partition(".")[2])

    @property
    def shown(self) -> str:
        """The number as a reader would key it in: separators, decimals kept, per cent sign."""
        if self.is_ratio:
            return f"{self.text}{'‰' if self.unit == '‰' else '%'}"
        if self.value.denominator == 1 and not (self.scale == 1 and self.decimals):
            return f"{int(self.value):,}"
        return self.text if self.scale == 1 else f"{float(self.value):,}"

    @property
    def shown_in_print(self) -> str:
        """The number as the report writes it: 227万 for 2,270,000 where that was rounded."""
        if not self.steps or self.is_ratio or self.value.denominator != 1:
            return self.shown
        of_wan = self.value / 10_000
        return f"{float(of_wan):g}万" if max(self.steps) >= 100 else self.shown

    def interval(self, mode: Mode = Mode.HALF_UP, *, coarse: bool = False) -> Interval:
        """Return what it can stand for if the report rounds by ``mode``.

        Args:
            mode: how the report rounds.
            coarse: take the coarser of two possible last places (227万 rounded to 1万).
        """
        if self.hedge:
            found = self._hedged()
        elif not self.steps:
            return Interval.point(self.value)
        else:
            found = rounded_interval(self.value, self.steps[-1 if coarse else 0], mode)
        if not self.signed and (found.low is None or found.low < 0):
            found = Interval(Fraction(0), found.high, has_high=found.has_high)
        return found.whole() if self.whole else found

    def _hedged(self) -> Interval:
        value, unit = self.value, self._last_digit()
        return {
            "约": Interval(value - unit, value + unit),
            "近": Interval(value - unit, value),
            "余": Interval(value, value + unit, has_high=False),
            "超过": Interval(value, None, has_low=False),
            "不少于": Interval(value, None),
            "不足": Interval(None, value, has_high=False),
            "不超过": Interval(None, value),
        }[self.hedge]

    def _last_digit(self) -> Fraction:
        """Return the place of the last digit that is not zero: 1万 for 302万, 100 for 300."""
        scaled, place = abs(self.value) / self.scale * 10**self.decimals, 1
        while scaled and scaled % (place * 10) == 0:
            place *= 10
        return Fraction(place, 10**self.decimals) * self.scale


def rounded_interval(value: Fraction, step: Fraction, mode: Mode) -> Interval:
    """Return the numbers that ``mode`` makes into ``value`` at the last place ``step``."""
    if mode is Mode.HALF_UP and value >= 0:
        return Interval(value - step / 2, value + step / 2, has_high=False)
    if mode is Mode.HALF_UP:
        return Interval(value - step / 2, value + step / 2, has_low=False)
    if value == 0:
        return Interval(-step, step, False, False)
    if value > 0:
        return Interval(value, value + step, has_high=False)
    return Interval(value - step, value, has_low=False)


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
        rounding: a code of ``tables.codes.ROUNDING``; empty to read it off the text.
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
