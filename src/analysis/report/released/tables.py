"""Released tables (公开的表): those of a year that the public edition shows, described for protection.

Each says what its numbers count, so that those of one table are linked with those of all others.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pandas as pd

from analysis.errors import InsufficientError
from analysis.report.disclosure import Share, Table
from analysis.report.disclosure.rules import DEPARTMENT, MEASURE, YEAR
from analysis.report.released.labels import (
    ACCEPTED,
    ACTIVE,
    BAD,
    CASE_KIND,
    CHANNEL,
    COMMITTED,
    COMPLETED,
    DEFAULT,
    EARLY,
    INSPECTED,
    INSTANT,
    LAST_DAY,
    LATE,
    LEVEL,
    MONTH,
    NOT_SAID,
    OTHERS,
    PROMISED,
    RATINGS,
    TAKEN,
    UNLIMITED,
    WHO,
    of,
)
from analysis.statistics import breakdowns
from analysis.statistics.breakdowns import TOTAL
from analysis.statistics.facts import CALENDAR, Facts, named
from analysis.statistics.supervision import tables as supervision_tables
from analysis.statistics.timeliness.margins import closed_cases, early, late, on_last_day
from analysis.tables.clocks import PROMISED as PROMISED_CLOCK
from analysis.tables.codes.catalogue import COMMITMENT, IMMEDIATE

DEPARTMENTS, MONTHS, CHANNELS, KINDS = "各部门办件", "各月受理量", "按申报来源", "各部门办件类型"
LATE_BY_DEPARTMENT, LATE_RATE = "各部门承诺件超期", "超期率"
DAYS, CLOCK = "承诺件办理用时", "承诺时限下的提前、按时和超期"
INSPECTED_BY_TYPE, INSPECTED_BY_DEPARTMENT = "监管检查", "各部门监管检查"
RATED_BY_LEVEL, RATED_BY_DEPARTMENT = "好差评", "各部门好差评"
# Working days, in classes wide enough to be shown: the last day of each.
CLASSES = (0, 1, 2, 3, 5, 7, 10, 15, 20, 30)
SUPERVISED = ("检查", "发现问题", "查处违法违规", "作出处罚", "已公示")
FOUND_IN = {"发现问题": "检查", "查处违法违规": "发现问题", "作出处罚": "检查", "已公示": "检查"}


def tables_of(facts: Facts) -> Iterator[tuple[str, Table]]:
    """Yield name and description of each table that the year has the data for."""
    year = str(facts.year.year)
    for name, make in MADE.items():
        try:
            made = make(facts, year, f"{year} 年{name}")
        except InsufficientError:
            continue  # the section says so
        if made is not None and len(made.frame):
            yield name, made


def _departments(facts: Facts, year: str, name: str) -> Table:
    frame = breakdowns.cases_by_department(facts)
    return Table(name, frame.dropna(axis=1), fixed={YEAR: year})


def _months(facts: Facts, year: str, name: str) -> Table:
    rows = breakdowns.months_of([facts], "accepted").set_index("month")["n"]
    frame = rows.rename(index=str).rename_axis(MONTH).to_frame(ACCEPTED)
    return Table(name, frame, rows=MONTH, fixed={YEAR: year}, complete=(MONTH,))


def _channels(facts: Facts, year: str, name: str) -> Table:
    frame = breakdowns.accepted_by_channel(facts).rename_axis(CHANNEL).to_frame(ACCEPTED)
    frame.loc["不明"] = facts.n("accepted") - frame[ACCEPTED].sum()
    return Table(name, frame, rows=CHANNEL, fixed={YEAR: year}, complete=(CHANNEL,))


def _kinds(facts: Facts, year: str, name: str) -> Table:
    """Completed cases by department and kind."""
    departments = breakdowns.cases_by_department(facts)[COMPLETED].drop(TOTAL)
    codes = {COMMITMENT: COMMITTED, IMMEDIATE: INSTANT}
    rows = facts.rows("completed").groupby(["dept_code", "case_type"])["n"].sum().unstack()
    frame = _of_departments(rows.reindex(columns=list(codes)).rename(columns=codes), facts)
    frame = frame.reindex(departments.index).fillna(0).astype("int64")
    frame[OTHERS] = departments - frame.sum(axis=1)
    frame[TOTAL] = departments
    frame.loc[TOTAL] = frame.sum()
    return Table(name, frame, columns=CASE_KIND, fixed={YEAR: year, MEASURE: COMPLETED})


def _late(facts: Facts, year: str, name: str) -> Table | None:
    """Completed commitment cases by department, and which of them were late by the promise."""
    if _unclocked(facts):
        return None
    committed = _of_departments(
        _by_department(facts.rows("completed", case_type=COMMITMENT)), facts
    )
    margins = facts.rows(f"{PROMISED_CLOCK.name}_margin", case_type=COMMITMENT)
    late_ones = _of_departments(_by_department(margins[margins["value"] < 0]), facts)
    frame = pd.DataFrame({COMMITTED: committed["n"], LATE: late_ones["n"]})
    frame = frame.fillna(0).astype("int64").sort_values(COMMITTED, ascending=False, kind="stable")
    frame.index.name = DEPARTMENT
    frame.loc[TOTAL] = frame.sum()
    rate = frame[LATE] / frame[COMMITTED].where(frame[COMMITTED] > 0)
    commitment = of(COMPLETED, **{CASE_KIND: COMMITTED})
    return Table(
        name,
        frame.assign(**{LATE_RATE: rate}),
        fixed={YEAR: year},
        meant={COMMITTED: commitment, LATE: commitment | {PROMISED: LATE}},
        derived=(Share(LATE_RATE, LATE, COMMITTED),),
    )


def _by_department(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby("dept_code")["n"].sum().to_frame()


def _of_departments(frame: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    return frame.set_axis(named(frame.index, facts.year.items), axis=0)


def _unclocked(facts: Facts) -> bool:
    needs = [CALENDAR, *(f"cases.{column}" for column in PROMISED_CLOCK.columns)]
    return bool(facts.lacking([*needs, "cases.case_type"]))


def _days(facts: Facts, year: str, name: str) -> Table:
    days = breakdowns.completed_days(facts)
    ends = [-1, *CLASSES, max([CLASSES[-1] + 1, *days.index])]
    labels = [_class(low + 1, high) for low, high in pairwise(ends)]
    labels[-1] = f"超过 {CLASSES[-1]}"
    counted = {
        label: int(days[(days.index > low) & (days.index <= high)].sum())
        for label, (low, high) in zip(labels, pairwise(ends), strict=True)
    }
    frame = pd.Series(counted, name=COMPLETED).rename_axis(TAKEN).to_frame()
    fixed = {YEAR: year, CASE_KIND: COMMITTED}
    return Table(name, frame, rows=TAKEN, fixed=fixed, complete=(TAKEN,))


def _class(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}—{high}"


def _clock(facts: Facts, year: str, name: str) -> Table | None:
    if _unclocked(facts):
        return None
    ways = {EARLY: early, LAST_DAY: on_last_day, LATE: late}
    counted = {way: closed_cases(facts, PROMISED_CLOCK, of_them) for way, of_them in ways.items()}
    counted[UNLIMITED] = facts.n("completed") - sum(counted.values())
    frame = pd.Series(counted, name=COMPLETED).rename_axis(PROMISED).to_frame()
    # Commitment cases closed late are a part of all that were.
    commitment = facts.rows(f"{PROMISED_CLOCK.name}_margin", case_type=COMMITMENT)
    frame[COMMITTED] = [
        int(commitment.loc[way(commitment["value"].to_numpy()), "n"].sum()) for way in ways.values()
    ] + [facts.n("completed", case_type=COMMITMENT) - int(commitment["n"].sum())]
    return Table(
        name,
        frame,
        rows=PROMISED,
        columns=CASE_KIND,
        fixed={YEAR: year, MEASURE: COMPLETED},
        meant={COMPLETED: of(COMPLETED)},
        parts={COMMITTED: COMPLETED},
        complete=(PROMISED,),
    )


def _inspected_by_type(facts: Facts, year: str, name: str) -> Table | None:
    if "inspections" not in facts.year.tables:
        return None
    frame = supervision_tables.inspections_by_type(facts)[list(SUPERVISED)]
    return Table(name, frame, rows=INSPECTED, fixed={YEAR: year}, parts=FOUND_IN)


def _inspected_by_department(facts: Facts, year: str, name: str) -> Table | None:
    if "inspections" not in facts.year.tables:
        return None
    frame = supervision_tables.inspections_by_department(facts)[list(SUPERVISED)]
    return Table(name, frame, fixed={YEAR: year}, parts=FOUND_IN)


def _rated(frame: pd.DataFrame) -> pd.DataFrame:
    """Have a column for ratings that do not say whose they are, so that columns add up."""
    frame = frame.rename(columns={RATINGS: TOTAL})
    frame.insert(3, NOT_SAID, frame[TOTAL] - frame[ACTIVE] - frame[DEFAULT])
    return frame


def _rated_by_level(facts: Facts, year: str, name: str) -> Table | None:
    if "evaluations" not in facts.year.tables:
        return None
    frame = _rated(supervision_tables.ratings_by_level(facts))
    fixed = {YEAR: year, MEASURE: RATINGS}
    return Table(name, frame, rows=LEVEL, columns=WHO, fixed=fixed)


def _rated_by_department(facts: Facts, year: str, name: str) -> Table | None:
    if "evaluations" not in facts.year.tables:
        return None
    bad = of(RATINGS, **{LEVEL: BAD})
    return Table(
        name,
        _rated(supervision_tables.ratings_by_department(facts)),
        columns=WHO,
        fixed={YEAR: year, MEASURE: RATINGS},
        meant={BAD: bad, "已整改": bad | {"整改": "是"}},
        parts={BAD: TOTAL, "已整改": BAD},
    )


MADE: dict[str, Callable[[Facts, str, str], Table | None]] = {
    DEPARTMENTS: _departments,
    MONTHS: _months,
    CHANNELS: _channels,
    KINDS: _kinds,
    LATE_BY_DEPARTMENT: _late,
    DAYS: _days,
    CLOCK: _clock,
    INSPECTED_BY_TYPE: _inspected_by_type,
    INSPECTED_BY_DEPARTMENT: _inspected_by_department,
    RATED_BY_LEVEL: _rated_by_level,
    RATED_BY_DEPARTMENT: _rated_by_department,
}
