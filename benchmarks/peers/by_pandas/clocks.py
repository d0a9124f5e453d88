"""Working days and the days left on each clock, and how many cases were early, on time and late."""

import numpy as np
import pandas as pd
from facts import (
    CLOCKS,
    CUTOFF,
    DELIVER,
    EXTENDED,
    EXTENDED_JOINTLY,
    FIRST_DAY,
    JOINT,
    NOTIFY,
)


class Numbered:
    """The calendar's working-day numbers, looked up by the day of a time."""

    def __init__(self, calendar: pd.DataFrame) -> None:
        self._numbers = {kind: calendar[kind].to_numpy() for kind in ("start_no", "end_no")}
        self.last = self._numbers["end_no"][(CUTOFF - FIRST_DAY).days]

    def __call__(self, at: pd.Series, kind: str) -> pd.Series:
        """Return the numbers of days as ``start_no`` or ``end_no``; NaN where there is no time."""
        days = (at.dt.normalize() - pd.Timestamp(FIRST_DAY)).dt.days
        known = days.notna()
        found = np.full(len(at), np.nan)
        found[known] = self._numbers[kind][days[known].astype(int)]
        return pd.Series(found, index=at.index)


def with_days(cases: pd.DataFrame, number: Numbered) -> pd.DataFrame:
    """Add working days, and days left on each clock."""
    accepted = number(cases["accepted_at"], "start_no")
    received = number(cases["received_at"], "start_no")
    ended = number(cases["closed_at"], "end_no").fillna(number.last)
    noticed = number(cases["first_supp_notice_at"], "end_no")
    delivered = number(cases["delivered_at"], "end_no")
    answered = np.minimum(
        noticed.fillna(number.last), number(cases["accepted_at"], "end_no").fillna(number.last)
    )
    handed = delivered.where(cases["delivered_at"].notna(), number.last)
    deemed = (answered - received > NOTIFY) & cases["not_accepted_at"].isna()
    counted = cases["closed_accepted"] | cases["open_end"]
    days = (ended - accepted).clip(lower=0)
    strict = cases["stopped_days_art45"].fillna(0)
    loose = strict + cases["stopped_days_other"].fillna(0)
    extended = cases["extended_days"].fillna(0)
    legal = np.minimum(
        extended, np.where(cases["statutory_days"] == JOINT, EXTENDED_JOINTLY, EXTENDED)
    )
    allowed = cases["statutory_days"] + legal
    deemed_days = (ended - accepted.where(~deemed, received)).clip(lower=0)
    first_day = (ended - accepted + 1).clip(lower=0)
    waiting = cases["pending_end"] & deemed
    return cases.assign(
        days=days.where(counted),
        running=(days - np.floor(loose)).clip(lower=0),
        noticed_late=(noticed - received).clip(lower=0) > NOTIFY,
        delivery_late=handed - number(cases["decided_at"], "start_no") > DELIVER,
        open_or_deemed=cases["open_end"] | waiting,
        statutory=(np.floor(allowed + strict) - days).where(counted),
        statutory_loose=(np.floor(allowed + loose) - days).where(counted),
        statutory_deemed=(np.floor(allowed + strict) - deemed_days).where(counted | waiting),
        statutory_first_day=(np.floor(allowed + strict) - first_day).where(counted),
        promised=(np.floor(cases["promised_days"] + extended + loose) - days).where(counted),
    )


def lateness(cases: pd.DataFrame) -> dict[str, int]:
    """Count the cases early, on the last day and late, on every clock."""
    completed = cases[cases["completed"]]
    found: dict[str, int] = {}
    for clock in CLOCKS:
        still = cases["open_or_deemed" if clock == "statutory_deemed" else "open_end"]
        found |= {
            f"{clock}_early": int((completed[clock] > 0).sum()),
            f"{clock}_last": int((completed[clock] == 0).sum()),
            f"{clock}_late": int((completed[clock] < 0).sum()),
            f"{clock}_open_late": int((cases.loc[still, clock] < 0).sum()),
        }
    commitment = completed["case_type"] == "2"
    found["promised_early_commitment"] = int((completed.loc[commitment, "promised"] > 0).sum())
    return found


def distributions(cases: pd.DataFrame) -> tuple[dict[int, int], ...]:
    """Count commitment cases by working days: the three distributions of ``Counted``."""
    commitment = cases[cases["case_type"] == "2"]
    closed = commitment[commitment["completed"]]
    still_open = commitment[commitment["accepted_in"] & commitment["open_end"]]
    taken = (closed["days"], closed.loc[closed["accepted_in"], "running"], still_open["running"])
    return tuple(days.astype(int).value_counts().to_dict() for days in taken)
