"""Versions of the catalogue (事项版本): which rows were in force on a day."""

from datetime import date

import pandas as pd

IN_USE = "1"


def in_force(items: pd.DataFrame, day: date, exported_on: date | None = None) -> pd.DataFrame:
    """Return the catalogue rows in force (有效) on a day: of each item the latest version.

    The day lies within the row's dates, and the item is in use. A version that has ended since was in
    use on the day, whatever its status says now; one that is suspended or dropped (暂停、取消) and would
    end after the export only (计划取消日期) was not. An export may not say when a version ended: of several
    the latest is in force, or the item's cases would count twice.

    Args:
        items: the catalogue, all versions.
        day: the day.
        exported_on: when the catalogue was exported; if that is not known, every date of an end is
            taken for one that has passed.
    """
    none = pd.Series(pd.NaT, index=items.index)
    since, until = items.get("valid_from", none), items.get("valid_to", none)
    moment = pd.Timestamp(day)
    covers = (since.isna() | (since <= moment)) & (until.isna() | (until >= moment))
    ended = until.notna() if exported_on is None else until < pd.Timestamp(exported_on)
    rows = items[covers & ((items["item_status"] == IN_USE) | ended)]
    if not {"item_code", "item_version"} <= set(rows.columns):
        return rows
    older = rows["item_version"] < rows.groupby("item_code")["item_version"].transform("max")
    return rows[~older.fillna(False).astype(bool)]  # null where an export tells no versions
