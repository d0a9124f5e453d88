"""On time (按时办结率、提前率、超期率): shares of cases with a limit, each named after its clock."""

from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Certainty, Result
from analysis.statistics.makers import case_share
from analysis.statistics.ratios import Compute
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
from analysis.tables.codes.catalogue import COMMITMENT


def _of_closed(clock: Clock, where: Margins) -> Compute:
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
_rate = partial(case_share, section=LEGAL, source=PRACTICE, certainty=Certainty.PRACTICE)

FIGURES = (
    _rate(
        id="within_statutory_time",
        term="在法定期限内办结",
        english="within the statutory limit",
        numerator="年内办结且未超法定时限的办件",
        denominator="年内办结、有法定时限的办件,加截止日在办且已超期的办件",
        source="行政许可法第42、45、82条:自受理起算,受理当日不计,依法延长(不超过10日,联合办理15日)和第45条的时间不计",
        needs=needs_of(STATUTORY),
        compute=_within_statutory,
        dated=False,
    ),
    _rate(
        id="on_time_rate",
        variant="promise",
        term="按承诺时限办结率",
        english="closed within the promised limit",
        numerator="年内办结且未超承诺时限的办件",
        denominator="年内办结、有承诺时限的办件",
        source=f"{PRACTICE};延长和各类特别程序的时间不计",
        needs=needs_of(PROMISED),
        compute=_of_closed(PROMISED, _in_time),
    ),
    *(
        _rate(
            id="on_time_rate",
            variant=clock.name,
            term=f"按时办结率({clock.term})",
            english=f"closed in time, {clock.name.replace('_', ' ')} clock",
            numerator=f"年内办结且未超期的办件;{clock.rule}",
            denominator=WITH_LIMIT.format("法定时限"),
            source=LAW,
            needs=needs_of(clock),
            compute=_of_closed(clock, _in_time),
        )
        for clock in CLOCKS
        if clock is not PROMISED
    ),
    _rate(
        id="early_rate",
        variant="promise",
        term="提前办结率",
        english="closed before the promised last day",
        numerator="年内办结、办结日早于承诺到期日的办件",
        denominator=WITH_LIMIT.format("承诺时限"),
        needs=needs_of(PROMISED),
        compute=_of_closed(PROMISED, early),
    ),
    _rate(
        id="early_rate",
        variant="promise_received",
        term="提前办结率(占受理的承诺件)",
        english="commitment cases closed early over those accepted",
        numerator="年内办结、办结日早于承诺到期日的承诺件",
        denominator="年内受理的承诺件",
        needs=(*needs_of(PROMISED), "cases.case_type"),
        compute=_early_of_received,
    ),
    _rate(
        id="overdue_rate",
        variant="promise",
        term="超期率(承诺时限)",
        english="closed after the promised last day",
        numerator="年内办结、办结日晚于承诺到期日的办件",
        denominator=WITH_LIMIT.format("承诺时限"),
        needs=needs_of(PROMISED),
        compute=_of_closed(PROMISED, late),
    ),
    _rate(
        id="overdue_rate",
        variant="statutory",
        term="超期率(法定时限)",
        english="closed after the statutory last day",
        numerator="年内办结、办结日晚于法定到期日的办件",
        denominator=WITH_LIMIT.format("法定时限"),
        source=LAW,
        needs=needs_of(STATUTORY),
        compute=_of_closed(STATUTORY, late),
    ),
)
