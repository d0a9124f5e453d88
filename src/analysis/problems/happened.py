"""What happened (环节记录) to the completed cases of a year, counted by department in one pass."""

from typing import Any

import ibis
import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.statistics.counting import total
from analysis.tables.codes import COMMITMENT

LASTING = ("handle", "review", "approve")  # steps of work; the others are moments
NOTICE, ANSWER, RETURN = "supp_notice", "supp_received", "return"


def happened(grounds: Grounds) -> pd.DataFrame:
    """Count the steps, returns and waits of the completed cases.

    The wait of a case is the sum of its answers' times less the sum of its notices': whichever answer
    belongs to which notice. A case with a notice that was never answered does not count as waiting.

    Returns:
        Index ``dept_code`` (of the case); integer columns: ``timed`` steps of work that have an end,
        ``zero``, those of them without length; ``returned``, commitment cases that a reviewer sent
        back; ``waiting`` cases, and the seconds that these ``waited`` and have ``taken`` from receipt
        to closing.
    """
    by_case = _by_case(grounds)
    cases = grounds.completed()
    cases = cases.select(
        "case_id",
        department=cases["dept_code"].fill_null(""),
        commitment=(cases["case_type"] == COMMITMENT).fill_null(False),
        taken=cases["closed_at"].epoch_seconds() - _received(grounds, cases).epoch_seconds(),
    )
    rows = by_case.inner_join(cases, "case_id")
    waiting = (
        (rows["notices"] > 0)
        & (rows["notices"] == rows["answers"])
        & rows["waited"].between(0, rows["taken"])
    ).fill_null(False)
    by = rows.group_by("department").agg(
        timed=total(rows["timed"]),
        zero=total(rows["zero"]),
        returned=total(rows["commitment"] & (rows["returns"] > 0)),
        waiting=total(waiting),
        waited=total(waiting.ifelse(rows["waited"], 0)),
        taken=total(waiting.ifelse(rows["taken"], 0)),
    )
    frame: pd.DataFrame = by.to_pandas()
    frame = frame.rename(columns={"department": "dept_code"}).set_index("dept_code")
    return frame.astype("int64").sort_index()


def _by_case(grounds: Grounds) -> Any:
    events = grounds.year.tables["events"]
    events = events.filter(events["activity"].isin([*LASTING, NOTICE, ANSWER, RETURN]))
    start, end = (_time(grounds, events, f"{of}_at") for of in ("start", "end"))
    activity = events["activity"]
    timed = activity.isin(LASTING) & end.notnull()
    at = start.epoch_seconds().cast("int64")
    waited = (activity == ANSWER).ifelse(at, (activity == NOTICE).ifelse(-at, 0))
    return events.group_by("case_id").agg(
        timed=total(timed),
        zero=total(timed & (end == start)),
        returns=total(activity == RETURN),
        notices=total(activity == NOTICE),
        answers=total(activity == ANSWER),
        waited=total(waited),
    )


def _received(grounds: Grounds, cases: Any) -> Any:
    there = grounds.year.has("cases", "received_at")
    return cases["received_at"] if there else ibis.null("timestamp")


def _time(grounds: Grounds, events: Any, column: str) -> Any:
    there = grounds.year.has("events", column)
    return events[column] if there else ibis.null("timestamp")
