"""Inspections (检查) counted: one grouped pass over the table."""

from typing import Any

import pandas as pd

from analysis.statistics.passes.counting import (
    by_cutoff,
    long,
    of_licences,
    total,
    with_days_to_answer,
    within,
)
from analysis.tables.year import Year

# Working days from the inspection to the publication of its result, usual for 双随机 inspections.
PUBLICATION_LIMIT = 20
KEYS = ("month", "dept_code", "inspect_type", "result")


def inspections_in_year(year: Year) -> Any:
    """Return the inspections of the year, up to the cut-off, that concern licences."""
    rows = of_licences(year.tables["inspections"], year)
    rows = rows.mutate(inspected_on=rows["inspected_on"].cast("date"))
    return rows.filter(within(rows["inspected_on"], year))


def inspections_tally(year: Year) -> pd.DataFrame:
    """Count the inspections of a year.

    Returns:
        ``month``, ``dept_code``, ``inspect_type``, ``result``, ``measure``, ``n``. Measures, where
        their columns (and the calendar) are there: ``inspections``; ``inspectors`` (人次);
        ``penalties``; ``published`` by the cut-off; ``published_in_time``; ``published_late``,
        after the limit, or not yet although it is over. Additive.

    Raises:
        XukeError: the calendar does not cover the year.
    """
    rows = inspections_in_year(year)
    rows = rows.mutate(month=rows["inspected_on"].month().cast("int64"))
    if year.has("inspections", "published_on"):
        rows = _with_publication(rows, year)
    sums = {"inspections": rows.count()}
    for column, measure in (("inspectors_n", "inspectors"), ("penalty", "penalties")):
        if column in rows.columns:
            sums[measure] = total(rows[column])
    for measure in ("published", "published_in_time", "published_late"):
        if measure in rows.columns:
            sums[measure] = total(rows[measure])
    return long(rows.group_by(list(KEYS)).agg(**sums), KEYS)


def _with_publication(rows: Any, year: Year) -> Any:
    rows = rows.mutate(published_on=by_cutoff(rows["published_on"].cast("date"), year))
    rows = rows.mutate(published=rows["published_on"].notnull())
    if year.place.calendar is None:
        return rows
    rows = with_days_to_answer(rows, year, rows["inspected_on"], rows["published_on"])
    late = rows["days_to_answer"] > PUBLICATION_LIMIT
    return rows.mutate(published_late=late, published_in_time=rows["published"] & ~late)
