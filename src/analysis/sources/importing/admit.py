"""Admitting (放行): the sources of an import, through the door, onto the disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.sources.importing.account import named
from analysis.sources.importing.asked import answers
from analysis.sources.importing.door import Door
from analysis.sources.importing.keys import Keys
from analysis.sources.mapping.matched import Matched
from analysis.sources.mapping.words import EMPTY
from analysis.sources.reading import stage
from analysis.sources.reading.source import Staged
from analysis.tables.schema import Type

Say = Callable[[str], None]


def admit(matched: Matched, work: Path, keys: Keys, say: Say, tick: Say) -> list[Staged]:
    """Stage every source; only wanted columns leave the reader, and nothing personal is written.

    Raises:
        XukeError: a file cannot be read, or a column to be kept holds what looks personal.
    """
    staged = []
    for at in range(len(matched.sources)):
        door = _door(matched, at, keys)
        staged.append(_stage(matched, at, door, work / f"source{at}.parquet", tick))
        door.require_nothing_withheld(f"“{named(staged[at])}”")
        say(f"读完 {named(staged[at])}:{staged[at].n:,} 行")
    return staged


def _door(matched: Matched, at: int, keys: Keys) -> Door:
    headings = matched.sources[at].headings
    texts = {
        position: headings[position]
        for position, uses in matched.uses(at).items()
        if any(table[column].type is Type.STR for table, column in uses)
    }
    asked = answers(matched, at, (*EMPTY, *matched.mapping.empty))
    return Door(keys, identities=matched.identities(at), texts=texts, asked=asked)


def _stage(matched: Matched, at: int, door: Door, path: Path, tick: Say) -> Staged:
    source = matched.sources[at]

    def let_in(batch: Any) -> Any:
        tick(f"读取 {source.file}:{door.rows:,} 行")
        return door(batch)

    return stage(source, matched.wanted(at), let_in, path)
