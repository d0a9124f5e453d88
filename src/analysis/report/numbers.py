"""How numbers are printed (数字格式): half up, thousands separated, with a real minus sign.

Every function takes ints, floats, Decimals or Fractions and gives "—" for a missing value.
A float counts as the decimal number that it prints as: 2.675 is 2.675, so 2.68.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.statistics.figure import rounded

MISSING = "—"
MASK = "*"  # a number that is not published
MINUS = "−"
WAN = 10_000
MOST_PLACES = 4
ROUNDED = "比率四舍五入:印作100.00%的不一定是全部,件数见口径。"


def exact(value: Any) -> Fraction:
    """Return the exact value of a number, a float taken as it prints."""
    return value if isinstance(value, Fraction) else Fraction(str(value))


def half_up(value: Any, places: int = 0) -> Decimal:
    """Return ``value`` rounded to ``places`` decimals, halves away from zero (四舍五入)."""
    return rounded(exact(value), places)


def number(value: Any, places: int = 0) -> str:
    """Return a number with thousands separators: ``1,795,742``."""
    return MISSING if pd.isna(value) else f"{half_up(value, places):,f}".replace("-", MINUS)


def decimals(values: pd.Series) -> int:
    """Return how many decimals a column of rounded numbers has, four at most."""
    return next((n for n in range(MOST_PLACES) if values.equals(values.round(n))), MOST_PLACES)


def as_printed(text: str, form: Callable[[Any, int], str] = number) -> str:
    """Return a number kept as text with separators, at its own decimals; "—" for none.

    What is not published stays ``*``.
    """
    if text == MASK:
        return MASK
    return form(text, len(text.partition(".")[2])) if text else MISSING


def signed(value: Any, places: int = 0) -> str:
    """Return a number that always shows its direction: ``+20``, ``−20``; zero has none."""
    plus = "+" if not pd.isna(value) and half_up(value, places) > 0 else ""
    return plus + number(value, places)


def percent(share: Any, places: int = 2) -> str:
    """Return a share of one as a percentage: 0.9449 is ``94.49%``."""
    return MISSING if pd.isna(share) else f"{number(exact(share) * 100, places)}%"


def wan(count: Any, places: int = 2) -> str:
    """Return a count in ten thousands (万), without the unit: 1795742 is ``179.57``."""
    return MISSING if pd.isna(count) else number(exact(count) / WAN, places)


def count_unit(most: Any) -> tuple[int, str, int]:
    """Return in what counts of cases up to ``most`` are told: what one is, its name, decimals."""
    return (WAN, "万件", 2) if most >= WAN else (1, "件", 0)


def change(now: Any, before: Any, places: int = 1) -> str:
    """Return the relative change (增减) from ``before`` to ``now``: ``+6.2%``; from zero, "—"."""
    if pd.isna(now) or pd.isna(before) or before == 0:
        return MISSING
    return f"{signed((exact(now) / exact(before) - 1) * 100, places)}%"


def points(now: Any, before: Any, places: int = 2) -> str:
    """Return the difference of two shares of one: ``−0.31 个百分点``."""
    if pd.isna(now) or pd.isna(before):
        return MISSING
    return f"{signed((exact(now) - exact(before)) * 100, places)} 个百分点"
