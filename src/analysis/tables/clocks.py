"""Clocks (时限): how many working days a case is allowed, by which rule.

行政许可法 Art. 42: a decision within the limit counted from acceptance, which the head of the
agency may extend once by at most 10 working days. Art. 45: time for hearings, tenders, auctions,
inspections, tests, quarantine, appraisals and expert reviews is not counted.
"""

from dataclasses import dataclass
from typing import Any

LEGAL_EXTENSION = 10  # working days, 行政许可法 Art. 42(1)


@dataclass(frozen=True)
class Clock:
    """A named clock: the limit it starts from, and what prolongs it.

    Attributes:
        name: name in code and in the tally.
        term: Chinese name as printed.
        limit: the column of ``cases`` that holds the limit in working days.
        stops: the columns of ``cases`` whose working days are not counted.
        max_extension: working days of extension that the law lets count; None for any.
    """

    name: str
    term: str
    limit: str
    stops: tuple[str, ...]
    max_extension: int | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of ``cases`` that the clock needs."""
        return (self.limit, "extended_days", *self.stops)

    def allowed(self, cases: Any) -> Any:
        """Return an Ibis expression: working days allowed to each case, null without a limit."""
        extension = cases["extended_days"].fill_null(0)
        if self.max_extension is not None:
            extension = (extension < self.max_extension).ifelse(extension, self.max_extension)
        return sum((cases[stop].fill_null(0) for stop in self.stops), cases[self.limit] + extension)


STATUTORY = Clock(
    "statutory", "法定时限", "statutory_days", ("stopped_days_art45",), LEGAL_EXTENSION
)
PROMISED = Clock(
    "promised", "承诺时限", "promised_days", ("stopped_days_art45", "stopped_days_other"), None
)
CLOCKS = (STATUTORY, PROMISED)
