"""Trends (历年): figures, catalogue changes and definitions of several years side by side."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd

from analysis.statistics.catalogue.revisions import KINDS, changes
from analysis.statistics.facts import Facts
from analysis.statistics.figure import rounded
from analysis.statistics.registry import REGISTRY
from analysis.tables import TABLES
from analysis.tables.redefinition import Redefinition


def figures_by_year(years: Sequence[Facts], ids: Iterable[str]) -> pd.DataFrame:
    """Return figures of several years side by side.

    Args:
        years: oldest first.
        ids: the figures wanted; of each its first variant.

    Returns:
        One row per figure that a year gives: ``id``, ``term``, ``unit``; and a column for each
        year, as text; empty where the figure could not be computed.
    """
    first = {figure.id: figure for figure in reversed(REGISTRY.values())}
    rows = []
    for name in ids:
        figure = first[name]
        values = [figure.value(figure.result(facts)) for facts in years]
        if any(value is not None for value in values):
            shown = ["" if v is None else str(rounded(v, figure.decimals)) for v in values]
            rows.append((figure.id, figure.term, figure.unit, *shown))
    names = ["id", "term", "unit", *(facts.year.year for facts in years)]
    return pd.DataFrame(rows, columns=names)


def breaks(years: Sequence[Facts], declared: Iterable[Redefinition]) -> pd.DataFrame:
    """Return what makes years not count the same (口径变化): seen in the data, or declared.

    Returns:
        One row per break, by year: ``year`` (from it on), ``figure`` (id; empty for all), ``what``
        and ``source``, in Chinese.
    """
    rows: list[tuple[int, str, str, str]] = []
    for facts in years:
        year = facts.year
        if year.cutoff != year.default_cutoff:
            rows.append((year.year, "", f"统计截至 {year.cutoff},不是全年", "数据"))
    for before, now in pairwise(years):
        rows += [(now.year.year, "", what, "数据") for what in _columns_changed(before, now)]
    within = {facts.year.year for facts in years[1:]}
    rows += [(r.since, r.figure, r.what, r.source) for r in declared if r.since in within]
    frame = pd.DataFrame(rows, columns=["year", "figure", "what", "source"])
    return frame.sort_values("year", kind="stable", ignore_index=True)


def _columns_changed(before: Facts, now: Facts) -> list[str]:
    """Say which columns came or went between two years: figures that rest on them come and go."""
    said = []
    for name, table in TABLES.items():
        old, new = (_columns(facts, name) for facts in (before, now))
        for words, columns in (("新有", new - old), ("不再有", old - new)):
            if columns:
                terms = [column.term for column in table.columns if column.name in columns]
                whole = not old or not new
                said.append(f"{words}{table.term}表" + ("" if whole else f"的{'、'.join(terms)}"))
    return said


def _columns(facts: Facts, table: str) -> set[str]:
    if not facts.year.has(table):
        return set()
    known = {column.name for column in TABLES[table].columns}
    return {c for c in known & set(facts.year.tables[table].columns) if facts.year.has(table, c)}


def catalogue_changes(years: Sequence[Facts]) -> pd.DataFrame:
    """Return how many licences changed in each year, by kind of change (目录变化).

    A year is compared with the catalogue in force at the end of the year before: that year's own
    data where they are there, else what its own catalogue says was in force then.

    Returns:
        Index 年度; an integer column for each kind of change that any year has.
    """
    rows = {}
    for before, now in zip([None, *years[:-1]], years, strict=True):
        found = changes(now, before.in_force if before else None)
        rows[f"{now.year.year} 年"] = found["change"].value_counts()
    frame = pd.DataFrame.from_dict(rows, orient="index").reindex(columns=list(KINDS)).fillna(0)
    frame = frame.loc[:, frame.any()]
    return frame.astype("int64").rename_axis("年度")
