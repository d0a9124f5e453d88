"""Records (记录): blocks of delimited text as columns of undecoded cells, each row with its line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from analysis.errors import XukeError
from analysis.sources.reading.blocks import behind_lines, count_lines, whole_records
from analysis.sources.reading.form import Form
from analysis.sources.reading.ragged import read_ragged
from analysis.sources.reading.source import Unreadable

BLOCK = 1 << 23  # bytes parsed at once
RAGGED = 1 << 16  # bytes read row by row where a block is not what it should be
LONGEST = 1 << 26  # bytes of one record; more is no table


@dataclass(frozen=True)
class Records:
    """Some rows.

    Attributes:
        rows: line that each starts on.
        columns: cells, binary, one array a heading; empty cells are empty.
        unreadable: what could not be split, between these rows.
    """

    rows: npt.NDArray[np.int64]
    columns: list[pa.BinaryArray]
    unreadable: list[Unreadable] = field(default_factory=list)


def read_records(stream: BinaryIO, form: Form, line: int) -> Iterator[Records]:
    """Yield the rows of a stream from a line on.

    Blocks are parsed as a whole; where one holds a row of another width or a quote out of place,
    a small piece of it is read row by row.

    Args:
        stream: bytes in an encoding whose separators and line ends are single bytes.
        form: how the text is laid out.
        line: where the first of them starts.

    Raises:
        XukeError: a record is longer than any table's.
    """
    data, start, step, least = behind_lines(stream, line - 1), 0, BLOCK, RAGGED
    ended = False
    while True:
        if not ended and len(data) - start < step:
            more = stream.read(max(step, BLOCK))
            data, start, ended = data[start:] + more, 0, not more
            continue
        if start == len(data):
            return
        window = data[start : start + step]
        last = ended and start + len(window) == len(data)
        found = _whole(window, form, line)
        if found is not None:
            records, used, lines = found
        elif len(window) > least:
            step = max(step // 4, least)
            continue
        else:
            records, used = _ragged(window, form, line, last)
            if not used:
                step = least = least * 4
                if least > LONGEST:
                    raise XukeError(
                        f"“{form.file}”第 {line} 行太长,不像表格:请核对文件,或用 --separator 指定分隔符。"
                    )
                continue
            lines = count_lines(window[:used])
        line += lines
        start += used
        step, least = min(step * 4, BLOCK), RAGGED
        yield records


def _whole(window: bytes, form: Form, line: int) -> tuple[Records, int, int] | None:
    """Return the whole records of a window, their length and lines; None if widths differ."""
    end = whole_records(window, form.separator)
    if not end:
        return None
    names = [str(position) for position in range(form.width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(memoryview(window)[:end]),
            arrow_csv.ReadOptions(column_names=names, block_size=end + 1),
            arrow_csv.ParseOptions(
                delimiter=form.separator.decode(), newlines_in_values=True, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.binary()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in table.columns]
    rows = line + np.arange(len(table), dtype=np.int64)
    lines = count_lines(window[:end])
    if lines != len(table):
        rows += _lines_inside(columns)
    return Records(rows, columns), end, lines


def _lines_inside(columns: list[pa.BinaryArray]) -> npt.NDArray[np.int64]:
    """Return for each row the line ends inside the cells of all rows before it."""
    inside = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        content = memoryview(column.buffers()[2] or b"").tobytes()
        for end, sign in ((b"\n", 1), (b"\r", 1), (b"\r\n", -1)):
            if end in content:
                inside += sign * pc.count_substring(column, end).to_numpy()
    return np.concatenate([[0], np.cumsum(inside)[:-1]]).astype(np.int64)


def _ragged(window: bytes, form: Form, line: int, last: bool) -> tuple[Records, int]:
    found = read_ragged(window, form, line, last=last)
    columns = list(zip(*found.cells, strict=True)) or [()] * form.width
    arrays = [pa.array(column, pa.binary()) for column in columns]
    return Records(np.array(found.rows, np.int64), arrays, found.unreadable), found.used
