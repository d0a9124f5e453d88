"""Sheets for tests of mappings, staged as the readers do it but without any file format."""

from dataclasses import dataclass, field
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.sources.mapping.decode import decode
from analysis.sources.mapping.load import mapping_file, preset
from analysis.sources.mapping.match import match
from analysis.sources.mapping.settled import settled
from analysis.sources.reading.source import NOT_DATA, ROW, Staged, cell

DATA = Path(__file__).parents[3] / "data"


@dataclass
class Sheet:
    file: str
    headings: tuple[str, ...]
    rows: list[tuple]
    sheet: str = ""
    notes: tuple[str, ...] = ()
    unreadable: list = field(default_factory=list)


def sheet(file, text):
    """Make a sheet from lines whose cells are put apart by |."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    n = len(lines[0])
    return Sheet(file, tuple(lines[0]), [tuple((line + [""] * n)[:n]) for line in lines[1:]])


def staged(made, folder):
    columns = {ROW: pa.array(range(2, 2 + len(made.rows)), pa.int64())}
    columns[NOT_DATA] = pa.nulls(len(made.rows), pa.string())
    for at in range(len(made.headings)):
        columns[cell(at)] = pa.array([row[at] or None for row in made.rows], pa.string())
    path = folder / f"{made.file}.parquet"
    pq.write_table(pa.table(columns), path)
    return Staged(made, path, len(made.rows))


def written(folder, text, name="mapping.toml"):
    """Return the mapping that a TOML text says."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return mapping_file(path, DATA)


def mapped(mapping, sheets, folder, **how):
    """Return the tables by name."""
    if isinstance(mapping, str):
        mapping = preset(mapping, DATA)
    matched = settled(match(mapping, sheets, **how))
    made = decode(matched, [staged(one, folder) for one in sheets], ibis.duckdb.connect())
    return {one.table.name: one for one in made}


def frame(one):
    """Return the rows in file order, canonical columns only."""
    rows = one.rows.to_pandas().sort_values(["_source", "_row"]).reset_index(drop=True)
    return rows[[c for c in rows.columns if not c.startswith("_")]]


def column(one, name):
    return [None if pd.isna(value) else value for value in frame(one)[name]]


def broken(one):
    """Return rule and column of each rule that some row breaks, with the rows' numbers."""
    return {
        (rule.id, rule.column): sorted(one.rows.filter(rule.broken).to_pandas()["_row"])
        for rule in one.rules
        if one.rows.filter(rule.broken).count().to_pandas()
    }
