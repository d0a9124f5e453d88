"""Any table that Python's csv module writes is read back: the same cells, the same row numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.reading import Options, records
from analysis.sources.reading.open_text import open_text
from tests.sources.reading.tables import drawn, in_memory, written

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
HEADINGS = ["申办流水号", "事项名称", "办结时间", "备注"]
PIECES = st.sampled_from(
    [
        "王小明",
        "准予许可",
        '"',
        '""',
        ",",
        "\t",
        ";",
        "|",
        "\n",
        "\r\n",
        "\r",
        " ",
        "a",
        "0",
        "2022-01-05",
    ]
)
CELLS = st.lists(PIECES, max_size=6).map("".join)


@st.composite
def tables(draw):
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=30))
    return [HEADINGS[:width], *rows]


@given(
    rows=tables(),
    encoding=st.sampled_from(ENCODINGS),
    separator=st.sampled_from(",\t;|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    every=st.booleans(),
    final=st.booleans(),
    block=st.integers(1, 400),
    ragged=st.integers(1, 400),
)
def test_reads_back_what_csv_writes(rows, encoding, separator, end, every, final, block, ragged):
    # Python before 3.13 does not quote a line end that is not the file's own.
    every = every or any(char in text for row in rows for text in row for char in "\r\n")
    text, starts = written(rows, delimiter=separator, lineterminator=end, quoting=int(every))
    data = (text if final else text.removesuffix(end)).encode(encoding)
    options = Options(encoding=encoding, separator=separator, heading_row=1)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(records, "BLOCK", block)
        small.setattr(records, "RAGGED", ragged)
        source = open_text(in_memory(data), options)
        found = drawn(source)
    expected = zip(starts[1:], rows[1:], strict=True)
    assert found == {start: [text or None for text in row] for start, row in expected}
    assert source.headings == tuple(rows[0])
    assert not source.unreadable
