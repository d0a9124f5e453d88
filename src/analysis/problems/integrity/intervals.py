"""Exact intervals (区间): what a rounded number can stand for, added, multiplied and divided."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True)
class Interval:
    """All numbers from ``low`` to ``high``; None means that the side has no bound.

    Attributes:
        low: lower bound.
        high: upper bound.
        has_low: whether the lower bound itself belongs to it.
        has_high: whether the upper bound itself belongs to it.
    """

    low: Fraction | None
    high: Fraction | None
    has_low: bool = True
    has_high: bool = True

    @classmethod
    def point(cls, value: Fraction) -> "Interval":
        """Return the interval of one number."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one number."""
        return self.low is not None and self.low == self.high

    def __contains__(self, value: Fraction | int) -> bool:
        above = self.low is None or value > self.low or (self.has_low and value == self.low)
        below = self.high is None or value < self.high or (self.has_high and value == self.high)
        return above and below

    def __neg__(self) -> "Interval":
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.has_high, self.has_low)

    def __add__(self, other: "Interval") -> "Interval":
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.has_low and other.has_low, self.has_high and other.has_high)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        """Multiply two intervals of non-negative numbers; that is what counts and rates are."""
        ours, theirs = _lower(self), _lower(other)
        high = None if self.high is None or other.high is None else self.high * other.high
        if (self.is_point and self.low == 0) or (other.is_point and other.low == 0):
            return Interval.point(Fraction(0))
        # Zero is reached as soon as one factor reaches it, whatever the other one does.
        reaches_zero = (ours == 0 and self.has_low) or (theirs == 0 and other.has_low)
        has_low = reaches_zero or (self.has_low and other.has_low)
        return Interval(ours * theirs, high, has_low, self.has_high and other.has_high)

    def __truediv__(self, other: "Interval") -> "Interval":
        """Divide an interval of non-negative numbers by one of positive numbers."""
        ours, divisor = _lower(self), _lower(other)
        low = Fraction(0) if other.high is None else ours / other.high
        high = None if self.high is None or divisor == 0 else self.high / divisor
        has_low = (ours == 0 and self.has_low) or (self.has_low and other.has_high)
        return Interval(low, high, has_low, self.has_high and other.has_low)

    def whole(self) -> "Interval":
        """Return the interval from the first to the last integer in it: counts are integers."""
        low, high = self.low, self.high
        if low is not None:
            low = Fraction(ceil(low) if self.has_low else floor(low) + 1)
        if high is not None:
            high = Fraction(floor(high) if self.has_high else ceil(high) - 1)
        return Interval(low, high)


def _lower(interval: Interval) -> Fraction:
    if interval.low is None or interval.low < 0:
        raise ValueError("only non-negative intervals are multiplied or divided")
    return interval.low
