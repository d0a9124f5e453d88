"""Decoding (解码): undecoded cells as text, most values once."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

MARK = b"\x1f"  # unit separator: stands in no sensible cell, and within no other character


def as_text(cells: pa.BinaryArray, encoding: str) -> tuple[pa.StringArray, npt.NDArray[np.intp]]:
    """Return cells as text, empty ones as null, and the positions of those that are no text.

    Args:
        cells: without offset, as a parser makes them.
        encoding: as Python names it.
    """
    content = np.frombuffer(cells.buffers()[2] or b"", np.uint8)
    nothing = np.empty(0, np.intp)
    if not len(content):
        return pa.nulls(len(cells), pa.string()), nothing
    if content.max() < 0x80:
        return null_where_empty(cells), nothing
    if encoding == "utf-8":
        text = null_where_empty(cells)
        try:
            text.validate(full=True)
        except pa.ArrowInvalid:
            return _each(cells, encoding)
        return text, nothing
    distinct = cells.dictionary_encode()
    if len(distinct.dictionary) * 2 > len(cells) and MARK[0] not in content:
        try:
            return null_where_empty(_together(cells, encoding)), nothing
        except UnicodeDecodeError:
            pass
    return _each(cells, encoding)


def _together(cells: pa.BinaryArray, encoding: str) -> pa.StringArray:
    """Decode cells that are mostly different in one go."""
    rows = pa.ListArray.from_arrays(pa.array([0, len(cells)], pa.int32()), cells)
    joined = pc.binary_join(rows, MARK)[0].as_buffer()
    text = pa.array([joined.to_pybytes().decode(encoding)], pa.string())
    return pc.split_pattern(text, MARK.decode()).flatten()


def _each(cells: pa.BinaryArray, encoding: str) -> tuple[pa.StringArray, npt.NDArray[np.intp]]:
    """Decode every value once."""
    distinct = cells.dictionary_encode()
    values: list[str | None] = []
    broken = []
    for position, value in enumerate(distinct.dictionary.to_pylist()):
        try:
            values.append(value.decode(encoding) or None)
        except UnicodeDecodeError:
            values.append(None)
            broken.append(position)
    text = pa.array(values, pa.string()).take(distinct.indices)
    return text, np.flatnonzero(np.isin(distinct.indices.to_numpy(), broken))


def null_where_empty(cells: pa.BinaryArray | pa.StringArray) -> pa.StringArray:
    """Return the same bytes as text; nothing is copied."""
    _, ends, content = cells.buffers()
    lengths = np.diff(np.frombuffer(ends, np.int32, len(cells) + 1))
    valid = np.packbits(lengths > 0, bitorder="little")
    return pa.StringArray.from_buffers(len(cells), ends, content, pa.py_buffer(valid))
