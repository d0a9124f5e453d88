"""Delimited text (文本表格): CSV, TSV and the like, in any encoding, a block at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import XukeError
from analysis.sources.reading.cells import Cells
from analysis.sources.reading.decode import as_text
from analysis.sources.reading.encoded import Encoded
from analysis.sources.reading.encodings import SPOILT
from analysis.sources.reading.form import Form
from analysis.sources.reading.not_data import not_data
from analysis.sources.reading.records import Records, read_records
from analysis.sources.reading.source import NOT_DATA, ROW, Unreadable, cell

TOO_MANY = 1_000  # unreadable rows from which, if they are the most, reading is given up


@dataclass
class TextSource:
    """A text file as a source; see ``Source``.

    Attributes:
        encoded: its bytes.
        form: its separator and width.
        heading: cells of the heading row, as they stand.
        line: line that the first record below the headings starts on.
    """

    file: str
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    encoded: Encoded
    form: Form
    heading: tuple[str, ...]
    line: int
    sheet: str = ""
    unreadable: list[Unreadable] = field(default_factory=list)

    def batches(self, wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """Yield the rows; see ``Source.batches``."""
        n = 0
        with self.encoded.open() as stream:
            for records in read_records(stream, self.form, self.line):
                batch = self._batch(records, wanted)
                n += batch.num_rows
                self._stop_if_hopeless(n)
                if batch.num_rows:
                    yield batch

    def _batch(self, records: Records, wanted: Sequence[int]) -> pa.RecordBatch:
        cells = Decoded(records.columns, self.encoded.inner)
        columns = [cells.whole(position) for position in wanted]
        reasons = not_data(cells.some, len(records.rows), self.heading)
        names = [ROW, NOT_DATA, *(cell(position) for position in wanted)]
        batch = pa.RecordBatch.from_arrays([pa.array(records.rows), reasons, *columns], names=names)
        spoilt: dict[int, str] = {}
        for position in wanted:
            heading = self.headings[position]
            for row in cells.broken[position]:
                spoilt[int(row)] = f"“{heading}”里有不是 {self.encoded.encoding} 的字节"
            for row in cells.holding(position, "\0"):
                spoilt[int(row)] = f"“{heading}”里有空字符(NUL)"
            if not self.encoded.bytewise:
                for row in cells.holding(position, SPOILT):
                    spoilt[int(row)] = f"“{heading}”里有不是 {self.encoded.encoding} 的字节"
        lost = [Unreadable(int(records.rows[row]), reason) for row, reason in spoilt.items()]
        self.unreadable += sorted([*records.unreadable, *lost], key=lambda each: each.row)
        if not spoilt:
            return batch
        kept = np.ones(len(records.rows), np.bool_)
        kept[list(spoilt)] = False
        return batch.filter(pa.array(kept))

    def _stop_if_hopeless(self, n: int) -> None:
        if len(self.unreadable) > max(TOO_MANY, n):
            first = self.unreadable[0]
            raise XukeError(
                f"“{self.file}”大多数行读不出(如第 {first.row} 行:{first.reason}):"
                "请用 --encoding、--separator 指定编码和分隔符。"
            )


class Decoded(Cells):
    """The cells of a block, decoded as they are asked for.

    Attributes:
        broken: rows of each decoded column that are no text.
    """

    def __init__(self, columns: list[pa.BinaryArray], encoding: str) -> None:
        super().__init__()
        self.columns, self.encoding = columns, encoding
        self.broken: dict[int, npt.NDArray[np.intp]] = {}

    def _made(self, position: int) -> pa.StringArray:
        text, self.broken[position] = as_text(self.columns[position], self.encoding)
        return text

    def some(self, position: int, rows: npt.NDArray[np.intp]) -> pa.StringArray:
        """Return some cells of a column."""
        if len(rows) == len(self.columns[position]):
            return self.whole(position)
        return as_text(self.columns[position].take(pa.array(rows)), self.encoding)[0]

    def holding(self, position: int, text: str) -> npt.NDArray[np.intp]:
        """Return the rows whose cell holds a text; mostly there are none."""
        content = memoryview(self.whole(position).buffers()[2] or b"").tobytes()
        if text.encode() not in content:
            return np.empty(0, np.intp)
        found = pc.match_substring(self.whole(position), text)
        return np.flatnonzero(pc.fill_null(found, False).to_numpy(zero_copy_only=False))
