"""Oversight tallies (监管汇总): inspections, ratings, holders and staff, counted in whole numbers.

One grouped pass over each table; what must be counted once across a table makes a pass of its own.
What happened after the cut-off does not count. Internal, never for publication: small cells.
"""

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from analysis.statistics.passes.counting import summed
from analysis.statistics.passes.holders import holders_tally
from analysis.statistics.passes.inspected import inspections_tally
from analysis.statistics.passes.rated import rated_cases_tally, ratings_tally
from analysis.statistics.passes.staffing import staff_tally
from analysis.tables.year import Year

TALLIES = {
    "inspections": ("inspections", inspections_tally),
    "holders": ("inspections", holders_tally),
    "ratings": ("evaluations", ratings_tally),
    "rated_cases": ("evaluations", rated_cases_tally),
    "staff": ("staff", staff_tally),
}
ADDITIVE = tuple(name for name in TALLIES if name != "holders")


def oversight_tallies(year: Year) -> dict[str, pd.DataFrame]:
    """Return what was counted in the tables of supervision that the year has.

    Returns:
        By name (see ``TALLIES``), a frame with ``dept_code``, other keys, ``measure`` and ``n``.

    Raises:
        XukeError: the calendar does not cover the year.
    """
    return {name: of(year) for name, (table, of) in TALLIES.items() if year.has(table)}


def merge(tallies: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """Add up the tallies of several places; holders cannot be, the same may be in both."""
    tallies = list(tallies)
    frames = {name: [found[name] for found in tallies if name in found] for name in ADDITIVE}
    return {
        name: summed(pd.concat(parts, ignore_index=True)) for name, parts in frames.items() if parts
    }


def count(rows: pd.DataFrame, measure: str, **among: Collection[object]) -> int:
    """Add up a measure of one tally, where columns have one of the given values."""
    kept = rows["measure"] == measure
    for column, values in among.items():
        kept &= rows[column].isin(list(values))
    return int(rows.loc[kept, "n"].sum())
