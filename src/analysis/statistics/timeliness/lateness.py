"""Lateness (提前、按时、超期): counts on every named clock, closed and open, with the clock in the name."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Certainty, Result
from analysis.statistics.makers import case_count
from analysis.statistics.ratios import Compute
from analysis.statistics.sections import LEGAL
from analysis.statistics.timeliness.margins import (
    LAW,
    PRACTICE,
    closed_cases,
    early,
    late,
    needs_of,
    on_last_day,
    open_late,
)
from analysis.tables.clocks import CLOCKS, PROMISED, Clock

Count = Callable[[Facts, Clock], int]
# What is counted on each clock; together it is all that has a limit, and is closed or late.
COUNTED: tuple[tuple[str, str, str, str, Count], ...] = (
    (
        "early_closed",
        "提前办结",
        "closed early",
        "年内办结、办结日早于到期日的办件",
        partial(closed_cases, where=early),
    ),
    (
        "last_day_closed",
        "到期当日办结",
        "closed on the last day",
        "年内办结、办结日即到期日的办件",
        partial(closed_cases, where=on_last_day),
    ),
    (
        "late_closed",
        "超期办结",
        "closed late",
        "年内办结、办结日晚于到期日的办件",
        partial(closed_cases, where=late),
    ),
    (
        "late_open",
        "在办已超期",
        "open and late",
        "截止日在办、已过到期日的办件",
        open_late,
    ),
)


def _on(clock: Clock, counted: Count) -> Compute:
    return lambda facts: Result(Fraction(counted(facts, clock)))


FIGURES = tuple(
    case_count(
        id=figure_id,
        variant=clock.name,
        term=f"{term}({clock.term})",
        english=f"{english}, {clock.name.replace('_', ' ')} clock",
        numerator=f"{numerator};{clock.rule}",
        section=LEGAL,
        source=PRACTICE if clock is PROMISED else LAW,
        certainty=Certainty.PRACTICE,
        needs=needs_of(clock),
        compute=_on(clock, counted),
        dated=counted is not open_late,
    )
    for clock in CLOCKS
    for figure_id, term, english, numerator, counted in COUNTED
)
