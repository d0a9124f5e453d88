"""Minutes (分钟) in which a department closed many cases: more than its hour makes likely.

Grouped by themselves: among the counts of ``endings`` the minute of closing would make a row of
almost every case.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

from analysis.problems.grounds import Grounds
from analysis.statistics.passes.counting import made_once, total

BATCH = 10  # cases of one department within one minute
IN_HOUR = 60  # minutes
OPEN_MINUTES = 250 * 8 * IN_HOUR  # of a year
# So unlikely that all open minutes of a year hold less than a twentieth of such a minute.
CHANCE = 0.05 / OPEN_MINUTES
RULE = (
    f"不少于{BATCH}件、且多于偶然:该部门这一小时或前后一小时(取最多的)的这类办件若均匀落在{IN_HOUR}分钟里,"
    f"一分钟有这么多的可能不到千万分之{1e7 * CHANCE:.0f}(一年约{OPEN_MINUTES:,}个办公分钟,偶然出现不到0.05次)"
)
SAME, EARLIER = "same", "earlier"
COUNTS = (SAME, EARLIER)


def minutes(grounds: Grounds) -> pd.DataFrame:
    """Return the minutes in which a department closed ``BATCH`` licence cases or more.

    Returns:
        ``dept_code``, empty where unknown; ``minute``; integer columns: ``SAME``, cases closed in it
        that had been accepted in it, too, ``EARLIER``, the others; and ``<name>_hour``, how many of
        these the department closed in the busiest of this hour, the one before and the one after:
        offices open and close within an hour. Times at midnight are dates, and left out. Sorted.
    """
    rows = grounds.completed()
    closed = rows["closed_at"]
    minute = closed.truncate("m")
    rows = rows.filter(closed != closed.truncate("D").cast("timestamp"))
    rows = rows.mutate(
        dept_code=rows["dept_code"].fill_null(""),
        minute=minute.cast("timestamp"),
        same=(rows["accepted_at"].truncate("m") == minute),
    )
    by_minute = rows.group_by(["dept_code", "minute"]).agg(n=rows.count(), same=total(rows["same"]))
    with made_once(by_minute) as by:
        found = _counted(by.filter(by["n"] >= BATCH))
        hour = by["minute"].truncate("h").cast("timestamp")
        hours = by.group_by(dept_code=by["dept_code"], minute=hour)
        around = _counted(hours.agg(n=total(by["n"]), same=total(by["same"])))
    return _beside(found, around.set_index(["dept_code", "minute"]))


def beyond_chance(n: Any, of_hour: Any) -> NDArray[np.bool_]:
    """Tell which minutes hold a batch: so many that their hour does not make them likely.

    The cases of the hour being what they are, those in one minute are binomial if none of its minutes
    is preferred. How busy a department is, and on which day, makes no difference.

    Args:
        n: cases in the minute.
        of_hour: cases in its hour.
    """
    n = np.asarray(n)
    return np.asarray((n >= BATCH) & (binom.sf(n - 1, of_hour, 1 / IN_HOUR) <= CHANCE))


def _counted(rows: Any) -> pd.DataFrame:
    frame: pd.DataFrame = rows.to_pandas()
    frame["minute"] = pd.to_datetime(frame["minute"])
    frame = frame.astype({"n": "int64", SAME: "int64"})
    frame[EARLIER] = frame.pop("n") - frame[SAME]
    return frame[["dept_code", "minute", *COUNTS]]


def _beside(found: pd.DataFrame, hours: pd.DataFrame) -> pd.DataFrame:
    """Add what the busiest of three hours held to each minute."""
    hour = found["minute"].dt.floor("h")
    at = [
        pd.MultiIndex.from_arrays([found["dept_code"], hour + pd.Timedelta(hours=step)])
        for step in (-1, 0, 1)
    ]
    for name in COUNTS:
        each = [hours[name].reindex(index, fill_value=0).to_numpy() for index in at]
        found[f"{name}_hour"] = np.max(each, axis=0).astype("int64")
    return found.sort_values(["dept_code", "minute"], ignore_index=True)
