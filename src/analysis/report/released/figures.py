"""Released figures (公开的指标): those of a year as one table to be protected, and what is shown of it.

A figure of the catalogue alone counts neither cases nor persons, and is shown as it is. Of all others
those of ``declared`` are shown, as far as they are protected.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.report.disclosure import Computed, Share, Summary, Table
from analysis.report.disclosure.rules import MEASURE, YEAR
from analysis.report.disclosure.tables import Derived
from analysis.report.numbers import MASK
from analysis.report.released.declared import (
    COUNTS,
    FLOWS,
    OF_CASES,
    PARTS,
    RESULTS,
    SHARES,
    SUMMARIES,
    Key,
)
from analysis.report.released.labels import Where, named
from analysis.statistics.figure import Figure, Kind
from analysis.statistics.registry import REGISTRY

NAME, WITHHELD = "指标", "公开版不列出"
SUPPRESSED = "公开版已抑制"


def is_free(figure: Figure) -> bool:
    """Return whether a figure counts neither cases nor persons: it rests on the catalogue alone."""
    return figure.kind is Kind.STATED or all(need.startswith("items.") for need in figure.needs)


def figures_table(year: int, numbers: pd.DataFrame) -> Table:
    """Return the released figures of a year as one row, with every count that they rest on.

    Args:
        year: the year.
        numbers: as ``figures`` returns them, of the whole place.
    """
    rows = {(row["id"], row["variant"]): row for row in numbers.to_dict("records") if row["value"]}
    counts: dict[str, int] = {}
    meant: dict[str, Where] = {}
    derived: list[Derived] = []
    values: dict[str, str] = {}

    def count(where: Where, n: str) -> str:
        column = named(where)
        counts[column], meant[column] = int(n), where
        return column

    for key, where in COUNTS.items():
        if key in rows:
            count(where, rows[key]["numerator"])
    for key, (part, whole) in SHARES.items():
        if key in rows:
            parts = count(part, rows[key]["numerator"]), count(whole, rows[key]["denominator"])
            derived.append(Share(label(key), *parts))
            values[label(key)] = rows[key]["value"]
    for key, where in SUMMARIES.items():
        if key in rows and OF_CASES in rows:
            count(where, rows[OF_CASES]["denominator"])
            derived.append(Summary(label(key), named(where)))
            values[label(key)] = rows[key]["value"]
    for key, sources in RESULTS.items():
        if key in rows and all(named(where) in counts for where in sources):
            derived.append(Computed(label(key), tuple(map(named, sources))))
            values[label(key)] = rows[key]["value"]
    frame = pd.DataFrame({**counts, **values}, index=pd.Index([str(year)], name=YEAR))
    inside = {
        named(part): named(whole)
        for part, whole in PARTS
        if named(part) in counts and named(whole) in counts
    }
    name = f"{year} 年{NAME}"
    return Table(name, frame, rows=YEAR, meant=meant, derived=derived, parts=inside)


def label(key: Key) -> str:
    """Return the column of a figure that is not a count."""
    return f"{REGISTRY[key].term}({'.'.join(filter(None, key))})"


def released_figures(numbers: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Return figures as the public may see them.

    Args:
        numbers: as ``figures`` returns them.
        shown: the row that ``figures_table`` made of them, protected.

    Returns:
        The same rows. What is suppressed has ``*`` for a value; what is not released has none,
        and ``reason`` says so. Numerator and denominator are there only where both are shown.
    """
    row = {str(name): value for name, value in shown.iloc[0].items()} if len(shown) else {}
    made = [_released(each, row) for each in numbers.to_dict("records")]
    return pd.DataFrame(made, columns=numbers.columns)


def _released(row: dict[Hashable, Any], shown: Mapping[str, Any]) -> dict[Hashable, Any]:
    key = (row["id"], row["variant"])
    if is_free(REGISTRY[key]) or not row["value"]:
        return row
    column = named(COUNTS[key]) if key in COUNTS else label(key)
    if column not in shown:
        return row | {"value": "", "numerator": "", "denominator": "", "reason": WITHHELD}
    if shown[column] == MASK:
        return row | {"value": MASK, "numerator": "", "denominator": "", "reason": SUPPRESSED}
    return row | ({"numerator": ""} if key in SUMMARIES else {})


def department_figures(numbers: pd.DataFrame, row: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of one department as the public may see them.

    Args:
        numbers: as ``figures`` returns them for the department's catalogue.
        row: the department's row in the released table of departments; empty for none.

    Returns:
        The same rows: of cases, only what stands in that table; see ``released_figures``.
    """
    known = {str(name): value for name, value in row.iloc[0].items()} if len(row) else {}
    made = []
    for each in numbers.to_dict("records"):
        key = (each["id"], each["variant"])
        term = FLOWS[key][MEASURE] if key in FLOWS else ""
        if term in known:
            hidden = known[term] == MASK
            value = MASK if hidden else str(known[term])
            reason = SUPPRESSED if hidden else ""
            numerator = "" if hidden else value
            each |= {"value": value, "numerator": numerator, "reason": reason}
        elif not is_free(REGISTRY[key]):
            each |= {"value": "", "numerator": "", "denominator": "", "reason": WITHHELD}
        made.append(each)
    return pd.DataFrame(made, columns=numbers.columns)
