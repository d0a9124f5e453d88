"""Overdue by the record (登记的到期日): closed after the due date that the system itself wrote down.

Where a system gives no limits in days, this is the only clock; where it does, it shows whether system
and rule agree.
"""

from collections.abc import Callable

import pandas as pd

from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import LAW_LINE, PROMISE_LINE, RIVALS, TRAPS
from analysis.problems.shares import by_department, share
from analysis.statistics.counting import by_cutoff, total
from analysis.statistics.figure import COMPLETED_NEED, LICENCE_CASES

SORTS = {"statutory": "法定", "promised": "承诺"}


def recorded(grounds: Grounds, sort: str) -> pd.DataFrame:
    """Count the cases with a recorded due date of a sort (``statutory``, ``promised``).

    Returns:
        Index ``dept_code``; integer columns ``closed`` in the year, ``late`` of these, closed on a
        day after the due one; ``still`` open at the cut-off, ``overdue`` of these.
    """
    due = f"{sort}_due_at"
    completed = grounds.completed()
    completed = completed.filter(completed[due].notnull())
    closed = completed.select(
        dept_code=completed["dept_code"].fill_null(""),
        late=completed["closed_at"].date() > completed[due].date(),
    )
    rows = grounds.rows("cases")
    accepted, ended, refused = (
        by_cutoff(rows[f"{moment}_at"], grounds.year)
        for moment in ("accepted", "closed", "not_accepted")
    )
    rows = rows.filter(accepted.notnull(), ended.isnull(), refused.isnull(), rows[due].notnull())
    still = rows.select(
        dept_code=rows["dept_code"].fill_null(""), overdue=rows[due].date() < grounds.year.cutoff
    )
    counts = [
        closed.group_by("dept_code").agg(closed=closed.count(), late=total(closed["late"])),
        still.group_by("dept_code").agg(still=still.count(), overdue=total(still["overdue"])),
    ]
    frames = [each.to_pandas().set_index("dept_code") for each in counts]
    joined: pd.DataFrame = frames[0].join(frames[1], how="outer").fillna(0).astype("int64")
    return joined.sort_index()


def _late(sort: str, terms: tuple[str, str]) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        found = recorded(grounds, sort)
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
