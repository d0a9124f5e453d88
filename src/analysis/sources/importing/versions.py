"""Versions (版本): which of several rows with one key holds, where keys repeat at all."""

from pathlib import Path
from typing import Any

import ibis

from analysis.sources.importing.decoded import AT
from analysis.sources.importing.fates import FATE, Fate
from analysis.sources.mapping.engine import md5
from analysis.sources.mapping.mapped import VERSION
from analysis.tables.schema import Table

FILE_ROW = "file_row_number"  # as the engine calls it


def replaced(con: Any, rows: Any, contents: Path, table: Table) -> Any:
    """Return the rows that another row of the same key replaces or contradicts.

    The latest version of a key holds: the highest ``data_version``, then the last ``loaded_at``. Of
    equal versions that say the same the first row holds; if they differ, none does.

    Args:
        con: the connection behind the rows.
        rows: Ibis table of the marks of usable rows.
        contents: the file of their declared columns.
        table: their declaration.

    Returns:
        Ibis table of ``AT`` and ``FATE``; None where no key repeats.
    """
    key = [name for name in table.key if name in rows.columns]
    whole = ibis.struct({name: rows[name] for name in key}) if len(key) > 1 else rows[key[0]]
    counted = rows.aggregate(rows=rows.count(), keys=whole.nunique()).to_pyarrow().to_pylist()[0]
    if counted["rows"] == counted["keys"]:
        return None
    repeated = rows.group_by(key).having(rows.count() > 1).agg()
    doubtful = rows.semi_join(repeated, key).select(AT, *key, *_order(rows))
    said = _said(con, contents, key)
    return _judged(doubtful.join(said, AT), key)


def _order(rows: Any) -> list[str]:
    return [name for name in VERSION if name in rows.columns]


def _said(con: Any, contents: Path, key: list[str]) -> Any:
    """Return a digest of what each row says besides its key and version.

    A cryptographic one: the engine's own hash is the same for many texts that differ in two letters.
    """
    rows = con.read_parquet(contents, file_row_number=True)
    content = [n for n in rows.columns if n not in (*key, *VERSION, FILE_ROW)]
    said = ibis.struct({name: rows[name] for name in content} or {"": ibis.null("string")})
    return rows.select(**{AT: rows[FILE_ROW], "_said": md5(said.cast("json").cast("string"))})


def _judged(rows: Any, key: list[str]) -> Any:
    newest = [rows[name].desc(nulls_first=False) for name in _order(rows)]
    by_version = ibis.window(group_by=key, order_by=newest)
    in_file = ibis.window(group_by=key, order_by=[*newest, rows[AT]])
    ranked = rows.mutate(
        _newest=ibis.rank().over(by_version) == 0 if newest else ibis.literal(True),
        _first=ibis.row_number().over(in_file) == 0,
    )
    of_newest = ranked["_newest"].ifelse(ranked["_said"], ibis.null())
    together = ibis.window(group_by=key)
    ranked = ranked.mutate(_differ=of_newest.min().over(together) != of_newest.max().over(together))
    fate = ibis.cases(
        (~ranked["_newest"], Fate.SUPERSEDED.value),
        (ranked["_differ"], Fate.CONFLICT.value),
        (~ranked["_first"], Fate.SUPERSEDED.value),
    )
    judged = ranked.select(AT, **{FATE: fate})
    return judged.filter(judged[FATE].notnull())
