"""The system (数与数的关系): all numbers of some tables, each once, and how they add up."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from analysis.errors import XukeError
from analysis.report.disclosure.rules import (
    CARRIED,
    MEASURE,
    YEAR,
    Coordinates,
    Exemption,
    Sum,
    threshold,
)
from analysis.report.disclosure.tables import Table, sources
from analysis.statistics.breakdowns import TOTAL


class Place(NamedTuple):
    """Where a number stands."""

    table: str
    row: str
    column: str


@dataclass
class Cell:
    """One number: what it is, and everything that decides whether it may be shown.

    Attributes:
        value: the count.
        k: counts from 1 to k − 1 are not published.
        place: where it was met first.
        printed: whether a reader sees it, or something worked out from it.
        total: whether it is the sum of others.
        exemption: what makes it public whatever its size.
    """

    value: int
    k: int
    place: Place
    printed: bool = False
    total: bool = False
    exemption: Exemption | None = None

    @property
    def small(self) -> bool:
        """Whether it is too small to be published."""
        return 0 < self.value < self.k


@dataclass
class System:
    """All cells by their coordinates, and the relations: coefficients of cells that sum to 0."""

    cells: dict[Coordinates, Cell] = field(default_factory=dict)
    relations: dict[frozenset[tuple[Coordinates, int]], None] = field(default_factory=dict)

    def relation_matrix(self) -> csr_array:
        """Return the relations as a matrix of coefficients: one row each, one column per cell."""
        at = {coordinates: n for n, coordinates in enumerate(self.cells)}
        entries = [
            (row, at[coordinates], coefficient)
            for row, relation in enumerate(self.relations)
            for coordinates, coefficient in sorted(relation, key=lambda each: at[each[0]])
        ]
        rows, columns, coefficients = np.array(entries, dtype=np.int64).reshape(-1, 3).T
        shape = (len(self.relations), len(self.cells))
        return csr_array((coefficients, (rows, columns)), shape=shape)

    def add(self, coordinates: Coordinates, value: int, k: int, place: Place) -> Cell:
        """Add a number, or return the one that is there.

        Raises:
            XukeError: it is there with another value, or below 0 where it was worked out.
        """
        if value < 0:
            raise XukeError(
                f"表“{place.table}”中 {place.row} 的“{place.column}”推算为 {value},小于 0:请核对后再公开。"
            )
        cell = self.cells.setdefault(coordinates, Cell(value, k, place))
        if cell.value != value:
            raise XukeError(
                f"表“{place.table}”中 {place.row or TOTAL} 的“{place.column}”是 {value},"
                f"与表“{cell.place.table}”不符或不等于各分项之和({cell.value}):请核对后再公开。"
            )
        cell.k = max(cell.k, k)
        return cell

    def relate(self, total: Coordinates, parts: dict[Coordinates, int]) -> None:
        """Add a relation: the total is the sum of its parts, each with its sign."""
        self.cells[total].total = True
        negated = {part: -sign for part, sign in parts.items()}
        self.relations[frozenset({total: 1, **negated}.items())] = None


def build(tables: Sequence[Table], sums: Sequence[Sum], exemptions: Sequence[Exemption]) -> System:
    """Return the system of all tables.

    Raises:
        XukeError: numbers contradict each other: one number with two values, a sum that is not
            that of its parts, or a share of more than the whole.
    """
    system = System()
    for table in tables:
        needed = {source for each in table.derived for source in sources(each)}
        for coordinates, row, column, value in table.cells():
            place = Place(table.name, row, column)
            cell = system.add(coordinates, value, threshold(coordinates, table.about), place)
            # A count that is not printed can be worked out from what is printed of it: it is
            # taken to be known exactly as long as that is shown.
            cell.printed |= column not in table.unprinted or column in needed
    for table in tables:
        _add_totals(system, table)
        _add_complements(system, table)
    for each in sums:
        _add_sum(system, each)
    _carry_over(system)
    for coordinates, cell in system.cells.items():
        cell.exemption = next((each for each in exemptions if each.covers(coordinates)), None)
    return system


def _add_totals(system: System, table: Table) -> None:
    """Relate the labels of each dimension that adds up to their total, printed or not."""
    for dimension in table.wholes:
        parts: dict[Coordinates, list[tuple[Coordinates, int]]] = defaultdict(list)
        places = {}
        for coordinates, row, column, value in table.cells():
            total = frozenset(each for each in coordinates if each[0] != dimension)
            if total != coordinates:
                parts[total].append((coordinates, value))
                where = (TOTAL, column) if dimension == table.rows else (row, TOTAL)
                places[total] = Place(table.name, *where)
        for total, cells in parts.items():
            value = sum(value for _, value in cells)
            system.add(total, value, threshold(total, table.about), places[total])
            system.relate(total, {coordinates: 1 for coordinates, _ in cells})


def _add_complements(system: System, table: Table) -> None:
    """Add the cases of a whole that are not in its part (其余): they are people, too."""
    for part, whole in table.subsets:
        for row in map(str, table.frame.index):
            inside, all_ = table.coordinates(row, part), table.coordinates(row, whole)
            cells = system.cells[inside], system.cells[all_]
            rest = cells[1].value - cells[0].value
            if rest < 0:
                raise XukeError(
                    f"表“{table.name}”中 {row} 的“{part}”多于“{whole}”,不是其中的一部分:"
                    "请核对,或改正表的说明(不是部分占全体的比率用 Computed)。"
                )
            label = ("除去", "、".join(sorted(f"{name}={each}" for name, each in inside)))
            outside = all_ | {label}
            place = Place(table.name, row, f"{whole}中{part}以外的")
            system.add(outside, rest, max(cell.k for cell in cells), place)
            system.relate(all_, {inside: 1, outside: 1})


def _add_sum(system: System, identity: Sum) -> None:
    """Relate the numbers of an identity wherever all of them are there, or all but one.

    The one that is not there can be worked out, so it is added.
    """
    signs = dict.fromkeys(identity.plus, 1) | dict.fromkeys(identity.minus, -1)
    labels = {identity.total: -1, **signs}
    for context in _contexts(system, identity.dimension, set(labels)):
        there = {label: context | {(identity.dimension, label)} for label in labels}
        lacking = [label for label in labels if there[label] not in system.cells]
        if len(lacking) > 1:
            continue
        known = {label: system.cells[there[label]] for label in labels if label not in lacking}
        rest = sum(labels[label] * cell.value for label, cell in known.items())
        for label in lacking or [identity.total]:
            value = (rest if lacking else rest + known[label].value) * -labels[label]
            met = next(iter(known.values())).place
            place = Place(met.table, met.row, label)
            system.add(there[label], value, max(cell.k for cell in known.values()), place)
        system.relate(there[identity.total], {there[label]: sign for label, sign in signs.items()})


def _carry_over(system: System) -> None:
    """Relate the stock that a year opens with to the one that the year before closed with.

    Where they differ, cases were lost between two exports, and nobody can rely on it.
    """
    for coordinates, cell in list(system.cells.items()):
        labels = dict(coordinates)
        closing, year = CARRIED.get(labels.get(MEASURE, "")), labels.get(YEAR, "")
        if closing is None or not year.isdecimal():
            continue
        labels |= {MEASURE: closing, YEAR: str(int(year) - 1)}
        before = frozenset(labels.items())
        there = system.cells.get(before)
        if there is not None and there.value == cell.value:
            cell.k = there.k = max(cell.k, there.k)
            system.relations[frozenset({(coordinates, 1), (before, -1)})] = None


def _contexts(system: System, dimension: str, labels: set[str]) -> Iterator[Coordinates]:
    """Return what else tells apart the numbers with one of these labels, each once."""
    seen = {
        coordinates - {(dimension, label)}: None
        for coordinates in system.cells
        for label in labels
        if (dimension, label) in coordinates
    }
    yield from seen
