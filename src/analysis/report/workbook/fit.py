"""How wide a column and how high a row is (列宽和行高), so that nothing is cut off or shown as ###."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

import pandas as pd

WIDEST = 46  # characters
WIDE = 2  # columns that a Chinese character takes
LINE = 15  # points of height


def width(name: str, column: pd.Series) -> float:
    """Return a width in which most cells fit on one line."""
    longest = max((_columns(_as_seen(value)) for value in column), default=0)
    return min(max(_columns(name) + 4, longest + 3, 8), WIDEST)


def _as_seen(value: Any) -> str:
    """Return a number as its cell shows it at most: with separators and two decimals."""
    return f"{value:,.2f}" if isinstance(value, float) else _separated(value)


def _separated(value: Any) -> str:
    words = str(value)
    return f"{int(words):,}" if words.isdecimal() else words


def lines(cells: Iterable[Any], widths: Sequence[float]) -> int:
    """Return how many lines a row needs in columns of these widths: LibreOffice does not see."""
    return max(
        ceil(_columns(_as_seen(cell)) / (width - 1))
        for cell, width in zip(cells, widths, strict=True)
    )


def _columns(words: str) -> int:
    return sum(WIDE if ord(letter) > 0x2E7F else 1 for letter in words)
