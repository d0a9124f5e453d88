"""Versions of the catalogue (事项版本): which rows were in force on a day."""

from datetime import date

import pandas as pd


def in_force(items: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the catalogue rows in force (有效) on a day: one for each item.

    The day lies within the row's dates, and the item is in use. A version that has ended since
    was in use on the day, whatever its status says now. An export may not say when a version ended:
    of several versions of an item the latest is in force, or the item's cases would count twice.
    """
    none = pd.Series(pd.NaT, index=items.index)
    since, until = items.get("valid_from", none), items.get("valid_to", none)
    moment = pd.Timestamp(day)
    covers = (since.isna() | (since <= moment)) & (until.isna() | (until >= moment))
    rows = items[covers & ((items["item_status"] == "1") | until.notna())]
    if not {"item_code", "item_version"} <= set(rows.columns):
        return rows
    latest = rows.groupby("item_code")["item_version"].transform("max")
    older = rows["item_version"] < latest  # null where an export tells no versions
    return rows[~older.fillna(False).astype(bool)]
