"""Decoded rows lie in the order of the files, however the engine hands them over."""

from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.sources.importing import decoded
from analysis.sources.importing.decoded import AT, Decoded
from analysis.sources.mapping.mapped import SOURCE
from analysis.sources.reading.source import ROW


def written(folder: Path, places: list[tuple[int, int]], *, sort: bool = False) -> Decoded:
    """Write rows that come from these sources and rows, each saying where from."""
    rows = pd.DataFrame(places, columns=[SOURCE, ROW], dtype="int64")
    rows["said"] = [f"{source}.{row}" for source, row in places]
    con = ibis.duckdb.connect()
    table = con.create_table("t", ibis.memtable(rows.astype({"said": "str"})))
    made = Decoded(folder / "rows.parquet", folder / "marks.parquet")
    made.write(con, table, ["said"], [SOURCE, ROW], sort=sort)
    return made


@pytest.mark.parametrize("sort", [False, True])
@pytest.mark.parametrize(
    "places",
    [
        [(0, 2)],
        [(0, 2), (0, 3), (1, 2)],
        [(0, 3), (0, 2), (1, 2)],
        [(1, 2), (0, 3)],
        [(0, row) for row in (*range(2, 9), 1)],  # out of order only in a later batch
    ],
)
def test_rows_come_by_source_then_by_row(tmp_path, monkeypatch, places, sort):
    monkeypatch.setattr(decoded, "BATCH", 3)
    made = written(tmp_path, places, sort=sort)
    expected = sorted(places)
    said = pq.read_table(made.rows).to_pydict()
    assert said == {"said": [f"{source}.{row}" for source, row in expected]}
    assert pq.read_table(made.marks).to_pydict() == {
        AT: list(range(len(places))),
        SOURCE: [source for source, _ in expected],
        ROW: [row for _, row in expected],
    }


@pytest.mark.parametrize("positions", [[], [0], [1, 4, 5], [0, 1, 2, 3, 4, 5, 6]])
def test_the_rows_that_are_kept_keep_their_order(tmp_path, monkeypatch, positions):
    monkeypatch.setattr(decoded, "BATCH", 2)
    made = written(tmp_path, [(0, row) for row in range(7)])
    made.keep(np.array(positions, np.int64), tmp_path / "year.parquet")
    kept = pq.read_table(tmp_path / "year.parquet")["said"].to_pylist()
    assert kept == [f"0.{position}" for position in positions]
