"""Versions (版本): which of several rows with one key holds, where keys repeat at all."""

from typing import Any

import ibis

from analysis.sources.importing.fates import FATE, Fate
from analysis.sources.mapping.mapped import SOURCE
from analysis.sources.reading.source import ROW
from analysis.tables.schema import Table

ORDER = ("data_version", "loaded_at")  # the later is the newer; unknown is oldest


def replaced(rows: Any, table: Table) -> Any:
    """Return the rows that another row of the same key replaces or contradicts.

    The latest version of a key holds: the highest ``data_version``, then the last ``loaded_at``. Of
    equal versions that say the same the first row holds; if they differ, none does.

    Args:
        rows: Ibis table of usable rows.
        table: their declaration.

    Returns:
        Ibis table of ``SOURCE``, ``ROW`` and ``FATE``; None where no key repeats.
    """
    key = [name for name in table.key if name in rows.columns]
    whole = ibis.struct({name: rows[name] for name in key}) if len(key) > 1 else rows[key[0]]
    counted = rows.aggregate(rows=rows.count(), keys=whole.nunique()).to_pyarrow().to_pylist()[0]
    if counted["rows"] == counted["keys"]:
        return None
    repeated = rows.group_by(key).having(rows.count() > 1).agg()
    return _judged(rows.semi_join(repeated, key), key, table)


def _judged(rows: Any, key: list[str], table: Table) -> Any:
    newest = [rows[name].desc(nulls_first=False) for name in ORDER if name in rows.columns]
    content = [c.name for c in table.columns if c.name in rows.columns]
    said = ibis.struct(
        {n: rows[n] for n in content if n not in (*key, *ORDER)} or {"": ibis.null()}
    )
    by_version = ibis.window(group_by=key, order_by=newest)
    in_file = ibis.window(group_by=key, order_by=[*newest, rows[SOURCE], rows[ROW]])
    ranked = rows.select(
        *key,
        SOURCE,
        ROW,
        _content=said.hash(),
        _newest=ibis.rank().over(by_version) == 0 if newest else ibis.literal(True),
        _first=ibis.row_number().over(in_file) == 0,
    )
    of_newest = ranked["_newest"].ifelse(ranked["_content"], ibis.null())
    together = ibis.window(group_by=key)
    ranked = ranked.mutate(_differ=of_newest.min().over(together) != of_newest.max().over(together))
    fate = ibis.cases(
        (~ranked["_newest"], Fate.SUPERSEDED.value),
        (ranked["_differ"], Fate.CONFLICT.value),
        (~ranked["_first"], Fate.SUPERSEDED.value),
    )
    judged = ranked.select(SOURCE, ROW, **{FATE: fate})
    return judged.filter(judged[FATE].notnull())
