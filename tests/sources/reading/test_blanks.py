"""Blanks that only look like spaces become spaces, those that nobody sees go."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.sources.reading import Options, stage
from analysis.sources.reading.blanks import plain_blanks
from analysis.sources.reading.open_text import open_text
from tests.sources.reading.tables import in_memory

NAMED = {
    "no-break": "\u00a0",
    "figure": "\u2007",
    "narrow no-break": "\u202f",
    "ideographic": "\u3000",
}


@pytest.mark.parametrize("blank", NAMED.values(), ids=NAMED)
def test_a_blank_becomes_a_space(blank):
    batch = pa.record_batch({"c0": [f"06{blank}Jan{blank}", "受理", None], "n": [1, 2, 3]})
    assert plain_blanks(batch).to_pydict() == {"c0": ["06 Jan ", "受理", None], "n": [1, 2, 3]}


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff"])
def test_what_nobody_sees_goes_and_may_leave_nothing(unseen):
    batch = pa.record_batch({"c0": [f"{unseen}A1", unseen, "“A1”"]})
    assert plain_blanks(batch).to_pydict() == {"c0": ["A1", None, "“A1”"]}


def test_staged_rows_have_none(tmp_path):
    text = "\u00a0Ref,Applied\u00a0\n\u00a0A1,05/01/2022\u00a0\n\u00a0,\u00a0\n"
    source = open_text(in_memory(text.encode()), Options())
    assert source.headings == ("Ref", "Applied")
    staged = stage(source, [0, 1], lambda batch: batch, tmp_path / "s.parquet")
    rows = pq.read_table(staged.rows).to_pydict()
    assert rows["c0"] == [" A1", " "]
    assert rows["c1"] == ["05/01/2022 ", " "]
    assert rows["_not_data"] == [None, "空行"]
