"""Rows that are not data (非数据行): blank ones, totals, the headings once more."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

BLANK, TOTAL, HEADINGS = "空行", "合计行", "重复的表头"
# The whole cell: an applicant may be called 合计….
TOTALS = r"(本页|本月|全年|总)?[合总小共累總総]\s*[计計]\s*[:：]?"
# Elsewhere in the world, too; but there “Total” may also be a kind of something.
FOREIGN_TOTALS = (
    r"(?i:((grand|sub|overall)?[ -]?totals?|(eind|sub)?totaal|gesamt(summe|ergebnis)?|summe"
    r"|insgesamt|totale|total g[eé]n[eé]ral|итого|всего|합계|총계)\s*:?)"
)
MOSTLY_EMPTY = 0.5  # share of its cells that a row of foreign totals fills at most

Rows = npt.NDArray[np.intp]
Cells = Callable[[int, Rows], pa.StringArray]


def not_data(cells: Cells, rows: int, headings: Sequence[str]) -> pa.StringArray:
    """Return for each row null, or why it is not data.

    Args:
        cells: gives the cells of one column in some rows; empty ones may be null.
        rows: number of rows.
        headings: cells of the heading row, as they stand.
    """
    reasons = np.full(rows, None, object)
    left = np.arange(rows)  # whose cells are all blank so far
    foreign: list[Rows] = []
    for position in range(len(headings)):
        if not len(left):
            break
        texts = _stripped(cells(position, left))
        reasons[left[_fits(texts, TOTALS)]] = TOTAL
        foreign.append(left[_fits(texts, FOREIGN_TOTALS)])
        left = left[pc.equal(texts, "").to_numpy(zero_copy_only=False)]
    reasons[left] = BLANK
    reasons[_mostly_empty(cells, np.concatenate([*foreign, left[:0]]), len(headings))] = TOTAL
    reasons[_repeated(cells, rows, headings)] = HEADINGS
    return pa.array(reasons, pa.string())


def _mostly_empty(cells: Cells, rows: Rows, width: int) -> Rows:
    """Return those of some rows that fill few of their cells."""
    if not len(rows):
        return rows
    filled = np.zeros(len(rows), np.int64)
    for position in range(width):
        texts = _stripped(cells(position, rows))
        filled += pc.not_equal(texts, "").to_numpy(zero_copy_only=False)
    return rows[filled <= MOSTLY_EMPTY * width]


def _repeated(cells: Cells, rows: int, headings: Sequence[str]) -> Rows:
    left = np.arange(rows)
    for position, heading in enumerate(headings):
        if not len(left):
            break
        same = pc.equal(_stripped(cells(position, left)), heading.strip())
        left = left[same.to_numpy(zero_copy_only=False)]
    return left


def _stripped(texts: pa.StringArray) -> pa.StringArray:
    return pc.utf8_trim_whitespace(pc.fill_null(texts, ""))


def _fits(texts: pa.StringArray, pattern: str) -> npt.NDArray[np.bool_]:
    found = pc.match_substring_regex(texts, f"^(?:{pattern})$")
    return found.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
