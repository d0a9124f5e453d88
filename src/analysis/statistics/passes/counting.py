"""Counting (计数) in any engine: what the passes over the tables share."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import ibis
import pandas as pd

from analysis.statistics.passes.workdays import Numbers, between, passed
from analysis.tables.codes.catalogue import LICENCE
from analysis.tables.year import Year

KEYS_OF_NUMBERS = ("month", "is_default", "round", "value")


def number(values: Any) -> Any:
    """Return a whole number, or 1 where a condition holds: not every engine casts one to the other.

    Null counts as nothing.
    """
    return values.ifelse(1, 0) if values.type().is_boolean() else values.cast("int64").fill_null(0)


def total(values: Any) -> Any:
    """Add up a number, or count where a condition holds; see ``number``."""
    return number(values).sum()


def made_once(rows: Any) -> Any:
    """Have the engine make rows once, for several counts: a temporary table within ``with``."""
    if rows.get_backend().name == "pyspark":
        # There ``cache`` leaves out the lists of codes that rows rest on; any query brings them along.
        rows.limit(0).to_pyarrow()
    return rows.cache()


def other_items(items: pd.DataFrame) -> set[str]:
    """Return the codes of the items known to be of another type than 行政许可 (01)."""
    return set(items["item_code"]) - set(items.loc[items["item_type"] == LICENCE, "item_code"])


def of_licences(rows: Any, year: Year) -> Any:
    """Keep the rows of an Ibis table that concern licences, or items that are not in the catalogue.

    A row without an item, or a table without that column, is kept. The codes are joined: a list of
    a thousand in the condition would be gone through for every row.
    """
    others = sorted(other_items(year.items))
    if not others or "item_code" not in rows.columns:
        return rows
    return rows.anti_join(ibis.memtable({"item_code": others}), "item_code")


def by_cutoff(moment: Any, year: Year) -> Any:
    """Blank a time, or a day, that is after the cut-off: it was not yet so."""
    if moment.type().is_date():
        return (moment <= year.cutoff).ifelse(moment, ibis.null("date"))
    end = datetime.combine(year.end, time.min)
    return (moment < end).ifelse(moment, ibis.null("timestamp"))


def within(moment: Any, year: Year) -> Any:
    """Tell whether a time, or a day, is in the year, up to the cut-off."""
    if moment.type().is_date():
        return moment.between(year.start, year.cutoff)
    start, end = (datetime.combine(day, time.min) for day in (year.start, year.end))
    return (moment >= start) & (moment < end)


def with_days_to_answer(rows: Any, year: Year, since: Any, answered: Any) -> Any:
    """Add ``days_to_answer``: working days until an answer, or until the cut-off without one.

    Args:
        rows: an Ibis table.
        year: whose calendar and cut-off; it must have a calendar.
        since: day from which the limit runs, in the year; the day itself is not counted.
        answered: day of the answer, not after the cut-off; null without one. An answer that is
            recorded as earlier than the question is one of the same day.

    Raises:
        XukeError: the calendar does not cover the year.
    """
    assert year.place.calendar is not None
    year.place.calendar.require(year.year)
    cutoff = ibis.date(year.cutoff.isoformat())
    until = ibis.greatest(answered.fill_null(cutoff), since)
    numbered = Numbers.of(year.place.calendar).number(rows, {"since": since, "until": until})
    return numbered.mutate(days_to_answer=passed(between(numbered, "since", "until")))


def completed_cases(year: Year) -> Any:
    """Return the licence cases completed in the year (办结): accepted, closed, and not deleted."""
    cases = of_licences(year.tables["cases"], year)
    return cases.filter(is_completed(cases, year))


def is_completed(cases: Any, year: Year) -> Any:
    """Return which cases were completed in the year (办结): accepted, closed, and not deleted."""
    accepted, submitted = (by_cutoff(cases[f"{m}_at"], year) for m in ("accepted", "submitted"))
    return (
        submitted.notnull()
        & accepted.notnull()
        & within(cases["closed_at"], year)
        & (cases["outcome"].fill_null("") != "deleted")
    )


def long(counts: Any, keys: Iterable[str]) -> pd.DataFrame:
    """Run a grouped query and return its sums one below the other.

    Args:
        counts: an Ibis table: keys, and one integer column for each thing counted.
        keys: names of the keys.

    Returns:
        The keys (numbers, or text, empty where unknown), ``measure`` and ``n``; only what is there.
        Sorted, so that equal data give an equal frame.
    """
    keys = list(keys)
    wide: pd.DataFrame = counts.to_pandas()
    rows = wide.melt(id_vars=keys, var_name="measure", value_name="n")
    return summed(rows[rows["n"] > 0])


def summed(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the rows of a tally that are equal but for ``n``."""
    keys = [column for column in rows.columns if column != "n"]
    typed = {key: "int64" if key in (*KEYS_OF_NUMBERS, "n") else "str" for key in rows.columns}
    filled = rows.fillna({key: "" for key in keys if key not in KEYS_OF_NUMBERS}).astype(typed)
    return filled.groupby(keys, sort=True)["n"].sum().reset_index()
