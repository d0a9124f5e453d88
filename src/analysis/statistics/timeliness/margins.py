"""Margins (距到期日): the working days between a case's ending and its last day, by clock."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.needs import COMPLETED_NEED
from analysis.tables.clocks import Clock

LAW = "行政许可法第32、42、45、82条"
PRACTICE = "办件统计系统通行做法"
Days = npt.NDArray[np.int64]
Margins = Callable[[Days], npt.NDArray[np.bool_]]  # which of some margins, in working days


def closed_cases(facts: Facts, clock: Clock, where: Margins | None = None) -> int:
    """Count the cases completed in the year with a limit, those with certain margins only."""
    rows = facts.coded_rows(f"{clock.name}_margin")
    n = rows["n"].to_numpy()
    return int(n.sum() if where is None else n[where(rows["value"].to_numpy())].sum())


def open_late(facts: Facts, clock: Clock) -> int:
    """Count the cases that are open at the cut-off and past their limit."""
    rows = facts.coded_rows(f"{clock.name}_margin_open")
    return int(rows["n"].to_numpy()[late(rows["value"].to_numpy())].sum())


def early(margin: Days) -> npt.NDArray[np.bool_]:
    """Tell which cases were closed before their last day (提前)."""
    return margin > 0


def on_last_day(margin: Days) -> npt.NDArray[np.bool_]:
    """Tell which cases were closed on their last day (当日)."""
    return np.equal(margin, 0)


def late(margin: Days) -> npt.NDArray[np.bool_]:
    """Tell which cases were closed after their last day (超期)."""
    return margin < 0


def needs_of(clock: Clock) -> tuple[str, ...]:
    """Return what must be there for lateness on a clock."""
    return (CALENDAR, *COMPLETED_NEED, *(f"cases.{column}" for column in clock.columns))
