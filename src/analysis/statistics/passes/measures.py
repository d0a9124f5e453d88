"""Measures (计数项): what is counted from the cells, each declared once.

Stocks and flows: an application waits for a decision on acceptance (待受理), an accepted case is
open (在办). Flows of a year lead from the stock at its start to the stock at its cut-off:

    pending at start + applications - accepted - not_accepted - ended_before = pending at end
    open at start    + accepted - completed - deleted                        = open at end
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.statistics.passes.cells import DIMENSIONS
from analysis.statistics.passes.flags import FLAGS
from analysis.tables.clocks import CLOCKS

COLUMNS = ("measure", "month", *DIMENSIONS, "value")
Mask = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Measure:
    """One thing that is counted.

    Attributes:
        name: its name in the tally.
        term: Chinese name.
        where: which cells count.
        month: the cell column that dates it; None for a stock.
        value: the cell column whose value is kept beside the count; None for none.
        outcome: the cell column that tells how it ended.
        counts: the cell column that is added up: the cases, or a flag of theirs.
    """

    name: str
    term: str
    where: Mask
    month: str | None = None
    value: str | None = None
    outcome: str = "outcome"
    counts: str = "n"

    @property
    def columns(self) -> tuple[str, ...]:
        """The cell columns without which it has no rows."""
        return tuple(column for column in (self.value, self.counts) if column)

    def unfold(self, cells: pd.DataFrame, margin: str | None = None) -> pd.DataFrame:
        """Return this measure's rows of the tally: the tally's columns, not yet added up."""
        mask = self.where(cells)
        if self.value:
            mask &= cells[self.value].notna()
        mask &= cells[self.counts] > 0
        kept = [self.month, self.value, self.counts, self.outcome, *DIMENSIONS, margin]
        rows = cells[[name for name in dict.fromkeys(kept) if name]][mask]
        return pd.DataFrame(
            {
                "measure": pd.Series(self.name, index=rows.index, dtype=NAMES),
                "month": rows[self.month] if self.month else 0,
                **{dim: rows[self.outcome if dim == "outcome" else dim] for dim in DIMENSIONS},
                "value": rows[self.value].astype("int64") if self.value else 0,
                "n": rows[self.counts],
                **({margin: rows[margin]} if margin else {}),
            }
        )


def _completed(cells: pd.DataFrame) -> pd.Series:
    """办结: closures of accepted cases, deleted ones excluded."""
    return _closed_after_acceptance(cells) & cells["outcome"].ne("deleted")


def _deleted(cells: pd.DataFrame) -> pd.Series:
    return _closed_after_acceptance(cells) & cells["outcome"].eq("deleted")


def _closed_after_acceptance(cells: pd.DataFrame) -> pd.Series:
    return cells["closed_month"].gt(0) & cells["was_accepted"]


def _ended_before(cells: pd.DataFrame) -> pd.Series:
    """受理前终结: closed while neither accepted nor refused acceptance."""
    return cells["closed_month"].gt(0) & ~cells["was_accepted"] & ~cells["was_not_accepted"]


def _happened(moment: str) -> Mask:
    return lambda cells: cells[f"{moment}_month"].gt(0)


def _in_state(state: str) -> Mask:
    return lambda cells: cells[state].astype(bool)


def _cohort_closed(cells: pd.DataFrame) -> pd.Series:
    return _happened("accepted")(cells) & _completed(cells)


def _cohort_open(cells: pd.DataFrame) -> pd.Series:
    return _happened("accepted")(cells) & cells["open_at_end"].astype(bool)


def _open_or_deemed(cells: pd.DataFrame) -> pd.Series:
    """在办, or awaiting a decision on acceptance although acceptance is deemed."""
    waiting = cells["pending_at_end"].astype(bool) & cells["deemed"].astype(bool)
    return cells["open_at_end"].astype(bool) | waiting


def _any(cells: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=cells.index)


TERMS = {flag.name: flag.term for flag in FLAGS}
FLOWS = (
    Measure("applications", "申请量", _happened("submitted"), "submitted_month"),
    Measure("accepted", "受理量", _happened("accepted"), "accepted_month"),
    Measure(
        "not_accepted",
        "不受理量",
        _happened("not_accepted"),
        "not_accepted_month",
        outcome="accept_status",
    ),
    Measure("ended_before", "受理前终结", _ended_before, "closed_month"),
    Measure("completed", "办结量", _completed, "closed_month"),
    Measure("deleted", "删除", _deleted, "closed_month"),
)
COHORT = (Measure("cohort_closed", "本年受理、截止日前办结", _cohort_closed, "accepted_month"),)
STOCKS = (
    Measure("pending_at_start", "年初待受理", _in_state("pending_at_start")),
    Measure("pending_at_end", "期末待受理", _in_state("pending_at_end")),
    Measure("open_at_start", "年初在办", _in_state("open_at_start")),
    Measure("open_at_end", "期末在办", _in_state("open_at_end")),
)
DAYS = (
    Measure("completed_days", "办理工作日", _completed, "closed_month", "days"),
    # The cases accepted in the year, for survival: what they took, or have taken so far.
    Measure(
        "cohort_closed_days", "本年受理已办结", _cohort_closed, "accepted_month", "running_days"
    ),
    Measure("cohort_open_days", "本年受理在办", _cohort_open, "accepted_month", "running_days"),
)
MARGINS = tuple(
    measure
    for clock in CLOCKS
    for measure in (
        Measure(
            f"{clock.name}_margin",
            f"距{clock.term}的工作日(办结)",
            _completed,
            "closed_month",
            f"{clock.name}_margin",
        ),
        Measure(
            f"{clock.name}_margin_open",
            f"距{clock.term}的工作日(在办)",
            _open_or_deemed if clock.deemed else _in_state("open_at_end"),
            value=f"{clock.name}_margin",
        ),
    )
)
ACCEPTED_FLAGS = (
    "tolerance",
    "commitment",
    "online_full",
    "in_package",
    "supp_known",
    "one_pass",
    "supp_again",
    "silent",
)
COMPLETED_FLAGS = (
    "tolerance",
    "in_package",
    "visits_known",
    "visits",
    "same_day",
    "statutory_limit",
    "statutory_taken",
    "promised_limit",
    "promised_taken",
    "delivery_due",
    "delivery_late",
)
NOTICE_FLAGS = ("noticed", "noticed_late")
FLAGGED = (
    *(
        Measure(
            f"accepted_{flag}",
            f"受理量:{TERMS[flag]}",
            _happened("accepted"),
            "accepted_month",
            counts=flag,
        )
        for flag in ACCEPTED_FLAGS
    ),
    *(
        Measure(
            f"completed_{flag}", f"办结量:{TERMS[flag]}", _completed, "closed_month", counts=flag
        )
        for flag in COMPLETED_FLAGS
    ),
    *(Measure(flag, TERMS[flag], _any, counts=flag) for flag in NOTICE_FLAGS),
)
MEASURES = (*FLOWS, *COHORT, *STOCKS, *DAYS, *MARGINS, *FLAGGED)
BY_NAME = {measure.name: measure for measure in MEASURES}
NAMES = pd.CategoricalDtype(sorted(measure.name for measure in MEASURES))
