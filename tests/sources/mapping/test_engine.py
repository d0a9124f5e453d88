"""Functions of the engine that Ibis has no name for."""

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.sources.mapping.engine import found_in

SAID = ["a", "b", "", None, "a ", "A", "'", "许可"]


@pytest.mark.parametrize("listed", [["a", "许可", "a", None], ["'", ""], [None], []])
def test_a_text_is_found_in_a_column_or_is_not(listed):
    con = ibis.duckdb.connect()
    texts = con.create_table("texts", pa.table({"text": pa.array(listed, pa.string())}))
    rows = con.create_table("rows", pa.table({"said": pa.array(SAID, pa.string())}))
    found = rows.select(found=found_in(con, texts["text"])(rows["said"])).to_pyarrow()
    assert found["found"].to_pylist() == [said is not None and said in listed for said in SAID]


def test_rows_stay_in_their_order(tmp_path):
    n = 200_000
    said = pa.array(np.arange(n) % 999).cast(pa.string())
    pq.write_table(
        pa.table({"row": np.arange(n), "said": said}), tmp_path / "r", row_group_size=999
    )
    con = ibis.duckdb.connect()
    rows = con.read_parquet(tmp_path / "r")
    texts = con.create_table("texts", pa.table({"text": said[:500]}))
    found = rows.select("row", found=found_in(con, texts["text"])(rows["said"]))
    came = pa.Table.from_batches(con.to_pyarrow_batches(found, chunk_size=60_000))
    assert came["row"].to_pylist() == list(range(n))
    assert came["found"].to_pylist() == [row % 999 < 500 for row in range(n)]
