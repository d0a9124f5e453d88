"""Working days (工作日) in any engine: a join with the calendar's numbered days, and a subtraction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis

from analysis.tables.calendar import Calendar

START, END = "start_no", "end_no"  # on a day off, what starts counts from the next working day


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

    def number(self, rows: Any, dates: Mapping[str, tuple[Any, str]]) -> Any:
        """Add a column ``<name>_no`` for each date: its number as a start or as an end.

        Args:
            rows: an Ibis table.
            dates: by name, a date expression over ``rows`` and ``START`` or ``END``. A date
                outside the calendar has no number.
        """
        rows = rows.mutate(**{f"{name}_on": day for name, (day, _) in dates.items()})
        for name, (_, kind) in dates.items():
            numbers = self.days.select(
                **{f"{name}_on": self.days["date"], f"{name}_no": self.days[kind]}
            )
            rows = rows.left_join(numbers, f"{name}_on")
            rows = rows.drop(*(c for c in rows.columns if c.endswith("_right")))
        return rows


def passed(rows: Any, start: str, end: str, *, count_start_day: bool = False) -> Any:
    """Return the working days from one numbered date to another, never below 0; null if unknown."""
    days = rows[f"{end}_no"] - rows[f"{start}_no"] + int(count_start_day)
    return (days < 0).ifelse(0, days).cast("int64")
