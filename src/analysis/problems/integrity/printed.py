"""A printed number (印出的数): its text and unit, and every interval it can stand for."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from analysis.problems.integrity.intervals import Interval

PERCENT = {"%": 100, "百分点": 100, "个百分点": 100, "百分比": 100, "‰": 1000}
POINTS = ("百分点", "个百分点")
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
