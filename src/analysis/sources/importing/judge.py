"""Judging (判定): every row of a table gets its faults and its fate.

The decoded rows are written once, with their faults as bits; everything after looks at that file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow.parquet as pq

from analysis.sources.importing.fates import FATE, Fate
from analysis.sources.importing.fault import Fault
from analysis.sources.importing.versions import replaced
from analysis.sources.mapping.mapped import MERGED_ROWS, SOURCE, Mapped, Severity
from analysis.sources.reading.source import NOT_DATA, ROW
from analysis.tables.conform import IBIS
from analysis.tables.schema import Table

BITS = 60  # faults to a whole number
FAULTY = "_faulty"  # whether a fault makes the row unusable
ELSEWHERE = "_elsewhere"  # whether it concerns another year


@dataclass(frozen=True)
class Judged:
    """The rows of one table, each with its faults and its fate.

    Attributes:
        mapped: what the mapping made.
        faults: what was looked for; fault ``i`` is a bit of the column ``_faults<i // BITS>``.
        hits: of how many rows each is told.
        rows: Ibis table of the decoded rows with ``FATE``.
        in_order: whether they are known to come in the order of the files.
    """

    mapped: Mapped
    faults: Sequence[Fault]
    hits: Sequence[int]
    rows: Any
    in_order: bool

    @property
    def table(self) -> Table:
        """The declaration of the table."""
        return self.mapped.table

    @property
    def kept(self) -> Any:
        """The rows that are kept, with the declared columns in the declared order.

        They come in the order of the files: where a join of the engine lost it, they are sorted,
        which takes memory that rows in order need not pay.
        """
        columns = [c.name for c in self.table.columns if c.name in self.rows.columns]
        rows = self.rows.filter(self.rows[FATE] == Fate.KEPT.value)
        return (rows if self.in_order else rows.order_by([SOURCE, ROW])).select(columns)

    def guilty(self, at: int) -> Any:
        """Return the rows of which fault ``at`` is told."""
        return self.rows.filter(_told(self.rows, self.faults, at, self.mapped.copies))


def judge(
    con: Any,
    mapped: Mapped,
    faults: Sequence[Fault],
    elsewhere: Callable[[Any], Any] | None,
    path: Path,
) -> Judged:
    """Judge the rows of a table.

    Args:
        con: the connection behind ``mapped.rows``.
        mapped: the rows.
        faults: what to look for.
        elsewhere: from the rows to the boolean that tells those of another year; None for none.
        path: the file for the decoded rows.
    """
    name = f"mapped_{mapped.table.name}"
    con.create_view(name, mapped.rows, overwrite=True)  # so that a value is decoded once
    con.to_parquet(_decoded(con.table(name), mapped, faults, elsewhere), path, compression="lz4")
    rows = con.read_parquet(path, table_name=f"decoded_{mapped.table.name}")
    usable = rows.filter(rows[NOT_DATA].isnull() & ~rows[FAULTY])
    exceptions = replaced(usable, mapped.table)
    judged = _with_fates(con, rows, mapped.table, exceptions)
    in_order = exceptions is None and _in_file_order(path)
    return Judged(mapped, faults, _hits(rows, faults, mapped.copies), judged, in_order)


def _in_file_order(path: Path) -> bool:
    """Tell whether the rows of a file come by source, then by row."""
    origin = pq.read_table(path, columns=[SOURCE, ROW])
    source, row = (np.diff(origin[name].to_numpy()) for name in (SOURCE, ROW))
    return bool(((source > 0) | ((source == 0) & (row >= 0))).all())


def _decoded(
    rows: Any, mapped: Mapped, faults: Sequence[Fault], elsewhere: Callable[[Any], Any] | None
) -> Any:
    """Return the declared columns, where each row came from, and its faults."""
    declared = {
        c.name: rows[c.name].cast(IBIS[c.type])
        for c in mapped.table.columns
        if c.name in rows.columns
    }
    merged = [name for name in rows.columns if name.startswith(MERGED_ROWS)]
    origin = [SOURCE, ROW, NOT_DATA, *merged]
    data = rows[NOT_DATA].isnull()
    words = {}
    for word in range(0, len(faults), BITS):
        broken = [fault.broken(rows) for fault in faults[word : word + BITS]]
        bits = [flag.fill_null(False).cast("int64") * (1 << at) for at, flag in enumerate(broken)]
        # Most rows have no fault: to see that takes half the time of adding up 60 zeros.
        guilty = data & ibis.or_(*broken)
        words[f"_faults{word // BITS}"] = guilty.ifelse(reduce(add, bits), 0).cast("int64")
    marked = rows.select(
        *origin,
        **declared,
        **words,
        **{ELSEWHERE: elsewhere(rows).fill_null(False) if elsewhere else ibis.literal(False)},
    )
    return marked.mutate(**{FAULTY: _unusable(marked, faults)})


def _unusable(rows: Any, faults: Sequence[Fault]) -> Any:
    masks = [0] * (len(faults) // BITS + 1)
    for at, fault in enumerate(faults):
        if fault.severity is Severity.QUARANTINE:
            masks[at // BITS] |= 1 << at % BITS
    found = [(rows[f"_faults{n}"] & mask) != 0 for n, mask in enumerate(masks) if mask]
    return ibis.or_(*found) if found else ibis.literal(False)


def _bit(rows: Any, at: int) -> Any:
    return rows[f"_faults{at // BITS}"] & (1 << at % BITS)


def _told(rows: Any, faults: Sequence[Fault], at: int, copies: Mapping[str, str]) -> Any:
    """Tell the rows that have a fault which is not the mere consequence of an unreadable cell."""
    fault, told = faults[at], _bit(rows, at) != 0
    if fault.unread:
        return told
    about = {copies.get(column, column) for column in fault.columns}
    for other, cause in enumerate(faults):
        if cause.unread and about & set(cause.columns):
            told = told & (_bit(rows, other) == 0)
    return told


def _hits(rows: Any, faults: Sequence[Fault], copies: Mapping[str, str]) -> list[int]:
    """Count the rows of which each fault is told, in one query over those that have any."""
    n = len(faults)
    if not n:
        return []
    words = [rows[f"_faults{word // BITS}"] for word in range(0, n, BITS)]
    guilty = rows.filter(ibis.or_(*(word != 0 for word in words)))
    counted = {f"n{at}": _told(guilty, faults, at, copies).sum() for at in range(n)}
    found = guilty.aggregate(**counted).to_pyarrow().to_pylist()[0]
    return [found[name] or 0 for name in counted]


def _with_fates(con: Any, rows: Any, table: Table, exceptions: Any) -> Any:
    if exceptions is None:
        known = rows.mutate(_replaced=ibis.null("string"))
    else:
        stored = con.create_table(f"replaced_{table.name}", exceptions, temp=True)
        known = rows.left_join(
            stored.rename(_replaced=FATE, _at_source=SOURCE, _at_row=ROW),
            [(SOURCE, "_at_source"), (ROW, "_at_row")],
        )
    fate = ibis.cases(
        (known[NOT_DATA].notnull(), Fate.NOT_DATA.value),
        (known[FAULTY], Fate.FAULTY.value),
        (known["_replaced"].notnull(), known["_replaced"]),
        (_void(known), Fate.VOID.value),
        (known[ELSEWHERE], Fate.ELSEWHERE.value),
        else_=Fate.KEPT.value,
    )
    return known.mutate(**{FATE: fate})


def _void(rows: Any) -> Any:
    if "record_state" not in rows.columns:
        return ibis.literal(False)
    return (rows["record_state"] == "void").fill_null(False)
