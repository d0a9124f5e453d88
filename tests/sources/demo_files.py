"""Reading the demo's files with plain pandas, and counting working days with chinese_calendar."""

from functools import cache, lru_cache
from pathlib import Path

import chinese_calendar
import numpy as np
import pandas as pd

EXPORTED = {year: pd.Timestamp(year + 1, 1, 15) for year in (2021, 2022, 2023)}


def path(data: Path, year: int, table: str) -> Path:
    return data / "years" / "demo" / str(year) / f"{table}.parquet"


@lru_cache(maxsize=3)
def read(data: Path, year: int, table: str, *columns: str) -> pd.DataFrame:
    return pd.read_parquet(path(data, year, table), columns=list(columns) or None)


def during(times: pd.Series, year: int) -> pd.Series:
    return times.dt.year == year


@cache
def _numbers() -> pd.DataFrame:
    days = pd.date_range("2019-01-01", "2025-01-31")
    work = np.array([chinese_calendar.is_workday(day.date()) for day in days])
    upto = np.cumsum(work)
    return pd.DataFrame({"end": upto, "start": np.where(work, upto, upto + 1)}, index=days)


def working_days(start: pd.Series, end: pd.Series) -> np.ndarray:
    """Count working days, the start day not counted, never below 0; NaN where a day is missing."""
    numbers = _numbers()
    first = numbers["start"].reindex(start.dt.normalize()).to_numpy()
    last = numbers["end"].reindex(end.dt.normalize()).to_numpy()
    passed: np.ndarray = np.maximum(last - first, 0)  # NaN stays
    return passed
