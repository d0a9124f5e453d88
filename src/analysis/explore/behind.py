"""Cases behind a figure (办件明细): which rows a number counts, de-identified, worst or latest first."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.errors import XukeError
from analysis.explore.choices import Choices
from analysis.explore.picked import CLOCK_COLUMNS, Behind, picked
from analysis.statistics.facts import CALENDAR, department_names, item_names
from analysis.tables.clocks import PROMISED, STATUTORY
from analysis.tables.names import nearest
from analysis.tables.process import CASES
from analysis.tables.schema import Privacy
from analysis.tables.year import Year

LIMIT = 200  # rows; nobody reads more, and they are always of one query
SHOWN = (
    "case_id",
    "dept_code",
    "item_code",
    "apply_channel",
    "submitted_at",
    "accepted_at",
    "not_accepted_at",
    "closed_at",
    "outcome",
    "case_type",
    "supp_rounds",
    "statutory_days",
    "promised_days",
)
# No person is in a list of cases, not even by a key that stands for one.
UNSHOWN = {c.name for c in CASES.columns if c.privacy in (Privacy.PSEUDONYM, Privacy.COMMERCIAL)}
assert not UNSHOWN & set(SHOWN)


def _happened(moment: str) -> Callable[[Any], Any]:
    return lambda cases: cases[f"{moment}_month"] > 0


def _completed(cases: Any) -> Any:
    return (cases["closed_month"] > 0) & cases["was_accepted"] & (cases["outcome"] != "deleted")


def _ended(*outcomes: str) -> Callable[[Any], Any]:
    return lambda cases: _completed(cases) & cases["outcome"].isin(outcomes)


def _late(of: Callable[[Any], Any], clock: str) -> Callable[[Any], Any]:
    return lambda cases: of(cases) & (cases[f"{clock}_margin"] < 0)


def _state(name: str) -> Callable[[Any], Any]:
    return lambda cases: cases[name]


BEHIND = {
    "applications": Behind("申请", _happened("submitted"), "submitted_month"),
    "accepted": Behind("受理", _happened("accepted"), "accepted_month"),
    "not_accepted": Behind("不受理", _happened("not_accepted"), "not_accepted_month"),
    "completed": Behind("办结", _completed, "closed_month"),
    "approved": Behind("审批同意", _ended("approved"), "closed_month"),
    "disapproved": Behind("审批不同意", _ended("refused"), "closed_month"),
    "pending_at_end": Behind("期末待受理", _state("pending_at_end")),
    "open_at_end": Behind("期末在办", _state("open_at_end")),
    **{
        f"late_{name}/{clock.name}": Behind(
            f"{words}({clock.term})", _late(of, clock.name), month, clock.name
        )
        for clock in (PROMISED, STATUTORY)
        for name, words, of, month in (
            ("closed", "超期办结", _completed, "closed_month"),
            ("open", "在办已超期", _state("open_at_end"), ""),
        )
    },
}


def cases_behind(
    year: Year, choices: Choices, figure: str, *, limit: int | None = LIMIT
) -> pd.DataFrame:
    """Return the cases that a figure counts in the chosen part of a year.

    Args:
        year: the year.
        choices: the part, as ``checked``.
        figure: a key of ``BEHIND``.
        limit: how many rows at most; None for all.

    Returns:
        One row per case, with Chinese headings: numbers, department, item, times, limits, outcome,
        and 用时 and 余量 in working days where there is a calendar. Late ones worst first, others
        latest application first. No column that stands for a person.

    Raises:
        XukeError: no such figure, a month was chosen for a stock, or the cases lack what it needs.
    """
    if figure not in BEHIND:
        raise XukeError(f"没有“{figure}”的办件明细:{nearest(figure, BEHIND)}")
    wanted = BEHIND[figure]
    _refuse_unfit(year, choices, wanted)
    shown = [name for name in SHOWN if year.has("cases", name)]
    found = picked(year, choices, wanted, shown, limit)
    return _in_words(found, year)


def _refuse_unfit(year: Year, choices: Choices, wanted: Behind) -> None:
    if choices.months and not wanted.month:
        raise XukeError(f"“{wanted.term}”是存量,不能按月份看:请不选月份。")
    needs = [f"cases.{name}" for name in CLOCK_COLUMNS.get(wanted.clock, ())]
    if wanted.clock and (year.place.calendar is None or not _has(year, needs)):
        raise XukeError(f"{year.title}缺少工作日历或时限的列,看不了“{wanted.term}”的办件。")


def _has(year: Year, needs: list[str]) -> bool:
    return CALENDAR not in needs and all(year.has(*need.split(".")) for need in needs)


def _in_words(found: pd.DataFrame, year: Year) -> pd.DataFrame:
    """Return cases with names for codes and Chinese headings."""
    names = department_names(year.items)
    shown = found.copy()
    for column in found.columns.intersection([c.name for c in CASES.columns]):
        if codes := CASES[column].codes:
            shown[column] = found[column].map(codes.terms).fillna("")
    shown["dept_code"] = found["dept_code"].map(names).fillna(found["dept_code"])
    named = found["item_code"].map(item_names(year.items)).fillna("未入目录")
    shown.insert(list(shown.columns).index("item_code") + 1, "事项名称", named)
    terms = {c.name: c.term for c in CASES.columns} | {"days": "用时(工作日)", "dept_code": "部门"}
    terms |= {f"{name}_margin": "余量(工作日,负数为超期)" for name in CLOCK_COLUMNS}
    return shown.rename(columns=terms)
