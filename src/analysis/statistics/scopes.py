"""Scopes (范围): the rows of the catalogue that figures are over."""

from collections.abc import Collection

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.tables.codes.catalogue import LICENCE

# The columns that say which rows are in a scope.
LICENCE_NEEDS = ("items.item_type", "items.item_status")
PLATFORM_NEEDS = (*LICENCE_NEEDS, "items.in_prov_system")
SERVICE_NEEDS = ("items.on_application", "items.item_status")
DATE_NEEDS = ("items.valid_from", "items.valid_to")  # by which they were in force at another time


def licences(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the administrative licences (行政许可, item type 01)."""
    return items[items["item_type"] == LICENCE]


def services(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services provided on application (依申请政务服务事项)."""
    return items[items["on_application"].fillna(False)]


def licences_in_force(facts: Facts) -> pd.DataFrame:
    """Return the licence items in force at the cut-off."""
    return facts.once(_licences_in_force)


def platform_handling(facts: Facts) -> pd.DataFrame:
    """Return the licence items on the provincial system, in force, at their finest grain."""
    return facts.once(_platform_handling)


def accepted_by_item(facts: Facts) -> pd.Series:
    """Return how many cases of each item were accepted, indexed by its code; none of some items."""
    return facts.once(_accepted_by_item)


def _accepted_by_item(facts: Facts) -> pd.Series:
    counts = facts.coded_rows("accepted").groupby("item_code", observed=True)["n"].sum()
    return counts.set_axis(counts.index.astype("str"))


def _licences_in_force(facts: Facts) -> pd.DataFrame:
    return licences(facts.in_force)


def _platform_handling(facts: Facts) -> pd.DataFrame:
    items = licences_in_force(facts)
    return items[items["in_prov_system"].fillna(False)]


def members(values: pd.Series) -> pd.Series:
    """Return the codes of a set column (代码集合), one row a code, under their rows' index.

    A code that a row names twice is there once.
    """
    sets = values.dropna().map(lambda text: [*dict.fromkeys(text.split("^"))])
    codes = sets.explode().astype("str")
    return codes[codes != ""]


def has_any(values: pd.Series, codes: Collection[str]) -> pd.Series:
    """Tell for each row whether its set column (代码集合) holds any of the codes."""
    found = members(values)
    return pd.Series(values.index.isin(found.index[found.isin(list(codes))]), index=values.index)
