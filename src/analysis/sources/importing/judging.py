"""The order of judging (判定的次序): catalogue, then cases, then what hangs on them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from analysis.sources.importing.belongs import elsewhere
from analysis.sources.importing.draft import Draft
from analysis.sources.importing.faults import faults
from analysis.sources.importing.judge import Judged, judge
from analysis.sources.mapping.engine import found_in
from analysis.sources.mapping.mapped import Mapped
from analysis.tables import TABLES


def judge_all(
    con: Any, mapped: Sequence[Mapped], draft: Draft, stays: Sequence[str], exported: date
) -> list[Judged]:
    """Judge each table that was mapped.

    Args:
        con: the connection behind the rows.
        mapped: the tables.
        draft: of the year; its number is the year's.
        stays: the tables of the year that is there which the new one takes over.
        exported: day of the export.
    """
    by_name = {one.table.name: one for one in mapped}
    done: dict[str, Judged] = {}

    def known(name: str) -> Any:
        """Return the rows that the new year has of a table; None where it has none."""
        if name in done:
            return done[name].kept
        return con.read_parquet(draft.files(name)) if name in stays else None

    for name in (table for table in TABLES if table in by_name):
        one = by_name[name]
        catalogue = known("items")
        catalogued = None if catalogue is None else found_in(con, catalogue["item_code"])
        looked_for = faults(one, exported, catalogued, known("cases"))
        other_year = elsewhere(one, draft.number, known("cases"))
        done[name] = judge(con, one, looked_for, other_year, draft)
    return list(done.values())
