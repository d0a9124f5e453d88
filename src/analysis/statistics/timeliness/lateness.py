"""Lateness (提前、按时、超期): counts on every named clock, closed and open, with the clock in the name."""

from collections.abc import Callable
from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
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


def _count(
    figure_id: str, term: str, english: str, numerator: str, clock: Clock, n: Callable[[Facts], int]
) -> Figure:
    return Figure(
        id=figure_id,
        variant=clock.name,
        term=f"{term}({clock.term})",
        english=f"{english}, {clock.name.replace('_', ' ')} clock",
        unit="件",
        kind=Kind.COUNT,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator=f"{numerator};{clock.rule}",
        section=LEGAL,
        source=PRACTICE if clock is PROMISED else LAW,
        certainty=Certainty.PRACTICE,
        needs=needs_of(clock),
        compute=lambda facts: Result(Fraction(n(facts))),
        dated=figure_id != "late_open",
    )


def _of_clock(clock: Clock) -> tuple[Figure, ...]:
    """Return the counts on one clock: they add up to all that has a limit."""
    return (
        _count(
            "early_closed",
            "提前办结",
            "closed early",
            "年内办结、办结日早于到期日的办件",
            clock,
            lambda f: closed_cases(f, clock, early),
        ),
        _count(
            "last_day_closed",
            "到期当日办结",
            "closed on the last day",
            "年内办结、办结日即到期日的办件",
            clock,
            lambda f: closed_cases(f, clock, on_last_day),
        ),
        _count(
            "late_closed",
            "超期办结",
            "closed late",
            "年内办结、办结日晚于到期日的办件",
            clock,
            lambda f: closed_cases(f, clock, late),
        ),
        _count(
            "late_open",
            "在办已超期",
            "open and late",
            "截止日在办、已过到期日的办件",
            clock,
            lambda f: open_late(f, clock),
        ),
    )


FIGURES = tuple(figure for clock in CLOCKS for figure in _of_clock(clock))
