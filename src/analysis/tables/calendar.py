"""Working-day calendars (工作日历) and the counting of days.

行政许可法 Art. 82: limits are in working days, statutory holidays excluded; the make-up working
days (调休) that the State Council decrees each year count as working days.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import XukeError

if TYPE_CHECKING:  # an import, and a run with nothing to do, begin before pandas is loaded
    import pandas as pd

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Calendar:
    """Which days are working days, for an unbroken run of days.

    Working days are numbered from 1. A start on a non-working day counts from the next working
    day, an end on one counts as the previous; so every day has a start number and an end number.
    """

    def __init__(self, name: str, first: date, workdays: Iterable[bool]):
        """Make a calendar from a flag per day, beginning with the day ``first``."""
        self.name = name
        self.first = first
        self.is_workday = np.fromiter(workdays, dtype=bool)
        self.last = first + timedelta(days=len(self.is_workday) - 1)
        self._end_no = np.cumsum(self.is_workday)
        self._start_no = self._end_no + ~self.is_workday

    def frame(self) -> "pd.DataFrame":
        """Return one row per day: date, is_workday, start_no, end_no (working-day numbers)."""
        import pandas as pd

        return pd.DataFrame(
            {
                "date": pd.date_range(self.first, self.last, unit="us"),
                "is_workday": self.is_workday,
                "start_no": self._start_no,
                "end_no": self._end_no,
            }
        )

    def end_number(self, day: date) -> int:
        """Return the number of a day as an end; see ``frame``."""
        return int(self._end_no[self._index(day)])

    def require(self, year: int) -> None:
        """Refuse a year that this calendar does not cover whole.

        Raises:
            XukeError: a day of the year is missing.
        """
        if date(year, 1, 1) < self.first or date(year, 12, 31) > self.last:
            raise XukeError(
                f"工作日历“{self.name}”只覆盖 {self.first} 至 {self.last},不能计算 {year} 年的工作日:"
                "请更新日历数据(chinesecalendar),或在 data/calendars/ 放入该年的日历表。"
            )

    def working_days(self, start: date, end: date, *, count_start_day: bool = False) -> int:
        """Return how many working days have passed from ``start`` to ``end``, never below 0.

        The start day itself is not counted unless ``count_start_day`` (the law does not say).
        """
        passed = int(self._end_no[self._index(end)] - self._start_no[self._index(start)])
        return max(passed + count_start_day, 0)

    def due(self, start: date, limit: int, *, count_start_day: bool = False) -> date:
        """Return the last day of a limit of ``limit`` working days that starts on ``start``.

        Raises:
            XukeError: the due day lies beyond the calendar.
        """
        number = int(self._start_no[self._index(start)]) + max(limit - count_start_day, 0)
        index = int(np.searchsorted(self._end_no, number))
        if index >= len(self._end_no):
            self.require(self.last.year + 1)
        return self.first + timedelta(days=index)

    def _index(self, day: date) -> int:
        if not self.first <= day <= self.last:
            self.require(day.year)
        return (day - self.first).days


@cache
def china() -> Calendar:
    """Return the working-day calendar of mainland China, as far as it has been decreed."""
    # Its rule, not its function: that looks through all holidays for every day.
    from chinese_calendar.constants import holidays, workdays

    first, last = date(2004, 1, 1), date(max(day.year for day in holidays), 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    working = (
        day in workdays or (day.weekday() < SATURDAY and day not in holidays) for day in days
    )
    return Calendar("china", first, working)


def load_calendar(name: str, folder: Path) -> Calendar:
    """Return the calendar called ``name``: ``china``, or ``<folder>/<name>.csv``.

    The file has the columns ``date`` (YYYY-MM-DD, every day without a gap) and ``is_workday``
    (1 or 0).

    Raises:
        XukeError: no such calendar, or its file has gaps or other values.
    """
    if name == "china":
        return china()
    import pandas as pd

    path = folder / f"{name}.csv"
    if not path.is_file():
        raise XukeError(f"没有名为“{name}”的工作日历:请写 china,或放入 data/calendars/{name}.csv。")
    try:
        days = pd.read_csv(path, dtype=str).reindex(columns=["date", "is_workday"])
    except (OSError, ValueError):  # no columns at all, or another encoding
        days = pd.DataFrame(columns=["date", "is_workday"])
    dates = pd.to_datetime(days["date"], format="%Y-%m-%d", errors="coerce")
    unbroken = len(days) > 0 and bool((dates.diff().dropna() == ONE_DAY).all())
    if not unbroken or dates.isna().any() or not days["is_workday"].isin(["0", "1"]).all():
        raise XukeError(
            f"工作日历 {path.name} 不能用:须为 UTF-8,有 date 列(逐日连续,YYYY-MM-DD)和 is_workday 列(1 或 0)。"
        )
    return Calendar(name, dates.iloc[0].date(), days["is_workday"] == "1")
