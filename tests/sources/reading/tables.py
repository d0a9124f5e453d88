"""Files in memory, and what reading them gives, for the tests of the readers."""

import csv
import io
import re
from collections.abc import Sequence

from analysis.sources.reading.file import File
from analysis.sources.reading.source import NOT_DATA, ROW, Source, cell

LINE_END = re.compile(r"\r\n|\r|\n")


def in_memory(data: bytes, name: str = "办件.csv") -> File:
    return File(name, lambda: io.BytesIO(data))


def written(rows: Sequence[Sequence[str]], **dialect: object) -> tuple[str, list[int]]:
    """Return rows as Python's csv module writes them, and the line that each starts on."""
    text, starts = "", []
    for row in rows:
        starts.append(len(LINE_END.findall(text)) + 1)
        line = io.StringIO(newline="")
        csv.writer(line, **dialect).writerow(row)  # type: ignore[arg-type]
        text += line.getvalue()
    return text, starts


def drawn(source: Source, wanted: Sequence[int] | None = None) -> dict[int, list[str | None]]:
    """Return the wanted cells of each row by row number; what is not data as well."""
    wanted = range(len(source.headings)) if wanted is None else wanted
    rows: dict[int, list[str | None]] = {}
    for batch in source.batches(wanted):
        assert batch.schema.names == [ROW, NOT_DATA, *map(cell, wanted)]
        for record in batch.to_pylist():
            assert record[ROW] not in rows
            rows[record[ROW]] = [record[cell(position)] for position in wanted]
    return rows


def reasons(source: Source) -> dict[int, str]:
    """Return why rows are not data, by row number."""
    found = {}
    for batch in source.batches([]):
        found |= dict(zip(batch[ROW].to_pylist(), batch[NOT_DATA].to_pylist(), strict=True))
    return {row: reason for row, reason in found.items() if reason}
