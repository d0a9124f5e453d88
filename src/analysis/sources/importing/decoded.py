"""Decoded rows on disk (落盘): the declared columns in one file, the marks of each row in another.

The engine hands the rows over once. Where every row is kept, the first file is the table of the year
as it stands; else the rows that are kept are drawn from it once more, still in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.sources.mapping.mapped import SOURCE
from analysis.sources.reading.behind import behind
from analysis.sources.reading.repeating import repeating
from analysis.sources.reading.source import ROW

AT = "_at"  # position of a row in the file of the declared columns
BATCH = 60_000  # rows of a batch, and of a row group
PER_SOURCE = 1 << 40  # more rows than one file has


@dataclass(frozen=True)
class Decoded:
    """The two files of one table.

    Attributes:
        rows: the declared columns.
        marks: ``AT`` and the marks: where each row came from, what is wrong with it, its key.
    """

    rows: Path
    marks: Path

    def write(
        self, con: Any, rows: Any, declared: Sequence[str], marks: Sequence[str], *, sort: bool
    ) -> None:
        """Write decoded rows by source, then by row.

        Args:
            con: the connection behind the rows.
            rows: Ibis table of all these columns.
            declared: names of the declared columns.
            marks: names of the marks, ``SOURCE`` and ``ROW`` first; some are declared, too.
            sort: whether the engine is known not to keep the order. Sorting takes memory that rows
                in order need not pay; where the order turns out to be lost, they are sorted, too.
        """
        if sort or not self._written(con, rows, declared, marks):
            self._written(con, rows.order_by([SOURCE, ROW]), declared, marks)

    def _written(self, con: Any, rows: Any, declared: Sequence[str], marks: Sequence[str]) -> bool:
        """Write rows as they come; return False as soon as they do not come in order."""
        reader = con.to_pyarrow_batches(rows, chunk_size=BATCH)
        kinds = [pa.schema([reader.schema.field(n) for n in names]) for names in (declared, marks)]
        kinds[1] = kinds[1].insert(0, pa.field(AT, pa.int64()))
        first = [*islice(reader, 1)]
        often = repeating(first[0]) if first else []
        n, last = 0, -1
        with (
            _writer(self.rows, kinds[0], "zstd", often) as table,
            _writer(self.marks, kinds[1], "lz4", often) as beside,
            behind(table.write_batch) as write,
        ):
            for batch in chain(first, reader):
                places = batch[SOURCE].to_numpy() * PER_SOURCE + batch[ROW].to_numpy()
                if (np.diff(places, prepend=last) < 0).any():
                    return False
                write(batch.select(list(declared)))
                at = pa.array(np.arange(n, n + len(places)))
                columns = [at, *(batch[name] for name in marks)]
                beside.write_batch(pa.RecordBatch.from_arrays(columns, schema=beside.schema))
                n, last = n + len(places), places[-1]
        return True

    def keep(self, positions: npt.NDArray[np.int64], path: Path) -> None:
        """Move the rows at some positions, in their order, to where the table of the year lies."""
        n = pq.read_metadata(self.rows).num_rows
        if len(positions) == n:
            self.rows.replace(path)
            return
        kept = np.zeros(n, np.bool_)
        kept[positions] = True
        at = 0
        with (
            pq.ParquetFile(self.rows) as file,
            pq.ParquetWriter(path, file.schema_arrow, compression="zstd") as table,
        ):
            for batch in file.iter_batches(BATCH):
                table.write_batch(batch.filter(pa.array(kept[at : at + batch.num_rows])))
                at += batch.num_rows


def _writer(
    path: Path, kind: pa.Schema, compression: str, often: Sequence[str]
) -> pq.ParquetWriter:
    """Return what writes a file in which some columns keep each value once."""
    once = [name for name in often if name in kind.names]
    return pq.ParquetWriter(path, kind, compression=compression, use_dictionary=once)
