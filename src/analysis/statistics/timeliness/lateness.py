"""Lateness (提前、按时、超期): on every named clock, closed and open, with the clock in the name."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import CASE, LEGAL, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.needs import COMPLETED_NEED
from analysis.tables.clocks import CLOCKS, PROMISED, STATUTORY, Clock
from analysis.tables.codes import COMMITMENT

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


def _needs(clock: Clock) -> tuple[str, ...]:
    return (CALENDAR, *COMPLETED_NEED, *(f"cases.{column}" for column in clock.columns))


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
        needs=_needs(clock),
        compute=lambda facts: Result(Fraction(n(facts))),
        dated=figure_id != "late_open",
    )


def _rate(
    figure_id: str,
    variant: str,
    term: str,
    english: str,
    numerator: str,
    denominator: str,
    clock: Clock,
    compute: Callable[[Facts], Result],
    source: str = PRACTICE,
    *,
    needs: tuple[str, ...] = (),
    dated: bool = True,
) -> Figure:
    return Figure(
        id=figure_id,
        variant=variant,
        term=term,
        english=english,
        unit="%",
        kind=Kind.SHARE,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator=numerator,
        denominator=denominator,
        section=LEGAL,
        source=source,
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=(*_needs(clock), *needs),
        compute=compute,
        dated=dated,
    )


def _of_closed(clock: Clock, where: Margins) -> Callable[[Facts], Result]:
    return lambda facts: Result(
        Fraction(closed_cases(facts, clock, where)), Fraction(closed_cases(facts, clock))
    )


def _in_time(margin: Days) -> npt.NDArray[np.bool_]:
    return ~late(margin)


def _within_statutory(facts: Facts) -> Result:
    closed, still = closed_cases(facts, STATUTORY), open_late(facts, STATUTORY)
    return Result(Fraction(closed_cases(facts, STATUTORY, _in_time)), Fraction(closed + still))


def _early_of_received(facts: Facts) -> Result:
    rows = facts.coded_rows(f"{PROMISED.name}_margin", case_type=COMMITMENT)
    closed_early = rows["n"].to_numpy()[early(rows["value"].to_numpy())]
    return Result(
        Fraction(int(closed_early.sum())),
        Fraction(facts.n("accepted", case_type=COMMITMENT)),
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


WITH_LIMIT = "年内办结、有{}的办件"
FIGURES = (
    _rate(
        "within_statutory_time",
        "",
        "在法定期限内办结",
        "within the statutory limit",
        "年内办结且未超法定时限的办件",
        "年内办结、有法定时限的办件,加截止日在办且已超期的办件",
        STATUTORY,
        _within_statutory,
        dated=False,
        source="行政许可法第42、45、82条:自受理起算,受理当日不计,依法延长(不超过10日)和第45条的时间不计",
    ),
    _rate(
        "on_time_rate",
        "promise",
        "按承诺时限办结率",
        "closed within the promised limit",
        "年内办结且未超承诺时限的办件",
        "年内办结、有承诺时限的办件",
        PROMISED,
        _of_closed(PROMISED, _in_time),
        source=f"{PRACTICE};延长和各类特别程序的时间不计",
    ),
    *(
        _rate(
            "on_time_rate",
            clock.name,
            f"按时办结率({clock.term})",
            f"closed in time, {clock.name.replace('_', ' ')} clock",
            f"年内办结且未超期的办件;{clock.rule}",
            WITH_LIMIT.format("法定时限"),
            clock,
            _of_closed(clock, _in_time),
            LAW,
        )
        for clock in CLOCKS
        if clock is not PROMISED
    ),
    _rate(
        "early_rate",
        "promise",
        "提前办结率",
        "closed before the promised last day",
        "年内办结、办结日早于承诺到期日的办件",
        WITH_LIMIT.format("承诺时限"),
        PROMISED,
        _of_closed(PROMISED, early),
    ),
    _rate(
        "early_rate",
        "promise_received",
        "提前办结率(占受理的承诺件)",
        "commitment cases closed early over those accepted",
        "年内办结、办结日早于承诺到期日的承诺件",
        "年内受理的承诺件",
        PROMISED,
        _early_of_received,
        needs=("cases.case_type",),
    ),
    _rate(
        "overdue_rate",
        "promise",
        "超期率(承诺时限)",
        "closed after the promised last day",
        "年内办结、办结日晚于承诺到期日的办件",
        WITH_LIMIT.format("承诺时限"),
        PROMISED,
        _of_closed(PROMISED, late),
    ),
    _rate(
        "overdue_rate",
        "statutory",
        "超期率(法定时限)",
        "closed after the statutory last day",
        "年内办结、办结日晚于法定到期日的办件",
        WITH_LIMIT.format("法定时限"),
        STATUTORY,
        _of_closed(STATUTORY, late),
        LAW,
    ),
    *(figure for clock in CLOCKS for figure in _of_clock(clock)),
)
