"""Courses (办理过程) of the commitment cases of a year, counted by department, item, months and days."""

from datetime import date, timedelta
from typing import Any

import ibis
import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.statistics.passes.counting import by_cutoff, total, within
from analysis.statistics.passes.workdays import Numbers, between, passed
from analysis.tables.clocks import PROMISED
from analysis.tables.codes.catalogue import COMMITMENT
from analysis.tables.year import Year

KEYS = ("dept_code", "item_code", "accepted_month", "accepted_before", "closed_month")
NUMBERS = ("statutory", "promised", "allowed", "days")
STILL_OPEN = 2  # whole months after which the cases of a month are taken to be closed


def courses(grounds: Grounds) -> pd.DataFrame:
    """Count the commitment cases that were accepted or closed in the year, or open in it.

    Returns:
        ``dept_code``, ``item_code``; ``accepted_month`` and ``closed_month`` (1-12, 0 for another
        year or not yet); ``accepted_before``, the month of those accepted in the year before (else
        0); ``statutory`` and ``promised`` limit, working days ``allowed`` by promise,
        extension and stops, and ``days`` taken, all in whole working days (null where not known, or
        not closed in time for the cut-off); ``n`` cases, ``supplemented`` of them with a
        supplement. Limits whose columns are not there are null throughout. Sorted.
    """
    year = grounds.year
    assert year.place.calendar is not None
    year.place.calendar.require(year.year)
    cases = grounds.rows("cases")
    cases = cases.filter(cases["case_type"] == COMMITMENT)
    cases = cases.mutate(
        accepted=by_cutoff(cases["accepted_at"], year), closed=by_cutoff(cases["closed_at"], year)
    )
    cases = cases.filter(
        cases["accepted"].notnull(),
        cases["closed"].isnull() | within(cases["closed"], year) | within(cases["accepted"], year),
        cases["outcome"].fill_null("") != "deleted",
    )
    numbered = Numbers.of(year.place.calendar).number(
        cases, {name: cases[name].date() for name in ("accepted", "closed")}
    )
    rounds = year.has("cases", "supp_rounds")
    rows = numbered.select(
        "dept_code",
        "item_code",
        accepted_month=_month(numbered["accepted"], year),
        accepted_before=_month_before(numbered["accepted"], year),
        closed_month=_month(numbered["closed"], year),
        **_limits(numbered, year),
        days=passed(between(numbered, "accepted", "closed")),
        supplemented=(numbered["supp_rounds"] > 0 if rounds else numbered["case_id"].isnull()),
    )
    keys = [*KEYS, *NUMBERS]
    counted: pd.DataFrame = (
        rows.group_by(keys)
        .agg(n=rows.count(), supplemented=total(rows["supplemented"]))
        .to_pandas()
    )
    counted = counted.astype(dict.fromkeys(NUMBERS, "float64"))
    return counted.sort_values(keys, ignore_index=True)


def closed(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the courses closed in the year that have a promised limit, with their ``margin``.

    The margin is the promised working days (with extension and stops) left at closing.
    """
    done = counts[(counts["closed_month"] > 0) & counts["allowed"].notna() & counts["days"].notna()]
    return done.assign(margin=done["allowed"] - done["days"])


def whole_months(cutoff: date) -> int:
    """Return how many months of the cut-off's year have ended by it."""
    return cutoff.month - ((cutoff + timedelta(days=1)).month == cutoff.month)


def _month(moment: Any, year: Year) -> Any:
    return within(moment, year).fill_null(False).ifelse(moment.month(), 0).cast("int64")


def _month_before(moment: Any, year: Year) -> Any:
    before = (moment.year() == year.year - 1).fill_null(False)
    return before.ifelse(moment.month(), 0).cast("int64")


def _limits(cases: Any, year: Year) -> dict[str, Any]:
    """Return the limits in whole working days; null where a column that makes one is not there."""
    statutory, promised, allowed = (
        year.has("cases", *columns)
        for columns in (("statutory_days",), ("promised_days",), PROMISED.columns)
    )
    none = ibis.null("int64")
    return {
        "statutory": _whole(cases["statutory_days"]) if statutory else none,
        "promised": _whole(cases["promised_days"]) if promised else none,
        "allowed": _whole(PROMISED.allowed(cases)) if allowed else none,
    }


def _whole(days: Any) -> Any:
    return days.floor().cast("int64")
