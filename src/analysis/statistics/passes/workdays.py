"""Working days (工作日) in any engine: a join with the calendar's numbered days, and a subtraction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis

from analysis.tables.calendar import Calendar


@dataclass(frozen=True)
class Numbers:
    """The working-day numbers of a calendar as an Ibis table."""

    days: Any

    @classmethod
    def of(cls, calendar: Calendar) -> "Numbers":
        """Take over a calendar."""
        frame = calendar.frame()
        days = ibis.memtable(frame.assign(date=frame["date"].dt.date))
        return cls(days.mutate(date=days["date"].cast("date")))

    def number(self, rows: Any, dates: Mapping[str, Any]) -> Any:
        """Add the numbers of each date as a start, ``<name>_start_no``, and as an end, ``<name>_end_no``.

        On a day off, what starts counts from the next working day, what ends from the one before.

        Args:
            rows: an Ibis table.
            dates: by name, a date expression over ``rows``. A date outside the calendar has no
                number.
        """
        rows = rows.mutate(**{f"{name}_on": day for name, day in dates.items()})
        for name in dates:
            numbers = self.days.select(
                **{f"{name}_day": self.days["date"]},
                **{f"{name}_{kind}": self.days[kind] for kind in ("start_no", "end_no")},
            )
            rows = rows.left_join(numbers, [(f"{name}_on", f"{name}_day")])
        return rows.drop(*(f"{name}_{made}" for name in dates for made in ("on", "day")))


def between(rows: Any, start: str, end: str) -> Any:
    """Return the number of one date as an end minus that of another as a start; null if unknown.

    It is negative where both are on the same days off, or in the wrong order.
    """
    return rows[f"{end}_end_no"] - rows[f"{start}_start_no"]


def passed(numbers: Any, *, count_start_day: bool = False) -> Any:
    """Return the working days that have passed ``between`` two dates, never below 0."""
    days = numbers + 1 if count_start_day else numbers
    return (days < 0).ifelse(0, days).cast("int64")
