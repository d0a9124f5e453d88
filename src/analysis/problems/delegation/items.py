"""Delegated items (下放、委托事项) and those of the same departments that they are compared with."""

from collections.abc import Collection

import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.tables.codes.catalogue import LICENCE

SOURCES = ("2", "3", "5")  # 上级下放, 上级授权, 上级委托
ITEM = "item_code"


def licence_items(grounds: Grounds) -> pd.DataFrame:
    """Return the licence items of the catalogue, the latest version of each, by ``item_code``.

    Columns: ``dept_code``; ``delegated``, whether the power comes from above; ``since``, the day
    of delegation (null where not known).
    """
    items = grounds.facts.items
    items = items[items["item_type"] == LICENCE].drop_duplicates(ITEM, keep="last")
    table = pd.DataFrame(
        {
            "dept_code": items["dept_code"],
            "since": items.get("delegated_on", pd.NaT),
            "delegated": items["power_source"].isin(SOURCES),
        },
        index=items.index,
    )
    return table.set_axis(items[ITEM], axis=0)


def stacks(items: pd.DataFrame, waves: Collection[int]) -> pd.DataFrame:
    """Stack, for each month of delegation, the items delegated then and the controls beside them.

    Controls are items of the same department whose power does not come from above: items that are
    delegated earlier or later are no controls, since they change themselves (Goodman-Bacon 2021).

    Args:
        items: as ``licence_items`` returns them.
        waves: the months of delegation that the data allow to be looked at, numbered.

    Returns:
        One row per item and month of delegation: ``item_code``, ``dept_code``, ``wave`` (number of
        the first whole month after the delegation), ``treated``. Only departments that have both.
    """
    treated = dated(items, waves)
    controls = items[~items["delegated"]].reset_index()
    there = treated[["dept_code", "wave"]].drop_duplicates()
    beside = controls.merge(there, on="dept_code").assign(treated=False)
    treated = treated[treated["dept_code"].isin(beside["dept_code"])]
    columns = [ITEM, "dept_code", "wave", "treated"]
    return pd.concat([treated[columns], beside[columns]], ignore_index=True)


def dated(items: pd.DataFrame, waves: Collection[int]) -> pd.DataFrame:
    """Return the items that were delegated in one of the months, with their ``wave``."""
    known = items[items["delegated"] & items["since"].notna()].reset_index()
    since = pd.to_datetime(known["since"])
    known["wave"] = 12 * since.dt.year + since.dt.month - (since.dt.day == 1)
    return known[known["wave"].isin(waves)].assign(treated=True)
