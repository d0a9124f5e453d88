"""Matching (表头对应): which source feeds which table, and which heading is which column."""

from collections.abc import Sequence
from typing import Protocol

from analysis.errors import XukeError
from analysis.sources.mapping.checked import nearest
from analysis.sources.mapping.declared import Headings, Mapping, TableMapping
from analysis.sources.mapping.feed import Feed, references
from analysis.sources.mapping.matched import Matched, Proposal
from analysis.sources.mapping.near import near, plain


class Sheet(Protocol):
    """What matching must know of a source; ``reading.source.Source`` has it."""

    file: str
    sheet: str
    headings: tuple[str, ...]


def match(
    mapping: Mapping, sources: Sequence[Sheet], table: str | None = None, accept: bool = False
) -> Matched:
    """Find the table of each source and the column of each heading.

    A heading is taken if it is one of the names that the mapping gives, whatever its case, width
    and spaces; a near one is only proposed.

    Args:
        mapping: the mapping.
        sources: what was opened.
        table: the table that every source is, where the user says so.
        accept: whether near headings are accepted as proposed.

    Raises:
        XukeError: no table of the mapping fits a source.
    """
    if table is not None and table not in mapping.tables:
        raise XukeError(f"对照“{mapping.term}”里没有表 {table}:{nearest(table, mapping.tables)}")
    feeds: list[Feed] = []
    proposals: list[Proposal] = []
    for position, source in enumerate(sources):
        chosen, near_ones = _feeds(mapping, position, source, table)
        if accept:
            chosen = [feed.with_cells(near_ones) for feed in chosen]
        feeds += chosen
        proposals += near_ones
    return Matched(mapping, tuple(sources), tuple(feeds), tuple(proposals), accept)


def _feeds(
    mapping: Mapping, position: int, source: Sheet, table: str | None
) -> tuple[list[Feed], list[Proposal]]:
    """Return the tables that a source feeds: one of its own, and those made of the same rows."""
    own = [
        t for t in mapping.tables.values() if (t.table.name == table if table else not t.rows_of)
    ]
    exact = [_exact(mapping, one, position, source) for one in own]
    likely = [(feed, _proposals(feed, source, mapping.ignore)) for feed in exact]
    fitting = [(f, p) for f, p in likely if _fits(f.with_cells(p))] if not table else likely
    if not fitting:
        raise XukeError(_nothing_fits(mapping, source, exact))
    feed, near_ones = max(fitting, key=lambda pair: (len(pair[0].columns), _share(pair[0])))
    others = [
        _exact(mapping, t, position, source)
        for t in mapping.tables.values()
        if t.rows_of == feed.table.table.name
    ]
    return [feed, *(o for o in others if _fits(o.with_cells(near_ones)))], near_ones


def _exact(mapping: Mapping, table: TableMapping, position: int, source: Sheet) -> Feed:
    there = {plain(heading): at for at, heading in reversed([*enumerate(source.headings)])}
    cells = {
        reference: next(there[plain(name)] for name in reference if plain(name) in there)
        for reference in references(table)
        if any(plain(name) in there for name in reference)
    }
    return Feed(position, table, cells)


def _proposals(feed: Feed, source: Sheet, ignore: tuple[str, ...]) -> list[Proposal]:
    lacking: list[Headings] = [r for r in references(feed.table) if r not in feed.cells]
    used, never = set(feed.cells.values()), set(map(plain, ignore))
    free = {
        at: heading
        for at, heading in enumerate(source.headings)
        if at not in used and plain(heading) not in never
    }
    return [
        Proposal(feed.source, free[n.position], n.reference, n.position, n.likeness)
        for n in near(lacking, free)
    ]


def _fits(feed: Feed) -> bool:
    return set(feed.table.needs) <= feed.columns


def _share(feed: Feed) -> float:
    return len(feed.columns) / len(feed.table.columns)


def _nothing_fits(mapping: Mapping, source: Sheet, feeds: list[Feed]) -> str:
    best = max(feeds, key=lambda feed: len(feed.columns & set(feed.table.needs)))
    declared = best.table.table
    lacking = [c for c in best.table.needs if c not in best.columns]
    wanted = "、".join(f"{declared[c].term}({_names(best.table, c)})" for c in lacking)
    title = f"{source.file} {source.sheet}".strip()
    return (
        f"“{title}”的表头与对照“{mapping.term}”里的哪张表都对不上;最接近的是{declared.term}表,"
        f"但缺少:{wanted}。请检查文件、表头所在行或换一个对照(--preset、--mapping、--table)。"
    )


def _names(table: TableMapping, column: str) -> str:
    reading = table.columns[column][0]
    return "+".join("/".join(reference) for reference in reading.references) or column
