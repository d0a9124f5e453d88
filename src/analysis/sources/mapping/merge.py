"""Merging (合并): one row per application from one row per location, or from one row per event."""

from collections.abc import Iterable
from typing import Any

import ibis

from analysis.sources.mapping.declared import Pick, TableMapping
from analysis.sources.mapping.mapped import FLAG, MERGED_ROWS, NOT_DATA, SOURCE, flag, rows_from
from analysis.sources.reading.source import ROW

ORDER = "_order"
PER_SOURCE = 1 << 40  # more rows than one file has


def merge(
    rows: Any, table: TableMapping, picks: dict[str, Pick], accounts: bool, sources: Iterable[int]
) -> Any:
    """Return one row for each value of the columns ``one_per``.

    Rows that are not data, or that lack one of these columns, stay as they are where the table
    accounts for its rows; else they are left out, since another table tells of them.

    Args:
        rows: decoded rows with their flags.
        table: how the table is made.
        picks: what a merged row takes, by column.
        accounts: whether each source row is to be found in this table.
        sources: positions of the sources that the rows come from.
    """
    keys = list(table.one_per)
    order = rows[SOURCE] * PER_SOURCE + rows[ROW]
    complete = ibis.and_(*(rows[key].notnull() for key in keys)) & rows[NOT_DATA].isnull()
    if not accounts:
        rows, alone = rows.filter(complete), {}
    else:
        alone = {"_alone": complete.ifelse(ibis.null("int64"), order)}
    rows = rows.mutate(**{ORDER: order}, **alone)
    made: dict[str, Any] = {
        ORDER: rows[ORDER].min(),
        NOT_DATA: rows[NOT_DATA].min(),
        MERGED_ROWS: rows.count(),
        **{rows_from(source): (rows[SOURCE] == source).sum() for source in sources},
    }
    for name, pick in picks.items():
        if name in keys:
            continue
        made[name] = _picked(rows, name, pick)
        if pick is Pick.ONLY:
            made[flag("contradiction", name)] = rows[name].min() != rows[name].max()
    for name in [n for n in rows.columns if n.startswith(FLAG)]:
        made[name] = rows[name].any()
    merged = rows.group_by([*keys, *alone]).aggregate(**made)
    return merged.mutate(
        **{SOURCE: merged[ORDER] // PER_SOURCE, ROW: merged[ORDER] % PER_SOURCE}
    ).drop(ORDER)


def _picked(rows: Any, name: str, pick: Pick) -> Any:
    value = rows[name]
    match pick:
        case Pick.EARLIEST | Pick.ONLY:
            return value.min()
        case Pick.LATEST:
            return value.max()
        case Pick.FIRST:
            return value.argmin(rows[ORDER], where=value.notnull())
        case Pick.LAST:
            return value.argmax(rows[ORDER], where=value.notnull())
        case Pick.COUNT:
            return value.sum().fill_null(0)
