"""Oversight tallies (监管汇总): inspections and ratings, each table grouped once, integers only."""

import pandas as pd

from analysis.tables.year import Year


def oversight_tallies(year: Year) -> dict[str, pd.DataFrame]:
    """Return what was counted in each table of supervision that the year has, by table."""
    return {}
