"""Bits (差错位): the faults of a row in whole numbers, one bit each."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import ibis

from analysis.sources.importing.fault import Fault
from analysis.sources.mapping.mapped import Severity
from analysis.sources.reading.source import NOT_DATA

BITS = 60  # faults to a whole number
FAULTY = "_faulty"  # whether a fault makes the row unusable


def words(rows: Any, faults: Sequence[Fault]) -> dict[str, Any]:
    """Return the whole numbers that hold the faults of rows; fault ``i`` is in ``i // BITS``."""
    made = {}
    for word in range(0, len(faults), BITS):
        broken = [fault.broken(rows) for fault in faults[word : word + BITS]]
        bits = [flag.fill_null(False).cast("int64") * (1 << at) for at, flag in enumerate(broken)]
        # Most rows have no fault: to see that takes half the time of adding up 60 zeros.
        guilty = rows[NOT_DATA].isnull() & ibis.or_(*broken)
        made[f"_faults{word // BITS}"] = guilty.ifelse(reduce(add, bits), 0).cast("int64")
    return made


def unusable(rows: Any, faults: Sequence[Fault]) -> Any:
    """Tell the rows that have a fault which makes them unusable."""
    masks = [0] * (len(faults) // BITS + 1)
    for at, fault in enumerate(faults):
        if fault.severity is Severity.QUARANTINE:
            masks[at // BITS] |= 1 << at % BITS
    found = [(rows[f"_faults{n}"] & mask) != 0 for n, mask in enumerate(masks) if mask]
    return ibis.or_(*found) if found else ibis.literal(False)


def _bit(rows: Any, at: int) -> Any:
    return rows[f"_faults{at // BITS}"] & (1 << at % BITS)


def told(rows: Any, faults: Sequence[Fault], at: int, copies: Mapping[str, str]) -> Any:
    """Tell the rows that have a fault which is not the mere consequence of an unreadable cell."""
    fault, told = faults[at], _bit(rows, at) != 0
    if fault.unread:
        return told
    about = {copies.get(column, column) for column in fault.columns}
    for other, cause in enumerate(faults):
        if cause.unread and about & set(cause.columns):
            told = told & (_bit(rows, other) == 0)
    return told


def hits(rows: Any, faults: Sequence[Fault], copies: Mapping[str, str]) -> list[int]:
    """Count the rows of which each fault is told, in one query over those that have any."""
    n = len(faults)
    if not n:
        return []
    words = [rows[f"_faults{word // BITS}"] for word in range(0, n, BITS)]
    guilty = rows.filter(ibis.or_(*(word != 0 for word in words)))
    counted = {f"n{at}": told(guilty, faults, at, copies).sum() for at in range(n)}
    found = guilty.aggregate(**counted).to_pyarrow().to_pylist()[0]
    return [found[name] or 0 for name in counted]
