"""Periods of reports (时期): 2022, 2021-H1, 2025-Q1, 2020-01."""

import re
from calendar import monthrange

MONTHS = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<part>H[12]|Q[1-4]|0[1-9]|1[0-2]))?")
LENGTHS = {12: "全年", 6: "半年", 3: "季度", 1: "月度"}


def months(period: str) -> tuple[int, int, int] | None:
    """Return year, first and last month of a period, or None if it is not written as one."""
    found = PERIOD.fullmatch(period)
    if found is None:
        return None
    part = found["part"]
    if part is None:
        first, last = 1, 12
    else:
        first, last = MONTHS[part] if part in MONTHS else (int(part), int(part))
    return int(found["year"]), first, last


def days(period: str) -> int | None:
    """Return the calendar days of a period."""
    found = months(period)
    if found is None:
        return None
    year, first, last = found
    return sum(monthrange(year, month)[1] for month in range(first, last + 1))


def length(period: str) -> str:
    """Return how long a period is: 全年, 半年, 季度 or 月度; empty if it is not known."""
    found = months(period)
    return LENGTHS[found[2] - found[1] + 1] if found else ""


def year_before(period: str) -> str:
    """Return the same period a year earlier; empty if it is not known."""
    return f"{int(period[:4]) - 1}{period[4:]}" if months(period) else ""
