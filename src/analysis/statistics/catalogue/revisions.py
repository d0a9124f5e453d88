"""Changes of the catalogue (目录变化): licences added, dropped, delegated or revised within a year."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.statistics.breakdowns import TOTAL
from analysis.statistics.facts import Facts, named
from analysis.statistics.limits import in_days
from analysis.statistics.scopes import licences, licences_in_force
from analysis.tables.codes.catalogue import CASE_TYPE, IMMEDIATE, LIMIT_UNIT

ADDED, DROPPED, DELEGATED, MOVED = "新增", "取消", "承接下放(委托)", "实施主体变更"
MADE_IMMEDIATE, NOT_IMMEDIATE = "改为即办件", "改为非即办件"
IDENTITY = ("dept_code", "dept_name", "impl_code", "item_code", "item_name")
COLUMNS = (*IDENTITY, "change", "before", "after")
OWN = ("dept_code", "item_code")


@dataclass(frozen=True)
class Aspect:
    """A number of an item that may fall or rise.

    Attributes:
        columns: the columns of ``items`` that hold it.
        fell: what it is called when it fell.
        rose: what it is called when it rose.
        read: returns it for each row, comparable; null where it is not known.
        show: says in words what the columns hold, given their values.
    """

    columns: tuple[str, ...]
    fell: str
    rose: str
    read: Callable[[pd.DataFrame], pd.Series]
    show: Callable[..., str]

    def shown(self, items: pd.DataFrame) -> pd.Series:
        """Return for each row what its columns hold, as text."""
        values = zip(*(items[column] for column in self.columns), strict=True)
        return pd.Series([self.show(*row) for row in values], index=items.index, dtype="str")


def _limit(name: str, term: str) -> Aspect:
    return Aspect(
        (f"{name}_limit", f"{name}_unit"),
        f"{term}缩短",
        f"{term}延长",
        lambda items: in_days(items, name),
        lambda limit, unit: f"{limit:g}{LIMIT_UNIT.terms[unit]}",
    )


def _number(column: str, fell: str, rose: str) -> Aspect:
    return Aspect((column,), fell, rose, lambda items: items[column], str)


PROMISED = _limit("promised", "承诺时限")
ASPECTS = (
    _limit("statutory", "法定时限"),
    PROMISED,
    _number("materials_n", "材料减少", "材料增加"),
    _number("site_visits", "到现场次数减少", "到现场次数增加"),
    Aspect(
        ("tolerance_ok",),
        "退出容缺受理",
        "纳入容缺受理",
        lambda items: items["tolerance_ok"].astype("Int64"),
        lambda listed: "是" if listed else "否",
    ),
)
KINDS = (
    ADDED,
    DROPPED,
    DELEGATED,
    MOVED,
    MADE_IMMEDIATE,
    NOT_IMMEDIATE,
    *(word for aspect in ASPECTS for word in (aspect.fell, aspect.rose)),
)


def changes(facts: Facts, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what changed among the licences in force between last year's end and the cut-off.

    Of one department, what changed is its own, as seen from the place: what it takes over from another
    is 实施主体变更 there, and not 新增.

    Args:
        facts: the year.
        before: the catalogue in force at the end of the year before, such as ``in_force`` of last
            year's facts; without it, what the year's own catalogue says was in force then, which
            needs its dates of validity. Both of the whole place.

    Returns:
        One row for each change of an item (业务办理项): ``dept_code``,
        ``dept_name``, ``impl_code``, ``item_code``, ``item_name``; ``change``, one of ``KINDS``;
        ``before`` and ``after``, as text, empty where there is nothing to show. What one of the
        two catalogues has no column for, or leaves empty, is not compared.
    """
    if facts.whole is None:
        return _changes(facts, before)
    found = facts.whole.once(_changes) if before is None else _changes(facts.whole, before)
    own = pd.MultiIndex.from_frame(facts.items[[*OWN]])
    return found[pd.MultiIndex.from_frame(found[[*OWN]]).isin(own)].reset_index(drop=True)


def _changes(facts: Facts, before: pd.DataFrame | None = None) -> pd.DataFrame:
    old = _by_code(licences(facts.in_force_before if before is None else before))
    new = _by_code(licences_in_force(facts))
    found = [
        _rows(new[~new.index.isin(old.index)], ADDED),
        _rows(old[~old.index.isin(new.index)], DROPPED),
        _delegated(new, facts),
    ]
    there = new.index.intersection(old.index)
    found += _revised(old.loc[there], new.loc[there])
    frame = pd.concat(found, ignore_index=True)
    return frame.sort_values(["dept_code", "item_code"], kind="stable", ignore_index=True)


def changes_by_department(facts: Facts, found: pd.DataFrame) -> pd.DataFrame:
    """Return how many changes of each kind each department had (各部门目录变化).

    Args:
        facts: the year.
        found: as returned by ``changes``.

    Returns:
        Index 部门; an integer column for each of ``KINDS``, in changes; the last row is 合计.
    """
    counts = found.groupby(["dept_code", "change"]).size().unstack(fill_value=0)
    frame = counts.reindex(columns=list(KINDS), fill_value=0).rename_axis(columns=None)
    frame.index = named(frame.index, facts.year.items)
    frame.loc[TOTAL] = frame.sum()
    return frame.astype("int64")


def _by_code(items: pd.DataFrame) -> pd.DataFrame:
    """Return rows in force, of which there is one for each item, by ``item_code``."""
    return items.set_index("item_code", drop=False).rename_axis(None)


def _rows(
    items: pd.DataFrame,
    change: str,
    before: pd.Series | str = "",
    after: pd.Series | str = "",
) -> pd.DataFrame:
    return items[list(IDENTITY)].assign(change=change, before=before, after=after)


def _delegated(items: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Return the items whose date of delegation (承接日期) is in the year."""
    if "delegated_on" not in items:
        return _rows(items[:0], DELEGATED)
    within = items["delegated_on"].between(
        pd.Timestamp(facts.year.start), pd.Timestamp(facts.year.cutoff)
    )
    mine = items[within]
    return _rows(mine, DELEGATED, after=mine["delegated_on"].dt.strftime("%Y-%m-%d"))


def _revised(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Return what differs between two catalogues of the same items, in the same order."""
    moved = old["dept_code"] != new["dept_code"]
    yield _rows(new[moved], MOVED, old.loc[moved, "dept_name"], new.loc[moved, "dept_name"])
    was, now = old["case_type"], new["case_type"]
    kinds = was.map(CASE_TYPE.terms), now.map(CASE_TYPE.terms)
    for change, differs in (
        (MADE_IMMEDIATE, was.notna() & was.ne(IMMEDIATE) & now.eq(IMMEDIATE)),
        (NOT_IMMEDIATE, now.notna() & was.eq(IMMEDIATE) & now.ne(IMMEDIATE)),
    ):
        yield _rows(new[differs], change, *(kind[differs] for kind in kinds))
    for aspect in ASPECTS:
        if set(aspect.columns) <= {*old.columns} & {*new.columns}:
            yield from _fell_or_rose(aspect, old, new)


def _fell_or_rose(aspect: Aspect, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[pd.DataFrame]:
    was, now = aspect.read(old), aspect.read(new)
    for change, differs in ((aspect.fell, now < was), (aspect.rose, now > was)):
        which = differs.fillna(False).astype(bool)
        if which.any():  # most aspects stay as they were
            shown = (aspect.shown(listed[which]) for listed in (old, new))
            yield _rows(new[which], change, *shown)
