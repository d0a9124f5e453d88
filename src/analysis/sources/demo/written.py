"""Writing out (写成导出): canonical rows under the headings of a mapping, which is read backwards."""

from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sources.demo.spelling import spelled
from analysis.sources.mapping.declared import (
    Comparison,
    Condition,
    Mapping,
    Read,
    Reading,
    TableMapping,
    is_identity,
)
from analysis.tables.schema import Column

OTHER = "other"


def expressible(rows: pa.Table, table: TableMapping, mapping: Mapping) -> pa.Table:
    """Return the rows that such exports hold: none with a code that the mapping calls absent."""
    for name in rows.column_names:
        listed = f"{table.table.name}.{name}="
        absent = [key.removeprefix(listed) for key in mapping.absent if key.startswith(listed)]
        if absent:
            rows = rows.filter(pc.invert(pc.is_in(rows[name], pa.array(absent))))
    return rows


def written(rows: pd.DataFrame, table: TableMapping, mapping: Mapping) -> pd.DataFrame:
    """Return the cells of an export, text by heading, in the order of the mapping.

    Each value goes under the first heading that can say it. A code that the system lacks becomes
    its 其他, as such systems do: whoever reads it cannot know better. Identities are left out.

    Args:
        rows: canonical rows in declared types.
        table: how the mapping makes the table.
        mapping: the mapping that it belongs to.
    """
    sheet = _Sheet(rows, table, mapping)
    names = [name for name in table.columns if name in rows.columns]
    # Columns with one reading first: others may find their value already written by them.
    for name in sorted(names, key=lambda name: len(table.columns[name]) > 1):
        if not is_identity(table.table[name]):
            sheet.write(table.table[name])
    readings = [reading for name in table.columns for reading in table.columns[name]]
    order = [*(reading.headings[0] for reading in readings if reading.headings), *sheet.cells]
    return pd.DataFrame({name: sheet.cells[name] for name in order if name in sheet.cells})


@dataclass
class _Sheet:
    rows: pd.DataFrame
    table: TableMapping
    mapping: Mapping
    cells: dict[str, pd.Series] = field(default_factory=dict)

    def write(self, column: Column) -> None:
        """Write a column, each value by the first reading that would read it back."""
        readings = self.table.columns[column.name]
        left = self.rows[column.name].notna() & ~self._said(column, readings[1:])
        for reading in readings:
            if reading.headings and reading.read is not Read.UNIT:
                text = spelled(self.rows, column, reading, self.table, self.mapping)
                here = left & self._holds(reading) & text.notna()
                self._put(reading.headings[0], text, here)
            elif reading.value is not None:
                here = left & self._holds(reading) & self._is(column.name, reading.value)
                for condition in reading.when:
                    self._fulfil(condition, here)
            else:
                continue
            left &= ~here
        self._write_as_other(readings, left)

    def _said(self, column: Column, later: tuple[Reading, ...]) -> pd.Series:
        """Return where a later reading already finds the value, in what another column wrote."""
        said = pd.Series(False, self.rows.index)
        values = self.rows[column.name]
        for reading in later:
            if reading.read is Read.TEXT and reading.headings and reading.headings[0] in self.cells:
                there = self.cells[reading.headings[0]]
                said |= (there == values.astype("string")).fillna(False)
        return said

    def _holds(self, reading: Reading) -> pd.Series:
        """Return where the conditions on canonical columns hold."""
        holds = pd.Series(True, self.rows.index)
        for condition in reading.when:
            if condition.field in self.rows.columns and condition.test is Comparison.IS:
                holds &= self.rows[condition.field].isin(condition.values)
        return holds

    def _is(self, name: str, value: str) -> pd.Series:
        return (self.rows[name].astype("string").str.lower() == value).fillna(False)

    def _fulfil(self, condition: Condition, where: pd.Series) -> None:
        """Write the cell that makes a condition hold."""
        if condition.field not in self.rows.columns and condition.test in (
            Comparison.IS,
            Comparison.CONTAINS,
        ):
            text = pd.Series(condition.values[0], self.rows.index, dtype="string")
            self._put(condition.field, text, where)

    def _write_as_other(self, readings: tuple[Reading, ...], left: pd.Series) -> None:
        coded = [one for one in readings if one.headings and one.codes in self.mapping.systems]
        if coded and (other := self.mapping.systems[coded[-1].codes].written.get(OTHER)):
            text = pd.Series(other, self.rows.index, dtype="string")
            self._put(coded[-1].headings[0], text, left)

    def _put(self, heading: str, text: pd.Series, where: pd.Series) -> None:
        nothing = pd.Series(pd.NA, self.rows.index, dtype="string")
        self.cells[heading] = self.cells.get(heading, nothing).where(~where, text)
