"""Overdue by clock (各时限的超期): cases closed late, and cases open and late at the cut-off."""

from collections.abc import Callable

import pandas as pd

from analysis.problems.finding import ANY, Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import by_department, share
from analysis.statistics.facts import CALENDAR
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED
from analysis.tables.clocks import CLOCKS, PROMISED, STATUTORY, Clock

TRAPS = ("bulk_entry", "bulk_closing", "midnight_stamps", "days_off", "pushed_again")
LAW = "行政许可法第42、44、45、82条:期限内应当办结,一件超期也是违法"
PROMISE = "承诺向社会公布,超过即违诺;判定线为本软件设定(广东部分区县公开的超期率为千分之几)"
LAW_LINE = Threshold(0.1, ANY, f"{LAW};千分之一以上为明显,本软件设定")
PROMISE_LINE = Threshold(1, 0.1, PROMISE)
RIVALS = (
    "延长、听证、检验等特别程序没有登记,时限少算了。",
    "办结后很久才在系统点“办结”,实际决定更早。",
    "法定节假日或调休按本软件日历计算,与系统不同。",
)


def margins(grounds: Grounds, measure: str) -> tuple[pd.Series, pd.Series]:
    """Return by department how many cases of a measure of margins are late, and how many there are."""
    rows = grounds.facts.rows(measure)
    late = rows[rows["value"] < 0].groupby("dept_code")["n"].sum()
    return late, rows.groupby("dept_code")["n"].sum()


def _late(clock: Clock, suffix: str, terms: tuple[str, str]) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        late, all_of = margins(grounds, f"{clock.name}_margin{suffix}")
        columns = {terms[0]: late, terms[1]: all_of}
        return share(
            int(late.sum()),
            int(all_of.sum()),
            terms,
            evidence=by_department(grounds, columns, *terms),
        )

    return answer


def _questions(clock: Clock) -> tuple[Question, Question]:
    limit = "承诺时限" if clock is PROMISED else "法定时限"
    needs = (CALENDAR, *COMPLETED_NEED, *(f"cases.{column}" for column in clock.columns))
    threshold = PROMISE_LINE if clock is PROMISED else LAW_LINE
    closed = (f"超期办结({clock.term})", f"年内办结、有{limit}的办件")
    still = (f"在办已超期({clock.term})", f"截止日在办、有{limit}的办件")
    return (
        Question(
            id=f"late_closed_{clock.name}",
            problem="overdue",
            term=f"超期办结率({clock.term})",
            english=f"share closed late, {clock.name.replace('_', ' ')} clock",
            unit="%",
            decimals=3,
            statement=f"按{clock.term}计,{{number}} 的办结件超期。",
            definition=f"办结日晚于到期日的办件 ÷ {closed[1]};{clock.rule}",
            scope=LICENCE_CASES,
            threshold=threshold,
            rivals=RIVALS,
            source=LAW if clock is not PROMISED else "办件统计系统通行做法",
            needs=needs,
            answer=_late(clock, "", closed),
            traps=TRAPS,
            divisible=clock in (STATUTORY, PROMISED),
        ),
        Question(
            id=f"late_open_{clock.name}",
            problem="overdue",
            term=f"在办超期率({clock.term})",
            english=f"share of open cases that are late, {clock.name.replace('_', ' ')} clock",
            unit="%",
            decimals=2,
            statement=f"按{clock.term}计,{{number}} 的在办件到截止日已经超期。",
            definition=f"截止日已过到期日而未办结的办件 ÷ {still[1]};{clock.rule}",
            scope=f"{LICENCE_CASES},截止日在办"
            + (";含视为受理而尚未受理的" if clock.deemed else ""),
            threshold=threshold,
            rivals=("实际已办结,系统没有点“办结”。", *RIVALS),
            source=LAW if clock is not PROMISED else "办件统计系统通行做法",
            needs=needs,
            answer=_late(clock, "_open", still),
        ),
    )


QUESTIONS = tuple(question for clock in CLOCKS for question in _questions(clock))
