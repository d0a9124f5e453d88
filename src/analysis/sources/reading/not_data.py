"""Rows that are not data (非数据行): blank ones, totals, the headings once more."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

BLANK, TOTAL, HEADINGS = "空行", "合计行", "重复的表头"
# Exact words only: an applicant may be called 合计….
TOTAL_WORDS = frozenset({"合计", "总计", "小计", "共计", "总合计", "本页合计", "本页小计"})
COLONS = ":："

Cells = Callable[[int, npt.NDArray[np.intp]], pa.StringArray]


def not_data(cells: Cells, rows: int, headings: Sequence[str]) -> pa.StringArray:
    """Return for each row null, or why it is not data.

    Args:
        cells: gives the cells of one column in some rows; empty ones may be null.
        rows: number of rows.
        headings: cells of the heading row, as they stand.
    """
    reasons = np.full(rows, None, object)
    left = np.arange(rows)  # whose cells are all blank so far
    for position in range(len(headings)):
        if not len(left):
            break
        texts = _stripped(cells(position, left))
        reasons[left[_among(texts, TOTAL_WORDS)]] = TOTAL
        left = left[pc.equal(texts, "").to_numpy(zero_copy_only=False)]
    reasons[left] = BLANK
    reasons[_repeated(cells, rows, headings)] = HEADINGS
    return pa.array(reasons, pa.string())


def _repeated(cells: Cells, rows: int, headings: Sequence[str]) -> npt.NDArray[np.intp]:
    left = np.arange(rows)
    for position, heading in enumerate(headings):
        if not len(left):
            break
        left = left[_among(_stripped(cells(position, left)), {heading.strip()})]
    return left


def _stripped(texts: pa.StringArray) -> pa.StringArray:
    return pc.utf8_trim_whitespace(pc.fill_null(texts, ""))


def _among(texts: pa.StringArray, words: frozenset[str] | set[str]) -> npt.NDArray[np.bool_]:
    bare = texts if len(words) == 1 else pc.utf8_rtrim(texts, COLONS)
    found: npt.NDArray[np.bool_] = pc.is_in(bare, pa.array(sorted(words))).to_numpy(
        zero_copy_only=False
    )
    return found
