"""What happened (环节记录) to the completed cases of a year: their steps, returns and waits."""

from typing import Any

import ibis
import pandas as pd

from analysis.statistics.passes.counting import total
from analysis.tables.codes.catalogue import IMMEDIATE
from analysis.tables.year import Year

LASTING = ("handle", "review", "approve")  # steps of work; the others are moments
NOTICE, ANSWER, RETURN = "supp_notice", "supp_received", "return"
COUNTS = ("timed", "zero", "returned", "any_return", "waiting", "waited", "taken")


def happened(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the steps, returns and waits of the completed cases, by department.

    The wait of a case is the sum of its answers' times less the sum of its notices': whichever answer
    belongs to which notice. A case with a notice that was never answered does not count as waiting.

    Args:
        counts: as ``endings`` returns them.

    Returns:
        Index ``dept_code`` (of the case); integer columns: ``timed`` steps of work that have an end,
        ``zero``, those of them without length; ``returned``, cases that a reviewer sent back,
        immediate ones apart, and ``any_return``, these with them; ``waiting`` cases, and the seconds
        that these ``waited`` and have ``taken`` from receipt to closing.
    """
    return counts.groupby("dept_code")[list(COUNTS)].sum()


def of_case(rows: Any, year: Year) -> dict[str, Any]:
    """Return what is counted of ``completed`` cases joined to what ``by_case`` says of them."""
    there = year.has("cases", "received_at")
    received = rows["received_at"] if there else ibis.null("timestamp")
    taken = rows["closed_at"].epoch_seconds() - received.epoch_seconds()
    waiting = rows["completed"] & (
        (rows["notices"] > 0)
        & (rows["notices"] == rows["answers"])
        & rows["waited"].between(0, taken)
    ).fill_null(False)
    returned = (rows["case_type"].fill_null("") != IMMEDIATE) & (rows["returns"] > 0)
    counted = (
        total(rows["completed"].ifelse(rows["timed"], 0)),
        total(rows["completed"].ifelse(rows["zero"], 0)),
        total(rows["completed"] & returned),
        total(rows["completed"] & (rows["returns"] > 0)),
        total(waiting),
        total(waiting.ifelse(rows["waited"], 0)),
        total(waiting.ifelse(taken, 0)),
    )
    return dict(zip(COUNTS, counted, strict=True))


def by_case(year: Year) -> Any:
    """Return one row for each case with events that count here (Ibis): ``case_id`` and its sums."""
    events = year.tables["events"]
    events = events.filter(events["activity"].isin([*LASTING, NOTICE, ANSWER, RETURN]))
    start, end = (_time(year, events, f"{of}_at") for of in ("start", "end"))
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


def _time(year: Year, events: Any, column: str) -> Any:
    there = year.has("events", column)
    return events[column] if there else ibis.null("timestamp")
