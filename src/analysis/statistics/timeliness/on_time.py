"""On time (按时办结率、提前率、超期率): shares of cases with a limit, each named after its clock."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from analysis.statistics.facts import Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.sections import LEGAL
from analysis.statistics.timeliness.margins import (
    LAW,
    PRACTICE,
    Days,
    Margins,
    closed_cases,
    early,
    late,
    needs_of,
    open_late,
)
from analysis.tables.clocks import CLOCKS, PROMISED, STATUTORY, Clock
from analysis.tables.codes import COMMITMENT


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
        needs=(*needs_of(clock), *needs),
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
        source="行政许可法第42、45、82条:自受理起算,受理当日不计,依法延长(不超过10日,联合办理15日)和第45条的时间不计",
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
)
