"""Staged files keep repeated values once, and what differs in every row plainly."""

import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.sources.reading import stage
from analysis.sources.reading.source import NOT_DATA, ROW, cell


class Given:
    """A source of given batches."""

    file, sheet, headings, notes = "x.csv", "", ("编号", "部门"), ()

    def __init__(self, *batches: list[tuple[str, str]]):
        self.unreadable: list[object] = []
        self._batches = batches

    def batches(self, wanted):
        row = 2
        for rows in self._batches:
            numbers = pa.array(range(row, row + len(rows)), pa.int64())
            columns = [pa.array([each[at] for each in rows], pa.string()) for at in wanted]
            names = [ROW, NOT_DATA, *map(cell, wanted)]
            empty = pa.nulls(len(rows), pa.string())
            yield pa.RecordBatch.from_arrays([numbers, empty, *columns], names=names)
            row += len(rows)


@pytest.mark.parametrize("sizes", [(), (1,), (3, 2), (0, 2)], ids=str)
def test_every_batch_is_staged_once_and_in_order(sizes, tmp_path):
    numbers = iter(range(100))
    batches = [[(f"A{next(numbers)}", "甲局") for _ in range(size)] for size in sizes]
    staged = stage(Given(*batches), [0, 1], lambda batch: batch, tmp_path / "s.parquet")
    table = pq.read_table(staged.rows)
    assert table.column_names == [ROW, NOT_DATA, "c0", "c1"]
    assert staged.n == table.num_rows == sum(sizes)
    assert table["c0"].to_pylist() == [number for rows in batches for number, _ in rows]
    assert table[ROW].to_pylist() == [n + 2 for n in range(sum(sizes))]


def test_repeated_values_are_kept_once(tmp_path):
    rows = [(f"A{n}", "甲局") for n in range(50)]
    staged = stage(Given(rows), [0, 1], lambda batch: batch, tmp_path / "s.parquet")
    group = pq.ParquetFile(staged.rows).metadata.row_group(0)
    columns = {c.path_in_schema: c for c in map(group.column, range(group.num_columns))}
    assert not columns["c0"].has_dictionary_page
    assert columns["c1"].has_dictionary_page


def test_reading_begins_before_pandas_and_ibis_are_loaded():
    code = (
        "import sys, analysis.sources.importing.run;"
        "assert not {'pandas', 'ibis'} & set(sys.modules), 'loaded'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
