"""Staffing (人手): full-time equivalents and working days, by department and month."""

import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.tables import TABLES
from analysis.tables.conform import query

APPROVING = ("approval",)
HANDLING = ("window", "approval")
MONTHS = range(1, 13)


def equivalents(grounds: Grounds, roles: tuple[str, ...]) -> pd.DataFrame:
    """Return full-time equivalents of some roles, one row a department, a column a month (1-12).

    A month without a period of its own takes that of the whole year; without either it is missing.
    """
    rows = query(grounds.rows("staff"), TABLES["staff"])
    rows = rows[rows["role"].isin(roles) & rows["fte"].notna()]
    summed = rows.groupby(["dept_code", "period"])["fte"].sum().unstack("period")
    year = grounds.year.year
    whole = summed.get(str(year), pd.Series(float("nan"), index=summed.index))
    return pd.DataFrame(
        {month: summed.get(f"{year}-{month:02d}", whole).fillna(whole) for month in MONTHS},
        index=summed.index,
        dtype="float64",
    )


def full_time_days(grounds: Grounds, roles: tuple[str, ...]) -> pd.Series:
    """Return the working days of some roles' full-time equivalents, by ``dept_code`` and ``month``.

    Months of which the staff is not known are not there.
    """
    days = equivalents(grounds, roles).mul(working_days(grounds), axis=1)
    return pd.Series(days.rename_axis("month", axis=1).stack(), dtype="float64")


def working_days(grounds: Grounds) -> pd.Series:
    """Return the working days of each month (1-12) of the year, up to the cut-off."""
    year = grounds.year
    assert year.place.calendar is not None
    days = year.place.calendar.frame()
    mine = days[
        days["date"].between(pd.Timestamp(year.start), pd.Timestamp(year.cutoff))
        & days["is_workday"]
    ]
    counted: pd.Series = mine["date"].dt.month.value_counts().reindex(MONTHS, fill_value=0)
    return counted
