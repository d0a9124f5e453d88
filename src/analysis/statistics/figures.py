"""The registry of figures (指标登记表), and ``figures``: all of them for a year.

Page, workbook, check and draft read this registry and nothing else.
"""

import pandas as pd

from analysis.statistics import (
    access,
    catalogue,
    compression,
    durations,
    duties,
    immediate,
    lateness,
    ratings,
    reach,
    staff,
    stated,
    supervision,
    volume,
)
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, rounded
from analysis.tables.year import Year

REGISTRY: dict[tuple[str, str], Figure] = {
    (figure.id, figure.variant): figure
    for topic in (
        catalogue,
        volume,
        compression,
        immediate,
        durations,
        lateness,
        duties,
        supervision,
        reach,
        ratings,
        staff,
        access,
        stated,
    )
    for figure in topic.FIGURES
}

COLUMNS = (
    "place",
    "year",
    "id",
    "variant",
    "term",
    "value",
    "unit",
    "numerator",
    "denominator",
    "kind",
    "grain",
    "scope",
    "cutoff",
    "section",
    "data",
    "reason",
)


def figures(year: Year | Facts) -> pd.DataFrame:
    """Compute every registered figure of a year, or of one department (given its facts).

    Returns:
        One row per figure and variant, in the report's order. ``value`` is text: the figure in its
        unit, rounded half up to its decimals; empty where it could not be computed, and ``reason``
        says why. ``numerator`` and ``denominator`` are text too, unrounded, so that integers of
        any size stay exact. ``data`` is ``synthetic`` or ``real``.

    Raises:
        XukeError: the calendar does not cover the year, or a date of a case.
    """
    facts = year if isinstance(year, Facts) else Facts.of(year)
    return pd.DataFrame([_row(f, facts) for f in REGISTRY.values()], columns=list(COLUMNS))


def _row(figure: Figure, facts: Facts) -> dict[str, object]:
    result, of = figure.result(facts), facts.year
    exact = figure.value(result)
    return {
        "place": of.place.slug,
        "year": of.year,
        "id": figure.id,
        "variant": figure.variant,
        "term": figure.term,
        "value": "" if exact is None else str(rounded(exact, figure.decimals)),
        "unit": figure.unit,
        "numerator": "" if result.numerator is None else str(result.numerator),
        "denominator": "" if result.denominator is None else str(result.denominator),
        "kind": figure.kind.value,
        "grain": figure.grain,
        "scope": figure.scope,
        "cutoff": of.cutoff.isoformat(),
        "section": figure.section,
        "data": "synthetic" if of.synthetic else "real",
        "reason": result.reason,
    }
