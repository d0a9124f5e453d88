"""A small project on disk, for what a command does with an engine."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from analysis.tables import TABLES
from analysis.tables.conform import conform
from tests.tables.build import accepted, closed, frames, item

PLACES = '[t]\nname = "测试区"\ncalendar = "china"\n'
CASES = [
    closed("2022-03-01", "2022-03-02", "2022-03-05"),
    closed("2022-05-01", "2022-05-05", "2022-07-05", dept_code="D2"),
    accepted("2022-12-30", "2022-12-31"),
]


def write_project(data: Path, cases: list[dict[str, Any]] = CASES, **meta: object) -> Path:
    """Write a data folder with one year of a few cases, and return the year's folder."""
    year = data / "years" / "t" / "2022"
    year.mkdir(parents=True)
    (data / "places.toml").write_text(PLACES, encoding="utf-8")
    (year / "year.json").write_text(json.dumps({"place": "t", "year": 2022, **meta}), "utf-8")
    for name, frame in tables(cases).items():
        pq.write_table(conform(frame, TABLES[name]), year / f"{name}.parquet")
    return year


def tables(cases: list[dict[str, Any]] = CASES) -> dict[str, pd.DataFrame]:
    """Return the frames of the year."""
    return frames(cases, [item("A")])


def multiply(file: Path, times: int) -> None:
    """Let a file of cases hold each of them many times, under other numbers."""
    more = file.with_suffix(".more")
    number = "md5(case_id || range) || md5(range || case_id)"
    rows = f"select c.* replace ({number} as case_id) from '{file}' c, range({times})"
    duckdb.sql(f"copy ({rows}) to '{more}' (format parquet)")
    more.replace(file)
