"""Ratings (评价) counted: one grouped pass over the table, and one over the cases that have them."""

from typing import Any

import ibis
import pandas as pd

from analysis.statistics.passes.counting import (
    by_cutoff,
    completed_cases,
    long,
    of_licences,
    total,
    with_days_to_answer,
    within,
)
from analysis.tables.year import Year

# Working days from the work order (差评工单) to its rectification. The province's rules in force could
# not be read; local rules name 5 working days for simple matters and longer terms for others.
RECTIFICATION_LIMIT = 15
KEYS = ("month", "dept_code", "channel", "satisfaction", "is_default", "round")


def ratings_tally(year: Year) -> pd.DataFrame:
    """Count the ratings of a year.

    Returns:
        ``month``, ``dept_code``, ``channel``, ``satisfaction``, ``is_default`` (1 where the system
        rated), ``round`` (0 where unknown), ``measure``, ``n``. Measures, where their columns (and
        the calendar) are there: ``ratings``; ``ordered``, with a work order by the cut-off;
        ``rectified`` of these; ``rectified_in_time``; ``rectified_late``, after the limit, or not
        yet although it is over. Additive.

    Raises:
        XukeError: the calendar does not cover the year.
    """
    rows = of_licences(year.tables["evaluations"], year)
    rows = _with_default(rows.filter(within(rows["evaluated_at"], year)))
    rows = rows.mutate(
        month=rows["evaluated_at"].month().cast("int64"),
        channel=rows["channel"] if "channel" in rows.columns else ibis.literal(""),
        is_default=rows["by_default"].ifelse(1, 0).cast("int64"),
        round=rows["round"].fill_null(0).cast("int64") if "round" in rows.columns else 0,
    )
    if year.has("evaluations", "order_created_at", "rectified_at"):
        rows = _with_rectification(rows, year)
    sums = {"ratings": rows.count()}
    for measure in ("ordered", "rectified", "rectified_in_time", "rectified_late"):
        if measure in rows.columns:
            sums[measure] = total(rows[measure])
    return long(rows.group_by(list(KEYS)).agg(**sums), KEYS)


def _with_default(rows: Any) -> Any:
    """Add ``by_default``: whether the system rated; unknown is no."""
    known = "is_default" in rows.columns
    return rows.mutate(by_default=rows["is_default"].fill_null(False) if known else False)


def _with_rectification(rows: Any, year: Year) -> Any:
    rows = rows.mutate(
        order_created_at=by_cutoff(rows["order_created_at"], year),
        rectified_at=by_cutoff(rows["rectified_at"], year),
    )
    ordered = rows["order_created_at"].notnull()
    rows = rows.mutate(ordered=ordered, rectified=ordered & rows["rectified_at"].notnull())
    if year.place.calendar is None:
        return rows
    rated_on = rows["evaluated_at"].date()
    ordered_on = ibis.greatest(rows["order_created_at"].date().fill_null(rated_on), rated_on)
    rows = with_days_to_answer(rows, year, ordered_on, rows["rectified_at"].date())
    late = rows["ordered"] & (rows["days_to_answer"] > RECTIFICATION_LIMIT)
    return rows.mutate(rectified_late=late, rectified_in_time=rows["rectified"] & ~late)


def rated_cases_tally(year: Year) -> pd.DataFrame:
    """Count the cases completed in the year that have been rated by the cut-off, each once.

    A pass of its own: ratings alone do not tell how many cases they are about.

    Returns:
        ``dept_code`` (that of the case), ``measure``, ``n``. Measures: ``completed``, ``rated``,
        ``rated_actively`` (by at least one rating that is not the system's), ``ratings`` of the
        rated cases. Additive. Empty without ``evaluations.case_id``.
    """
    if not year.has("evaluations", "case_id"):
        return pd.DataFrame(columns=["dept_code", "measure", "n"])
    ratings = year.tables["evaluations"]
    known = by_cutoff(ratings["evaluated_at"], year).notnull()
    ratings = _with_default(ratings.filter(known, ratings["case_id"].notnull()))
    by_case = ratings.group_by("case_id").agg(
        ratings=ratings.count(), active=total(~ratings["by_default"])
    )
    cases = completed_cases(year).select("case_id", "dept_code").left_join(by_case, "case_id")
    counts = cases.group_by("dept_code").agg(
        completed=cases.count(),
        rated=total(cases["ratings"].notnull()),
        rated_actively=total((cases["active"] > 0).fill_null(False)),
        ratings=total(cases["ratings"]),
    )
    return long(counts, ["dept_code"])
