"""What the findings' passes count, as DuckDB SQL written by hand: the same tables as by pandas."""

from pathlib import Path

import duckdb
import pandas as pd

from . import applications as of_applications
from . import endings as of_endings
from . import people as of_people

OTHERS = """
    create temp table others as select item_code from items
    group by item_code having not bool_or(item_type = '01')
"""


def applications(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Return ``daily``, ``pairs``, ``resubmitted``, ``together``."""
    return of_applications.counted(opened(folder, year))


def courses(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Return ``courses``."""
    return {"courses": of_people.courses(opened(folder, year))}


def endings(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Return ``endings`` and ``minutes``."""
    return of_endings.counted(opened(folder, year))


def handled(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Return ``handled``."""
    return {"handled": opened(folder, year).sql(of_people.HANDLED).df()}


def rated(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Return ``batches`` and ``tags``."""
    con = opened(folder, year)
    return {"batches": con.sql(of_people.BATCHES).df(), "tags": con.sql(of_people.TAGS).df()}


def opened(folder: Path, year: int) -> duckdb.DuckDBPyConnection:
    """Return a connection with the year's tables, and its bounds as variables."""
    con = duckdb.connect()
    con.sql("set enable_progress_bar = false")
    con.sql(f"set variable first_day = timestamp '{year}-01-01'")
    con.sql(f"set variable after = timestamp '{year + 1}-01-01'")
    for name in ("items", "cases", "events", "evaluations"):
        con.sql(f"create view {name} as from '{folder / name}.parquet'")
    con.sql(OTHERS)
    return con
