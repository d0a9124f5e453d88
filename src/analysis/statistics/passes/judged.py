"""Judged cases (逐件判定): case by case, what cells count in groups."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.statistics.passes.running import clocks_of, running_since, with_days
from analysis.statistics.passes.states import as_of_cutoff
from analysis.tables.year import Year


def judged(year: Year) -> Any:
    """Return the cases that concern a year, with what the cells are made of: an Ibis table.

    Beside what ``as_of_cutoff`` returns there are, with a calendar, ``days`` and ``<clock>_margin``;
    see ``cells``.
    """
    seen = dated(year)
    return with_days(seen, clocks_of(year)) if year.place.calendar else seen


def dated(year: Year) -> Any:
    """Return the cases that concern a year, their months and states, and what days follow from."""
    seen = as_of_cutoff(year)
    return running_since(seen, year) if year.place.calendar else seen


def narrowed(year: Year, cases: Any, columns: Sequence[str]) -> Year:
    """Return a year whose cases have these columns alone: a query over forty takes long to write."""
    kept = [name for name in dict.fromkeys(columns) if name in cases.columns]
    return replace(year, tables={**year.tables, "cases": cases.select(kept)})
