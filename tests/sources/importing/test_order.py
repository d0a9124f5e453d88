"""Rows that come by source, then by row, are told from rows that do not."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.sources.importing.judge import _in_file_order
from analysis.sources.mapping.mapped import SOURCE
from analysis.sources.reading.source import ROW


@pytest.mark.parametrize(
    ("places", "in_order"),
    [
        ([], True),
        ([(0, 2)], True),
        ([(0, 2), (0, 3), (1, 2)], True),
        ([(0, 3), (0, 2), (1, 2)], False),
        ([(1, 2), (0, 3)], False),
    ],
)
def test_order(tmp_path: Path, places: list[tuple[int, int]], in_order: bool) -> None:
    path = tmp_path / "rows.parquet"
    columns = {name: [place[at] for place in places] for at, name in enumerate((SOURCE, ROW))}
    schema = pa.schema([(SOURCE, pa.int64()), (ROW, pa.int64())])
    pq.write_table(pa.table(columns, schema=schema), path)
    assert _in_file_order(path) is in_order
