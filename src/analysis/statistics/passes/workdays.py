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


def passed(rows: Any, start: str, end: str, *, count_start_day: bool = False) -> Any:
    """Return the working days from one numbered date to another, never below 0; null if unknown."""
    days = rows[f"{end}_end_no"] - rows[f"{start}_start_no"]
    days = days + 1 if count_start_day else days
    return (days < 0).ifelse(0, days).cast("int64")
