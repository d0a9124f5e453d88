"""Staging (暂存): the rows that passed the door, in a file that the rest of an import reads."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.sources.reading.behind import behind
from analysis.sources.reading.blanks import plain_blanks
from analysis.sources.reading.repeating import repeating
from analysis.sources.reading.source import NOT_DATA, ROW, Door, Source, Staged, cell


def stage(source: Source, wanted: Sequence[int], door: Door, path: Path) -> Staged:
    """Draw a source through the door into a Parquet file.

    Args:
        source: a source that has not been drawn.
        wanted: positions of the headings whose cells are needed.
        door: takes every batch before anything of it is written, and returns what may be kept;
            of a source without rows it gets an empty batch, which tells the columns of the file.
        path: file to write; left out if reading fails.

    Raises:
        XukeError: the source cannot be read to its end.
    """

    def pass_door(batch: pa.RecordBatch) -> pa.RecordBatch:
        return door(plain_blanks(batch))

    try:
        batches = source.batches(wanted)
        first = pass_door(next(batches, _empty(wanted)))
        with (
            pq.ParquetWriter(
                path, first.schema, compression="lz4", use_dictionary=repeating(first)
            ) as file,
            behind(file.write_batch) as write,
            behind(lambda batch: write(pass_door(batch))) as let_in,
        ):
            if n := first.num_rows:
                write(first)
            for batch in batches:
                let_in(batch)
                n += batch.num_rows
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Staged(source, path, n)


def _empty(wanted: Sequence[int]) -> pa.RecordBatch:
    columns = [(ROW, pa.int64()), (NOT_DATA, pa.string())]
    columns += [(cell(position), pa.string()) for position in wanted]
    return pa.RecordBatch.from_pylist([], schema=pa.schema(columns))
