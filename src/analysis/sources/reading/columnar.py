"""Typed columns (有类型的列): Parquet files, tables and queries of databases, as text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.errors import XukeError
from analysis.sources.reading.cells import Cells
from analysis.sources.reading.file import File
from analysis.sources.reading.headings import named
from analysis.sources.reading.not_data import not_data
from analysis.sources.reading.source import NOT_DATA, ROW, Unreadable, cell

ROWS = 50_000  # rows of a batch
SECONDS = "%Y-%m-%d %H:%M:%S"


@dataclass
class ColumnarSource:
    """Typed columns as a source; see ``Source``. The first row is row 1.

    Attributes:
        draw: gives the rows, typed.
    """

    file: str
    sheet: str
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    draw: Callable[[], Iterator[pa.RecordBatch]]
    unreadable: list[Unreadable] = field(default_factory=list)

    def batches(self, wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """Yield the rows; see ``Source.batches``."""
        names = [ROW, NOT_DATA, *(cell(position) for position in wanted)]
        row = 1
        for batch in self.draw():
            cells = TypedCells(batch)
            columns = [cells.whole(position) for position in wanted]
            reasons = not_data(cells.some, batch.num_rows, self.headings)
            numbers = pa.array(np.arange(row, row + batch.num_rows, dtype=np.int64))
            yield pa.RecordBatch.from_arrays([numbers, reasons, *columns], names=names)
            row += batch.num_rows


class TypedCells(Cells):
    """The cells of a batch of typed columns."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        super().__init__()
        self.batch = batch

    def _made(self, position: int) -> pa.StringArray:
        return as_text(self.batch.column(position))

    def some(self, position: int, rows: npt.NDArray[np.intp]) -> pa.StringArray:
        """Return some cells of a column."""
        if len(rows) == self.batch.num_rows:
            return self.whole(position)
        return self.whole(position).take(pa.array(rows))


def open_parquet(file: File) -> ColumnarSource:
    """Open a Parquet file.

    Raises:
        XukeError: it is damaged.
    """
    try:
        found = pq.ParquetFile(file.path or pa.BufferReader(_content(file)))
    except (pa.ArrowException, OSError) as error:
        raise XukeError(f"“{file.name}”不是完整的 Parquet 文件:请重新导出。") from error

    def draw() -> Iterator[pa.RecordBatch]:
        try:
            yield from found.iter_batches(ROWS)
        except (pa.ArrowException, OSError) as error:
            raise XukeError(f"“{file.name}”读到一半出错,文件可能已损坏:请重新导出。") from error

    headings, odd = named(found.schema_arrow.names)
    return ColumnarSource(file.name, "", headings, odd, draw)


def _content(file: File) -> bytes:
    with file.open() as stream:
        return stream.read()


def as_text(column: pa.Array) -> pa.StringArray:
    """Return a typed column as text that says the same.

    Whole numbers without a point, as a column of whole numbers with gaps is often kept as
    fractions; times as in spreadsheets, with their zone if they have one.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        text = column.cast(pa.string())
    elif pa.types.is_timestamp(kind):
        text = _moments(column)
    elif pa.types.is_floating(kind):
        text = pa.array([_number(value) for value in column.to_pylist()], pa.string())
    elif pa.types.is_boolean(kind):
        text = pc.if_else(column, "TRUE", "FALSE")
    else:
        text = _other(column)
    return pc.if_else(pc.equal(text, ""), None, text)


def _number(value: float | None) -> str | None:
    if value is None or value != value:  # not a number: what pandas writes for nothing
        return None
    return str(int(value)) if value.is_integer() else repr(value)


def _moments(column: pa.TimestampArray) -> pa.StringArray:
    """Return times without the fraction where no time of the column has one."""
    whole = pc.all(pc.equal(column, pc.floor_temporal(column, unit="second"))).as_py() is not False
    unit = "s" if whole else column.type.unit
    column = column.cast(pa.timestamp(unit, column.type.tz), safe=False)
    return pc.strftime(column, SECONDS + ("%z" if column.type.tz else ""))


def _other(column: pa.Array) -> pa.StringArray:
    """Return days, decimals, whole numbers; lists and the like as Python writes them."""
    try:
        return column.cast(pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        values = column.to_pylist()
        return pa.array([None if each is None else str(each) for each in values], pa.string())
