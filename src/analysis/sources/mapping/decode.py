"""Decoding (译码): from staged cells of text to the columns of the declared tables."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import ibis

from analysis.sources.mapping.columnwise import Columns
from analysis.sources.mapping.declared import Headings, TableMapping
from analysis.sources.mapping.engine import among, stripped, strlen
from analysis.sources.mapping.feed import Feed, references
from analysis.sources.mapping.known import check_codes
from analysis.sources.mapping.mapped import FLAG, MERGED_ROWS, NOT_DATA, SOURCE, Mapped
from analysis.sources.mapping.matched import Matched
from analysis.sources.mapping.merge import merge
from analysis.sources.mapping.notdata import not_data
from analysis.sources.mapping.rules import contradiction, rules
from analysis.sources.mapping.words import EMPTY
from analysis.sources.reading.source import ROW, Staged, cell
from analysis.tables.conform import IBIS


def decode(matched: Matched, staged: Sequence[Staged], connection: Any) -> list[Mapped]:
    """Return the tables that the sources fill.

    Args:
        matched: settled.
        staged: the sources after the door, in the order in which they were matched.
        connection: Ibis connection to DuckDB.

    Raises:
        XukeError: codes whose system the mapping does not declare.
    """
    return [_table(matched, feeds, staged, connection) for feeds in matched.tables.values()]


def _table(
    matched: Matched, feeds: list[Feed], staged: Sequence[Staged], connection: Any
) -> Mapped:
    table, mapping = feeds[0].table, matched.mapping
    named = {reference: f"h{n}" for n, reference in enumerate(references(table))}
    rows = reduce(
        lambda above, below: above.union(below),
        [_cells(matched, feed, staged[feed.source], named, connection) for feed in feeds],
    )
    accounts = not table.rows_of
    if not accounts:
        rows = rows.filter(rows[NOT_DATA].isnull())
    columns = Columns(mapping, table, feeds, named, connection)
    said = check_codes(columns, rows)
    decoded = columns.early(rows)
    if table.one_per:
        sources = [feed.source for feed in feeds]
        decoded = merge(decoded, table, columns.carried_early, accounts, sources)
    decoded = columns.late(decoded)
    return Mapped(
        table=table.table,
        rows=_declared(decoded, table, columns),
        rules=(*rules(columns, said), *(contradiction(table, c) for c in columns.agreeing)),
        headings=tuple(_headings(matched, feeds, n) for n in range(len(matched.sources))),
        copies=columns.copies,
        absent=matched.absent(table.table.name),
        merged=bool(table.one_per),
        accounts=accounts,
        notes=_notes(matched, feeds),
    )


def _cells(
    matched: Matched, feed: Feed, staged: Staged, named: dict[Headings, str], connection: Any
) -> Any:
    """Return the cells of one source under the names that all sources share, empty ones null."""
    rows = connection.read_parquet(str(staged.rows))
    empty = (*EMPTY, *matched.mapping.empty)
    longest = max(len(word.encode()) for word in empty)
    cells = {}
    for reference, name in named.items():
        if reference in feed.cells:
            text = stripped(rows[cell(feed.cells[reference])].cast("string"))
            cells[name] = ibis.cases(
                (strlen(text) > longest, text),
                (among(text, empty), ibis.null("string")),
                else_=text,
            )
        else:
            cells[name] = ibis.null("string")
    return rows.select(
        ibis.literal(feed.source, "int64").name(SOURCE),
        rows[ROW].cast("int64"),
        not_data(rows, feed).name(NOT_DATA),
        **cells,
    )


def _declared(rows: Any, table: TableMapping, columns: Columns) -> Any:
    """Return the canonical columns in their declared order and types, then the flags of rules."""
    made = {SOURCE: rows[SOURCE], ROW: rows[ROW], NOT_DATA: rows[NOT_DATA]}
    made |= {name: rows[name] for name in rows.columns if name.startswith(MERGED_ROWS)}
    for column in table.table.columns:
        if column.name in columns.carried:
            made[column.name] = rows[column.name].cast(IBIS[column.type])
    flags = {name: rows[name] for name in rows.columns if name.startswith(FLAG)}
    return rows.select(**made, **flags)


def _headings(matched: Matched, feeds: list[Feed], source: int) -> dict[str, str]:
    headings = matched.sources[source].headings
    return {
        name: headings[feed.cells[reference]]
        for feed in feeds
        if feed.source == source
        for name, readings in feed.table.columns.items()
        for reading in reversed([*filter(feed.usable, readings)])
        for reference in reading.references[:1]
    }


def _notes(matched: Matched, feeds: list[Feed]) -> tuple[str, ...]:
    found = []
    for feed in feeds if not feeds[0].table.one_per else ():  # else they complete each other
        others = set().union(*(f.columns for f in feeds)) - feed.columns
        if others:
            terms = "、".join(feed.table.table[name].term for name in sorted(others))
            found.append(f"“{matched.sources[feed.source].file}”没有这些列,记为空:{terms}")
    return tuple(found)
