"""Judging (判定): every row of a table gets its faults and its fate.

The decoded rows are written once, beside them their faults as bits and what tells them apart;
everything after looks at these marks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from analysis.sources.importing.bits import FAULTY, hits, told, unusable, words
from analysis.sources.importing.decoded import AT, Decoded
from analysis.sources.importing.draft import Draft
from analysis.sources.importing.fates import FATE, Fate
from analysis.sources.importing.fault import Fault
from analysis.sources.importing.versions import replaced
from analysis.sources.mapping.mapped import MERGED_ROWS, SOURCE, VERSION, Mapped, Severity
from analysis.sources.reading.source import NOT_DATA, ROW
from analysis.tables.conform import IBIS
from analysis.tables.schema import Table

VOID = ("record_state",)
ELSEWHERE = "_elsewhere"  # whether it concerns another year


@dataclass(frozen=True)
class Judged:
    """The rows of one table, each with its faults and its fate.

    Attributes:
        mapped: what the mapping made.
        faults: what was looked for; fault ``i`` is a bit of the column ``_faults<i // BITS>``, see ``bits``.
        hits: of how many rows each is told.
        rows: Ibis table of the marks of each row, with its ``FATE``.
        kept: Ibis table of the rows that are kept, in the order of the files.
        n: how many are kept.
    """

    mapped: Mapped
    faults: Sequence[Fault]
    hits: Sequence[int]
    rows: Any
    kept: Any
    n: int

    @property
    def table(self) -> Table:
        """The declaration of the table."""
        return self.mapped.table

    @property
    def kept_out(self) -> list[dict[str, Any]]:
        """Rules that keep rows out, and of how many rows that concern the year: ``rule``, ``said``, ``rows``.

        A row with a cell that nobody can read may be of any year: it is counted.
        """
        out = [
            (fault.id, fault.said, self.guilty(at), fault.unread)
            for at, fault in enumerate(self.faults)
            if self.hits[at] and fault.severity is Severity.QUARANTINE
        ]
        conflict = self.rows.filter(self.rows[FATE] == Fate.CONFLICT.value)
        out.append(("same_version", "版本相同,内容却不同", conflict, False))
        found = []
        for rule, said, rows, of_any_year in out:
            concerned = rows if of_any_year else rows.filter(~rows[ELSEWHERE])
            if n := int(concerned.count().to_pyarrow().as_py()):
                found.append({"rule": rule, "said": said, "rows": n})
        return found

    def guilty(self, at: int) -> Any:
        """Return the rows of which fault ``at`` is told."""
        return self.rows.filter(told(self.rows, self.faults, at, self.mapped.copies))


def judge(
    con: Any,
    mapped: Mapped,
    faults: Sequence[Fault],
    elsewhere: Callable[[Any], Any] | None,
    draft: Draft,
) -> Judged:
    """Judge the rows of a table, and write those that are kept.

    Args:
        con: the connection behind ``mapped.rows``.
        mapped: the rows.
        faults: what to look for.
        elsewhere: from the rows to the boolean that tells those of another year; None for none.
        draft: of the year.
    """
    table = mapped.table
    # Behind a view a value is decoded once, however often it is judged.
    once = con.create_view(f"mapped_{table.name}", mapped.rows, overwrite=True)
    found = _decoded(once, mapped, faults, elsewhere)
    declared = [c.name for c in table.columns if c.name in mapped.rows.columns]
    apart = [name for name in (*table.key, *VERSION, *VOID) if name in declared]
    technical = [name for name in found.columns if name not in declared]
    written = Decoded(*(draft.work / f"{table.name}-{part}.parquet" for part in ("rows", "marks")))
    written.write(con, found, declared, [*technical, *apart], sort=mapped.merged)
    marks = con.read_parquet(written.marks, table_name=f"marks_{table.name}")
    usable = marks.filter(marks[NOT_DATA].isnull() & ~marks[FAULTY])
    rows = _with_fates(con, marks, table, replaced(con, usable, written.rows, table))
    kept = rows.filter(rows[FATE] == Fate.KEPT.value)[AT].to_pyarrow().to_numpy()
    written.keep(kept, draft.path(table.name))
    year = con.read_parquet(draft.path(table.name), table_name=f"year_{table.name}")
    return Judged(mapped, faults, hits(marks, faults, mapped.copies), rows, year, len(kept))


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
    # The engine keeps a constant in as few bytes as it needs.
    places = {name: rows[name].cast("int64") for name in (SOURCE, ROW)}
    origin = [NOT_DATA, *merged]
    marked = rows.select(
        *origin,
        **places,
        **declared,
        **words(rows, faults),
        **{ELSEWHERE: elsewhere(rows).fill_null(False) if elsewhere else ibis.literal(False)},
    )
    return marked.mutate(**{FAULTY: unusable(marked, faults)})


def _with_fates(con: Any, rows: Any, table: Table, exceptions: Any) -> Any:
    if exceptions is None:
        known = rows.mutate(_replaced=ibis.null("string"))
    else:
        stored = con.create_table(f"replaced_{table.name}", exceptions, temp=True)
        known = rows.left_join(
            stored.rename(_replaced=FATE, _replaced_at=AT), [(AT, "_replaced_at")]
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
    if not set(VOID) <= set(rows.columns):
        return ibis.literal(False)
    return ibis.or_(*(rows[name] == "void" for name in VOID)).fill_null(False)
