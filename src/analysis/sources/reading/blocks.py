"""Blocks (分块): where whole records end in the bytes of delimited text.

Quotes, separators and line ends are single bytes that no other character of UTF-8, GB18030 or a
Western code page contains, so records are found before anything is decoded.
"""

from typing import BinaryIO

import numpy as np
import numpy.typing as npt

QUOTE = ord('"')
LINE_ENDS = b"\r\n"
READ = 1 << 20


def whole_records(data: bytes, separator: bytes) -> int | None:
    """Return where the last whole record of ``data`` ends; 0 if it holds none.

    Args:
        data: bytes that start at a record.
        separator: one byte.

    Returns:
        None if quotes do not pair as RFC 4180 has them, so that counting them tells nothing.
    """
    found = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(found == QUOTE)
    if not _pair(found, quotes, separator):
        return None
    # A carriage return at the very end may be the first half of a line end.
    end = len(data) - data.endswith(b"\r")
    while (end := max(data.rfind(b"\n", 0, end), data.rfind(b"\r", 0, end))) >= 0:
        before = int(np.searchsorted(quotes, end))
        if before % 2 == 0:
            return end + 1
        end = int(quotes[before - 1])  # inside a quoted cell: look in front of its quote
    return 0


def _pair(data: npt.NDArray[np.uint8], quotes: npt.NDArray[np.intp], separator: bytes) -> bool:
    """Return whether each opening quote starts a cell and each closing one ends it.

    A doubled quote inside a cell counts as one that closes and one that opens.
    """
    if not len(quotes):
        return True
    edges = np.frombuffer(separator + LINE_ENDS + b'"', np.uint8)
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[opening[opening > 0] - 1]
    after = data[closing[closing < len(data) - 1] + 1]
    return bool(np.isin(before, edges).all() and np.isin(after, edges).all())


def count_lines(data: bytes) -> int:
    """Return the number of line ends of any kind."""
    returns = data.count(b"\r")
    return data.count(b"\n") + (returns - data.count(b"\r\n") if returns else 0)


def behind_lines(stream: BinaryIO, lines: int) -> bytes:
    """Read past some lines; return what was read beyond them."""
    data = b""
    while more := stream.read(READ):
        data += more
        found = data.splitlines(keepends=True)
        if len(found) > lines:
            return b"".join(found[lines:])
    return b"".join(data.splitlines(keepends=True)[lines:])
