"""The rows of one year that count: of licences, and what had happened to them by its end."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd


def licences(folder: Path, table: str, columns: Sequence[str]) -> pd.DataFrame:
    """Return these columns of a table, without the rows of items that are no licences."""
    items = pd.read_parquet(folder / "items.parquet", columns=["item_code", "item_type"])
    others = set(items["item_code"]) - set(items.loc[items["item_type"] == "01", "item_code"])
    rows = pd.read_parquet(folder / f"{table}.parquet", columns=list(columns))
    return rows[~rows["item_code"].isin(others)]


def of_year(moment: pd.Series, year: int) -> pd.Series:
    """Tell which times are in a year."""
    return moment.dt.year == year


def completed(cases: pd.DataFrame, year: int) -> pd.Series:
    """Tell which cases were completed in a year: accepted, closed, and not deleted."""
    end = pd.Timestamp(year + 1, 1, 1)
    done = of_year(cases["closed_at"], year) & (cases["outcome"] != "deleted")
    return done & (cases["accepted_at"] < end) & (cases["submitted_at"] < end)
