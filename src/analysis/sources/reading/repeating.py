"""Repeating columns (重复值的列): those for which a Parquet file should keep each value once."""

import pyarrow as pa
import pyarrow.compute as pc


def repeating(batch: pa.RecordBatch) -> list[str]:
    """Return the names of the columns whose values mostly repeat, judged by some rows.

    To look up each of 1.8 million keys and times in a dictionary takes almost half of the time that
    writing takes, and the dictionary is thrown away. A repeated text, however, is best kept once:
    the engine then reads it once, too.
    """
    most = batch.num_rows / 2
    return [
        name
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
        if pc.count_distinct(column, mode="all").as_py() <= most
    ]
