"""The columns of one table as expressions (逐列译码), in layers that each look at the one before."""

from functools import cached_property
from typing import Any

import ibis
from ibis.util import gen_name

from analysis.sources.mapping import expressions
from analysis.sources.mapping.declared import (
    Derive,
    Headings,
    Mapping,
    Pick,
    Read,
    Reading,
    TableMapping,
)
from analysis.sources.mapping.engine import narrow, regexp_full_match
from analysis.sources.mapping.feed import Feed, cells_of, columns_of, condition_heading
from analysis.sources.mapping.mapped import SOURCE, flag
from analysis.sources.mapping.values import Decoded
from analysis.sources.reading.source import ROW
from analysis.tables.conform import IBIS
from analysis.tables.schema import Type

NUMBERS = ("_id", "_code")
DAMAGED = r"\d(\.\d+)?[Ee]\+\d{1,3}"  # 4.40114E+17
FILLED = "_filled_"


class Columns:
    """The columns that the sources of one table fill.

    Attributes:
        mapping: the mapping.
        table: how the table is made.
        carried: readings that can be used, by column; only columns that have any.
    """

    def __init__(
        self,
        mapping: Mapping,
        table: TableMapping,
        feeds: list[Feed],
        named: dict[Headings, str],
        connection: Any,
    ) -> None:
        """Keep what is needed; ``named`` has the column of the cells for each reference."""
        self.mapping, self.table = mapping, table
        self._named, self._connection = named, connection
        usable = {
            name: tuple(one for one in readings if any(feed.usable(one) for feed in feeds))
            for name, readings in table.columns.items()
        }
        self.carried = {name: readings for name, readings in usable.items() if readings}

    @cached_property
    def carried_early(self) -> dict[str, Pick]:
        """The columns that each source row has by itself, and what a merged row takes of them."""
        return {name: r[0].pick for name, r in self.carried.items() if name not in self._late}

    @property
    def agreeing(self) -> list[str]:
        """The columns in which rows that become one must not contradict each other."""
        if not self.table.one_per:
            return []
        early = self.carried_early.items()
        return [n for n, pick in early if pick is Pick.ONLY and n not in self.table.one_per]

    @property
    def numbers(self) -> list[str]:
        """The columns of codes and numbers that are text, which a spreadsheet may have damaged."""
        return [
            name
            for name, readings in self.carried.items()
            if name not in self._late
            and name.endswith(NUMBERS)
            and self.table.table[name].type is Type.STR
            and any(one.references for one in readings)
        ]

    @property
    def copies(self) -> dict[str, str]:
        """The columns whose values are those of another one, and which that is."""
        only = {name: readings[0] for name, readings in self.carried.items() if len(readings) == 1}
        return {name: reading.copy for name, reading in only.items() if reading.copy}

    def early(self, rows: Any) -> Any:
        """Add the columns that follow from the cells of a row, and where a cell is unreadable."""
        names = [name for name in self.carried if name not in self._late]
        rows = self._layers(self._texts(rows, names), names)
        flags = {
            flag("unread", name): (rows[FILLED + name] & rows[name].isnull()).fill_null(False)
            for name in names
            if FILLED + name in rows.columns
        }
        flags |= {
            flag("damaged", name): regexp_full_match(rows[name], DAMAGED).fill_null(False)
            for name in self.numbers
        }
        return self._apart(rows.mutate(**flags)) if flags else rows

    def _texts(self, rows: Any, names: list[str]) -> Any:
        """Add the text that each reading reads, in half width unless it is kept as text."""
        made = {}
        for name in names:
            for n, reading in enumerate(self.carried[name]):
                if reading.references:
                    text = self.text(reading, rows)
                    made[_text(name, n)] = text if reading.read is Read.TEXT else narrow(text)
        return self._apart(rows.mutate(**made)) if made else rows

    def late(self, rows: Any) -> Any:
        """Add the columns that follow from other columns alone."""
        return self._layers(rows, [name for name in self.carried if name in self._late])

    @cached_property
    def _late(self) -> set[str]:
        """Columns that are found after merging: no reading looks at a cell."""
        late = {
            name
            for name, readings in self.carried.items()
            if all(one.derive or not cells_of(one, self.table) for one in readings)
        }
        derived = {n for n, r in self.carried.items() if any(one.derive for one in r)}
        return (late if self.table.one_per else derived) - set(self.table.one_per)

    def _layers(self, rows: Any, names: list[str]) -> Any:
        todo = list(names)
        while todo:
            ready = [name for name in todo if not self._needs(name) & set(todo)] or todo
            made: dict[str, Any] = {}
            for name in ready:
                decoded = self._column(name, rows)
                made[name] = decoded.value
                if decoded.filled is not None:
                    made[FILLED + name] = decoded.filled
            rows = self._apart(rows.mutate(**made))
            todo = [name for name in todo if name not in ready]
        return rows

    def _needs(self, name: str) -> set[str]:
        return {c for one in self.carried[name] for c in columns_of(one, self.table)} - {name}

    def _column(self, name: str, rows: Any) -> Decoded:
        """Return a column: the first reading whose conditions hold and whose cell is filled."""
        column = self.table.table[name]
        values, filled = [], []
        looks = False
        for n, reading in enumerate(self.carried[name]):
            applies = self.applies(reading, rows)
            if reading.references:
                read = expressions.read(rows[_text(name, n)], reading, column, self.mapping)
                applies = applies & read.filled
                looks = looks or reading.read is not Read.TEXT
                filled.append((applies, ibis.literal(True)))
            else:
                read = Decoded(self._plain(reading, name, rows), None)
                filled.append((applies, ibis.literal(False)))
            values.append((applies, read.value.cast(IBIS[column.type])))
        value = ibis.cases(*values, else_=ibis.null(IBIS[column.type]))
        return Decoded(value, ibis.cases(*filled, else_=False) if looks else None)

    def text(self, reading: Reading, rows: Any) -> Any:
        """Return the text that a reading reads."""
        return expressions.text_of(reading, lambda reference: rows[self._named[reference]])

    def applies(self, reading: Reading, rows: Any) -> Any:
        """Return where the conditions of a reading hold; before columns are read, may hold."""
        applies = ibis.literal(True)
        for condition in reading.when:
            heading = condition_heading(condition, self.table)
            field = self._named[heading] if heading else condition.field
            if field in rows.columns:
                applies = applies & expressions.holds(condition, rows[field])
        return applies

    def _plain(self, reading: Reading, name: str, rows: Any) -> Any:
        match reading.derive:
            case Derive.SEQUENCE:
                order = [rows["start_at"].asc(nulls_first=False), rows[SOURCE], rows[ROW]]
                return ibis.row_number().over(group_by=rows["case_id"], order_by=order) + 1
            case Derive.EVENT_ID:
                return rows["case_id"].concat("-", rows["seq"].cast("string"))
        if reading.copy:
            return rows[reading.copy]
        return expressions.constant(reading, self.table.table[name])

    def _apart(self, rows: Any) -> Any:
        """Return the same rows behind a border, lest each layer be computed again in the next."""
        return self._connection.create_view(gen_name("mapped"), rows)


def _text(column: str, reading: int) -> str:
    return f"_text_{reading}_{column}"
