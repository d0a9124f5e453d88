"""Overdue by the record (登记的到期日): closed after the due date that the system itself wrote down.

Where a system gives no limits in days, this is the only clock; where it does, it shows whether system
and rule agree.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import LAW_LINE, PROMISE_LINE, RIVALS, TRAPS
from analysis.problems.shares import by_department, share
from analysis.statistics.counting import by_cutoff, total, within
from analysis.statistics.figure import COMPLETED_NEED, LICENCE_CASES

SORTS = {"statutory": "法定", "promised": "承诺"}
COUNTS = ("closed", "late", "still", "overdue")


def recorded(grounds: Grounds) -> dict[str, pd.DataFrame]:
    """Count the cases with a recorded due date, for each sort that there is, in one pass.

    Returns:
        By sort (``statutory``, ``promised``): index ``dept_code``; integer columns ``closed`` in the
        year, ``late`` of these, closed on a day after the due one; ``still`` open at the cut-off,
        ``overdue`` of these. Departments without any are left out.
    """
    year, rows = grounds.year, grounds.rows("cases")
    sorts = [sort for sort in SORTS if year.has("cases", f"{sort}_due_at")]
    at = {m: by_cutoff(rows[f"{m}_at"], year) for m in ("submitted", "accepted", "not_accepted")}
    closed = by_cutoff(rows["closed_at"], year)
    completed = at["submitted"].notnull() & within(rows["closed_at"], year)
    completed &= rows["outcome"].fill_null("") != "deleted"
    rows = rows.filter(at["accepted"].notnull(), completed | closed.isnull())
    still = closed.isnull() & at["not_accepted"].isnull()
    counts: dict[str, Any] = {}
    for sort in sorts:
        due = rows[f"{sort}_due_at"]
        there = {"closed": completed & due.notnull(), "still": still & due.notnull()}
        counts |= {f"{sort}_{name}": total(those) for name, those in there.items()}
        late, overdue = rows["closed_at"].date() > due.date(), due.date() < year.cutoff
        counts[f"{sort}_late"] = total(there["closed"] & late)
        counts[f"{sort}_overdue"] = total(there["still"] & overdue)
    by = rows.group_by(dept_code=rows["dept_code"].fill_null("")).agg(**counts)
    frame = by.to_pandas().set_index("dept_code").astype("int64").sort_index()
    return {sort: _of_sort(frame, sort) for sort in sorts}


def _of_sort(frame: pd.DataFrame, sort: str) -> pd.DataFrame:
    found = frame[[f"{sort}_{name}" for name in COUNTS]].set_axis(list(COUNTS), axis=1)
    return found[(found["closed"] > 0) | (found["still"] > 0)]


def _late(sort: str, terms: tuple[str, str]) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        found = grounds.once(recorded)[sort]
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
