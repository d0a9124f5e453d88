"""Overdue by the record (登记的到期日): closed after the due date that the system itself wrote down.

Where a system gives no limits in days, this is the only clock; where it does, it shows whether system
and rule agree.
"""

from collections.abc import Callable

import pandas as pd

from analysis.problems.endings import SORTS, endings
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import LAW_LINE, PROMISE_LINE, RIVALS, TRAPS
from analysis.problems.shares import by_department, share
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED

COUNTS = ("closed", "late", "still", "overdue")


def recorded(counts: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Return the cases with a recorded due date of a sort (``statutory`` or ``promised``).

    Args:
        counts: as ``endings`` returns them.
        sort: which due date; it must be there.

    Returns:
        Index ``dept_code``; integer columns ``closed`` in the year, ``late`` of these, closed on a
        day after the due one; ``still`` open at the cut-off, ``overdue`` of these. Departments
        without any are left out.
    """
    by = counts.groupby("dept_code")[[f"{sort}_{name}" for name in COUNTS]].sum()
    found = by.set_axis(list(COUNTS), axis=1)
    return found[(found["closed"] > 0) | (found["still"] > 0)]


def _late(sort: str, terms: tuple[str, str]) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        found = recorded(grounds.once(endings), sort)
        columns = found.set_axis([terms[1], terms[0], "在办的", "在办已超期的"], axis=1)
        return share(
            int(found["late"].sum()),
            int(found["closed"].sum()),
            terms,
            counts=(
                ("截止日在办、有登记到期日的办件", int(found["still"].sum())),
                ("其中已过登记到期日的", int(found["overdue"].sum())),
            ),
            evidence=by_department(grounds, columns, *terms),
        )

    return answer


def _question(sort: str, name: str, threshold: Threshold) -> Question:
    late, whole = f"办结日晚于登记的{name}到期日的办件", f"年内办结、登记了{name}到期日的办件"
    return Question(
        id=f"late_recorded_{sort}",
        problem="overdue",
        term=f"超期办结率(登记的{name}到期日)",
        english=f"share closed after the recorded {sort} due date",
        unit="%",
        decimals=3,
        statement=f"按系统登记的{name}到期日,{{number}} 的办结件超期。",
        definition=f"{late} ÷ {whole};按日比较,到期当日办结的不算超期",
        scope=LICENCE_CASES,
        threshold=threshold,
        rivals=("登记的到期日没有随延长、特别程序顺延。", *RIVALS[1:]),
        source="GB/T 39046—2020(承诺办结时间);系统自己登记的到期日",
        needs=(*COMPLETED_NEED, f"cases.{sort}_due_at"),
        answer=_late(sort, (late, whole)),
        traps=TRAPS,
    )


QUESTIONS = tuple(
    _question(sort, name, PROMISE_LINE if sort == "promised" else LAW_LINE)
    for sort, name in SORTS.items()
)
