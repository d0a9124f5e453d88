"""Endings (办结): the cases completed in a year, or open at its end, counted in one pass.

Their time stamps, recorded due dates, steps and waits: each would read the same columns.
"""

from typing import Any

import ibis
import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.problems.happened import by_case, of_case
from analysis.statistics.passes.counting import by_cutoff, is_completed, made_once, total
from analysis.tables.rules import earlier
from analysis.tables.year import Year

KEYS = ("dept_code", "case_type", "closed_on")
SORTS = {"statutory": "法定", "promised": "承诺"}


def endings(grounds: Grounds) -> pd.DataFrame:
    """Count the cases completed in the year, and of those open at the cut-off what falls due.

    Returns:
        ``dept_code`` and ``case_type``, empty where unknown; ``closed_on``, null for open cases.
        Integer columns: ``n`` completed cases; of these ``midnight``, accepted or closed at
        00:00:00, ``dated``, closed at 00:00:00, ``at_once``, accepted and closed within one minute
        (times at midnight are dates), ``reversed``, closed before acceptance, and ``pushed``, with a
        version above 1 (0 where versions are not there); what ``recorded.recorded`` counts, named ``<sort>_<count>``, for the
        due dates that there are; and, where there are events, what ``happened.happened`` counts.
        Sorted.
    """
    year = grounds.year
    if not year.has("events", "case_id", "activity"):
        rows = _cases(grounds)
        return _grouped(rows, _stamped(rows) | _due(rows, year))
    # By themselves first: an engine that does not know how few they are would look up every case.
    with made_once(by_case(year)) as steps:
        rows = _cases(grounds).left_join(steps, "case_id", rname="of_{name}")
        return _grouped(rows, _stamped(rows) | _due(rows, year) | of_case(rows, year))


def _cases(grounds: Grounds) -> Any:
    """Return all cases, and which of them were ``completed``, or are ``still`` open at the cut-off.

    The others count as nothing. Were they left out here, DuckDB would take the cases for fewer than
    those with events, and make its lookup of the larger side.
    """
    year, rows = grounds.year, grounds.rows("cases")
    accepted, closed, not_accepted = (
        by_cutoff(rows[f"{moment}_at"], year) for moment in ("accepted", "closed", "not_accepted")
    )
    return rows.mutate(
        completed=is_completed(rows, year),
        still=accepted.notnull() & closed.isnull() & not_accepted.isnull(),
    )


def _grouped(rows: Any, counts: dict[str, Any]) -> pd.DataFrame:
    frame: pd.DataFrame = rows.group_by(**_keys(rows)).agg(**counts).to_pandas()
    frame = frame.astype(dict.fromkeys(counts, "int64"))
    frame = frame[frame[list(counts)].any(axis=1)]
    frame["closed_on"] = pd.to_datetime(frame["closed_on"])
    return frame.sort_values(list(KEYS), ignore_index=True)


def _keys(rows: Any) -> dict[str, Any]:
    return {
        "dept_code": rows["dept_code"].fill_null(""),
        "case_type": rows["case_type"].fill_null(""),
        "closed_on": rows["completed"].ifelse(rows["closed_at"].date(), ibis.null("date")),
    }


def _stamped(rows: Any) -> dict[str, Any]:
    closed, accepted, completed = rows["closed_at"], rows["accepted_at"], rows["completed"]
    same = accepted.truncate("m") == closed.truncate("m")
    pushed = rows["data_version"] > 1 if "data_version" in rows.columns else ibis.literal(False)
    return {
        "n": total(completed),
        "midnight": total(completed & (_date(accepted) | _date(closed))),
        "dated": total(completed & _date(closed)),
        "at_once": total(completed & same & ~_date(closed)),
        "reversed": total(completed & earlier(closed, accepted)),
        "pushed": total(completed & pushed),
    }


def _date(moment: Any) -> Any:
    """Tell whether a time is a date alone."""
    return moment == moment.truncate("D").cast("timestamp")


def _due(rows: Any, year: Year) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    for sort in SORTS:
        if year.has("cases", f"{sort}_due_at"):
            due = rows[f"{sort}_due_at"]
            closed = rows["completed"] & due.notnull()
            still = rows["still"] & due.notnull()
            late, overdue = rows["closed_at"].date() > due.date(), due.date() < year.cutoff
            counts |= {
                f"{sort}_closed": total(closed),
                f"{sort}_late": total(closed & late),
                f"{sort}_still": total(still),
                f"{sort}_overdue": total(still & overdue),
            }
    return counts
