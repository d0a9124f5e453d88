"""Picking cases (取办件): first which ones, by the few columns that tell; then what is shown of these.

An engine would compute days and margins of all cases of the year before it takes the first two hundred.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis
import pandas as pd

from analysis.explore.choices import Choices
from analysis.statistics.passes.cells import DIMENSIONS
from analysis.statistics.passes.counting import of_licences
from analysis.statistics.passes.judged import judged, narrowed
from analysis.statistics.passes.states import MOMENTS
from analysis.tables.clocks import CLOCKS
from analysis.tables.year import Year

CLOCK_COLUMNS = {clock.name: clock.columns for clock in CLOCKS}
# What ``judged`` rests on, days and margins apart.
JUDGED_BY = ("case_id", *(f"{m}_at" for m in MOMENTS), *DIMENSIONS, "accept_status")


@dataclass(frozen=True)
class Behind:
    """How the cases behind a figure are found.

    Attributes:
        term: what they are.
        where: an Ibis condition over ``judged`` cases.
        month: the column of the month that counts; empty for a stock.
        clock: name of the clock by which the worst come first; empty for the latest first.
    """

    term: str
    where: Callable[[Any], Any]
    month: str = ""
    clock: str = ""


def picked(
    year: Year, choices: Choices, wanted: Behind, shown: Sequence[str], limit: int | None
) -> pd.DataFrame:
    """Return the cases behind a figure, worst or latest first.

    Args:
        year: the year.
        choices: the part of it that counts.
        wanted: which cases.
        shown: columns of ``cases`` to return.
        limit: how many rows at most; None for all.

    Returns:
        The columns ``shown``; with a calendar ``days``; with a clock its margin.
    """
    which = _first(year, choices, wanted).limit(limit).select("case_id").to_pandas()
    named = ibis.memtable(which, schema={"case_id": "string"})
    rows = year.tables["cases"].semi_join(named, "case_id")
    cases = judged(narrowed(year, rows, (*JUDGED_BY, *shown, *CLOCK_COLUMNS.get(wanted.clock, ()))))
    margin = [f"{wanted.clock}_margin"] if wanted.clock else []
    days = ["days"] if year.place.calendar else []
    found: pd.DataFrame = _ordered(cases, wanted).select([*shown, *days, *margin]).to_pandas()
    return found


def _first(year: Year, choices: Choices, wanted: Behind) -> Any:
    """Return the wanted cases in their order, as an Ibis table; days only if a clock tells which."""
    columns = (*JUDGED_BY, *CLOCK_COLUMNS.get(wanted.clock, ()))
    narrow = narrowed(year, year.tables["cases"], columns)
    if not wanted.clock:
        narrow = replace(narrow, place=replace(year.place, calendar=None))
    cases = _of_choices(of_licences(judged(narrow), year), choices, wanted)
    return _ordered(cases.filter(wanted.where(cases)), wanted)


def _ordered(cases: Any, wanted: Behind) -> Any:
    worst = cases[f"{wanted.clock}_margin"].asc() if wanted.clock else cases["submitted_at"].desc()
    return cases.order_by([worst, "case_id"])


def _of_choices(cases: Any, choices: Choices, wanted: Behind) -> Any:
    chosen = {
        "dept_code": choices.department,
        "item_code": choices.item,
        "apply_channel": choices.channel,
    }
    conditions = [cases[column] == value for column, value in chosen.items() if value]
    if choices.months:
        conditions.append(cases[wanted.month].isin(choices.months))
    return cases.filter(ibis.and_(*conditions)) if conditions else cases
