"""Patterns (规律): what no single row shows, and what imitates findings if nobody looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis

from analysis.tables.calendar import Calendar
from analysis.tables.codes.catalogue import ITEM_TYPE, LICENCE

TELLING = 0.05  # share from which a pattern is told
BULK = 50  # cases of one department, accepted and closed within one and the same minute
OPEN = 30  # cases open at the year's end: a stock that was not 0 a year before
AT_ONCE = 60  # seconds
SATURDAY = 5  # days of the week count from Monday, 0


@dataclass(frozen=True)
class Pattern:
    """One pattern: what is odd about many rows together, in Chinese, and how many they are."""

    id: str
    said: str
    n: int


def patterns(
    cases: Any, year: int, calendar: Calendar | None, items: Any = None
) -> Iterator[Pattern]:
    """Yield the patterns of a year's cases.

    Args:
        cases: Ibis table of the cases that are kept.
        year: the year.
        calendar: the place's working days; without one, Saturdays and Sundays are told.
        items: Ibis table of the catalogue; None where it is not known.
    """
    there = set(cases.columns)
    if items is not None and {"item_code", "item_type"} <= {*items.columns}:
        yield from _other_types(cases, items)
    if {"accepted_at", "closed_at"} <= there:
        yield from _nothing_open(cases, year)
    if "submitted_at" in there:
        yield from _missing_months(cases, year)
    for name, term in (("accepted_at", "受理时间"), ("closed_at", "办结时间")):
        if name in there:
            yield from _midnight(cases[name], name, term)
    if "closed_at" in there:
        yield from _days_off(cases["closed_at"], year, calendar)
    if {"accepted_at", "closed_at", "dept_code"} <= there:
        yield from _bulk(cases)


def _missing_months(cases: Any, year: int) -> Iterator[Pattern]:
    applied = cases.filter(cases["submitted_at"].year() == year)
    found = applied.group_by(month=applied["submitted_at"].month()).agg(n=applied.count())
    counts = {row["month"]: row["n"] for row in found.to_pyarrow().to_pylist()}
    missing = [month for month in range(1, 13) if month not in counts]
    if missing and counts:
        months = "、".join(map(str, missing))
        yield Pattern("missing_months", f"{year} 年 {months} 月没有一件申请:导出是否不全?", 0)


def _other_types(cases: Any, items: Any) -> Iterator[Pattern]:
    licences = items.filter(items["item_type"] == LICENCE)["item_code"]
    others = items.filter(items["item_code"].notin(licences)).select("item_code", "item_type")
    counted = cases.select("item_code").join(others.distinct(on="item_code"), "item_code")
    found = counted.group_by("item_type").agg(n=counted.count()).order_by("item_type")
    of = {row["item_type"]: row["n"] for row in found.to_pyarrow().to_pylist()}
    if of:
        said = "、".join(f"{ITEM_TYPE.terms[kind]} {n:,}" for kind, n in of.items())
        yield Pattern(
            "other_types", f"事项类型不是行政许可的办件,各项指标都不计({said})", sum(of.values())
        )


def _nothing_open(cases: Any, year: int) -> Iterator[Pattern]:
    """Yield that no case was open at the start of a year at whose end many are."""
    accepted, closed = cases["accepted_at"], cases["closed_at"]
    at_start, at_end = (
        ((accepted < day) & (closed.isnull() | (closed >= day))).fill_null(False)
        for day in (datetime(year, 1, 1), datetime(year + 1, 1, 1))
    )
    counted = ibis.array([at_start.sum(), at_end.sum()]).to_pyarrow().as_py()
    if not counted[0] and (counted[1] or 0) >= OPEN:
        yield Pattern(
            "nothing_open",
            f"年末在办 {counted[1]:,} 件,年初却一件也没有:导出是否只含当年申请的?上年申请、当年办结的就漏了",
            0,
        )


def _midnight(moments: Any, name: str, term: str) -> Iterator[Pattern]:
    n, all_ = _count(moments.notnull() & (moments == moments.truncate("D")), moments)
    if n == all_ > 0:
        yield Pattern(f"dates_{name}", f"{term}只有日期,没有时刻", n)
    elif n > all_ * TELLING:
        yield Pattern(f"midnight_{name}", f"{term}正好是零点,多半只录了日期({_share(n, all_)})", n)


def _days_off(closed: Any, year: int, calendar: Calendar | None) -> Iterator[Pattern]:
    if calendar and calendar.first.year <= year <= calendar.last.year:
        days = calendar.frame()
        off = days.loc[~days["is_workday"] & (days["date"].dt.year == year), "date"]
        rest, n_days = closed.date().isin(list(off.dt.date)), len(off)
    else:
        rest, n_days = closed.day_of_week.index() >= SATURDAY, 104
    n, all_ = _count(rest & (closed.year() == year), closed)
    if n > all_ * TELLING:
        yield Pattern("days_off", f"在休息日办结的(一年有 {n_days} 个休息日;{_share(n, all_)})", n)


def _bulk(cases: Any) -> Iterator[Pattern]:
    took = cases["closed_at"].delta(cases["accepted_at"], unit="second")
    at_once = cases.filter((took >= 0) & (took < AT_ONCE))
    minutes = at_once.group_by(
        dept=at_once["dept_code"], minute=at_once["accepted_at"].truncate("m")
    ).agg(n=at_once.count())
    many = minutes.filter(minutes["n"] >= BULK)
    found = many.aggregate(n=many["n"].sum(), minutes=many.count()).to_pyarrow().to_pylist()[0]
    if found["n"]:
        yield Pattern(
            "bulk",
            f"疑似批量补录:同一部门同一分钟内受理并办结 {BULK} 件以上(共 {found['minutes']:,} 个分钟)",
            int(found["n"]),
        )


def _count(flag: Any, moments: Any) -> tuple[int, int]:
    """Return how many moments have a flag, and how many there are."""
    counted = ibis.array([flag.fill_null(False).sum(), moments.count()]).to_pyarrow().as_py()
    return int(counted[0] or 0), int(counted[1])


def _share(n: int, all_: int) -> str:
    return f"占 {n / all_:.1%}"
