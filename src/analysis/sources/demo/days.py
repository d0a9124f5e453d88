"""Days and hours (时日) of the demo place: when people apply and when staff work."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analysis.tables.calendar import china

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EPOCH = date(1970, 1, 1)
DAY = 86_400  # seconds
# Applications by month: the Spring Festival dip, the year-end rise.
MONTHS = np.array([0.93, 0.68, 1.04, 0.99, 1.00, 1.03, 1.02, 1.01, 1.04, 0.96, 1.12, 1.18])
WEEKDAYS = np.array([1.18, 1.06, 1.00, 0.97, 0.90, 0.62, 0.58])  # make-up days at weekends too
HOLIDAY = 0.055  # of a working day: online only


@dataclass(frozen=True)
class Days:
    """The days 2020-2024, by days since 1970, and their working-day numbers."""

    first: int
    start_no: Ints
    end_no: Ints
    workday: Bools
    of_number: Ints

    @classmethod
    def make(cls) -> "Days":
        """Cut the calendar of mainland China to the years that the demo place needs."""
        frame = china().frame()
        frame = frame[frame["date"].dt.year.between(2020, 2024)]
        base = int(frame["end_no"].iloc[0])
        workday = frame["is_workday"].to_numpy()
        first = (frame["date"].iloc[0].date() - EPOCH).days
        return cls(
            first=first,
            start_no=frame["start_no"].to_numpy().astype(np.int64) - base,
            end_no=frame["end_no"].to_numpy().astype(np.int64) - base,
            workday=workday,
            of_number=np.flatnonzero(np.r_[workday]) + first,
        )

    def number(self, day: Ints) -> Ints:
        """Return the working-day number on which what starts on ``day`` starts."""
        return np.asarray(self.start_no[day - self.first])

    def day(self, number: Ints) -> Ints:
        """Return the day with a working-day number."""
        return np.asarray(self.of_number[number - self.end_no[self.of_number[0] - self.first]])

    def is_workday(self, day: Ints) -> Bools:
        """Tell which days are working days."""
        return np.asarray(self.workday[day - self.first])

    def last_number(self, year: int) -> int:
        """Return the number of the last working day of a year."""
        return int(self.end_no[(date(year, 12, 31) - EPOCH).days - self.first])

    def first_number(self, year: int) -> int:
        """Return the number of the first working day of a year."""
        return int(self.start_no[(date(year, 1, 1) - EPOCH).days - self.first])

    def draw(self, rng: Generator, year: int, latest: Ints) -> Ints:
        """Draw a day of application for each case, such that it starts by its ``latest`` number."""
        days = np.arange((date(year, 1, 1) - EPOCH).days, (date(year + 1, 1, 1) - EPOCH).days)
        cumulated = np.cumsum(self._weights(days))
        last = np.searchsorted(self.number(days), latest, side="right") - 1
        drawn = np.searchsorted(cumulated, rng.random(len(latest)) * cumulated[last], side="right")
        return np.asarray(days[np.minimum(drawn, last)])

    def _weights(self, days: Ints) -> NDArray[np.float64]:
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
        weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
        weights = MONTHS[month] * np.where(self.is_workday(days), WEEKDAYS[weekday], HOLIDAY)
        return np.asarray(weights, dtype=np.float64)


def office_seconds(rng: Generator, n: int) -> Ints:
    """Draw a second of the day at which staff work: 8:45-11:50 or 14:05-17:20."""
    morning = rng.random(n) < 0.58
    return np.where(
        morning, rng.integers(31_500, 42_600, n), rng.integers(50_700, 62_400, n)
    ).astype(np.int64)


def window_seconds(rng: Generator, n: int) -> Ints:
    """Draw a second of the day early enough to be handled at once: until 16:40."""
    return np.minimum(office_seconds(rng, n), 60_000 - rng.integers(0, 5_400, n))


def online_seconds(rng: Generator, n: int) -> Ints:
    """Draw a second of the day at which people apply online: 7:00-23:00, most by day."""
    return (25_200 + rng.beta(1.7, 2.1, n) * 57_000).astype(np.int64)
