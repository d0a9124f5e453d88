"""A feed (供数): one source that fills one table, and which columns it can fill."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from analysis.sources.mapping.declared import Condition, Derive, Headings, Reading, TableMapping

DERIVED_FROM = {Derive.SEQUENCE: ("case_id", "start_at"), Derive.EVENT_ID: ("case_id", "seq")}


class Place(Protocol):
    """Where the cells of a reference are."""

    @property
    def reference(self) -> Headings:
        """Names of the declared heading."""

    @property
    def position(self) -> int:
        """Position of the heading in its source."""


def condition_heading(condition: Condition, table: TableMapping) -> Headings | None:
    """Return the heading that a condition asks about; None where it is a canonical column.

    Another name of a heading that some column reads is that heading.
    """
    if condition.field in table.columns:
        return None
    for readings in table.columns.values():
        for reading in readings:
            for reference in reading.references:
                if condition.field in reference:
                    return reference
    return (condition.field,)


def cells_of(reading: Reading, table: TableMapping) -> list[Headings]:
    """Return every heading that a reading needs, for its text and for its conditions."""
    asked = [condition_heading(condition, table) for condition in reading.when]
    return [*reading.references, *(heading for heading in asked if heading)]


def columns_of(reading: Reading, table: TableMapping) -> list[str]:
    """Return the canonical columns that a reading needs."""
    asked = [c.field for c in reading.when if condition_heading(c, table) is None]
    derived = DERIVED_FROM[reading.derive] if reading.derive else ()
    return [*asked, *derived, *([reading.copy] if reading.copy else [])]


def references(table: TableMapping) -> list[Headings]:
    """Return every heading that a table's readings need, each once, in order."""
    return list(
        dict.fromkeys(
            cell
            for readings in table.columns.values()
            for reading in readings
            for cell in cells_of(reading, table)
        )
    )


@dataclass(frozen=True)
class Feed:
    """One source that fills one table.

    Attributes:
        source: position of the source.
        table: how the table is made.
        cells: position of the cells by reference.
    """

    source: int
    table: TableMapping
    cells: dict[Headings, int]

    def with_cells(self, more: Iterable[Place]) -> "Feed":
        """Return the feed with more headings found."""
        wanted = set(references(self.table))
        added = {one.reference: one.position for one in more if one.reference in wanted}
        return replace(self, cells={**added, **self.cells})

    @cached_property
    def columns(self) -> set[str]:
        """The canonical columns that it fills."""
        found: set[str] = set()
        while True:
            more = {
                name
                for name, readings in self.table.columns.items()
                if name not in found and any(self._usable(one, found) for one in readings)
            }
            if not more:
                return found
            found |= more

    def usable(self, reading: Reading) -> bool:
        """Tell whether the source has all that a reading needs."""
        return self._usable(reading, self.columns)

    def _usable(self, reading: Reading, found: set[str]) -> bool:
        return all(cell in self.cells for cell in cells_of(reading, self.table)) and found >= set(
            columns_of(reading, self.table)
        )
