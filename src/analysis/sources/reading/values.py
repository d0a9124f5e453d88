"""Values (单元格的值): numbers, dates and truth values of a spreadsheet as the text one reads."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

EXACT = 10**15  # whole numbers from here on have lost digits in a spreadsheet


def columns_of(rows: Sequence[Sequence[Any]], width: int) -> list[pa.StringArray]:
    """Return rows of cells as columns of text, empty cells as null."""
    columns = [_column(values) for values in zip(*rows, strict=True)]
    return columns[:width] + [pa.nulls(len(rows), pa.string())] * (width - len(columns))


def _column(values: Sequence[Any]) -> pa.StringArray:
    if set(map(type, values)) == {str}:
        return pa.array([value or None for value in values], pa.string())
    return pa.array([as_read(value) or None for value in values], pa.string())


def as_read(value: Any) -> str:
    """Return a cell as the text that a person reads in it.

    Whole numbers without a point, others with the 15 digits that a spreadsheet keeps; times as
    ``YYYY-MM-DD HH:MM:SS``, with milliseconds where there are any; days as ``YYYY-MM-DD``.
    """
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else format(value, ".15g")
        case dt.datetime():
            return _to_milliseconds(value)
        case dt.timedelta():
            return _clock(value)
        case _:  # whole numbers, days, times of day
            return str(value)


def _to_milliseconds(moment: dt.datetime) -> str:
    """Return a time; the file holds fractions of a day, exact to a few microseconds."""
    rounded = moment + dt.timedelta(microseconds=500)
    milliseconds = rounded.microsecond // 1000
    text = rounded.strftime("%Y-%m-%d %H:%M:%S")
    return f"{text}.{milliseconds:03}" if milliseconds else text


def _clock(duration: dt.timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
