"""Flags (标记): what is added up over the cases of a cell, beside their number.

A flag does not split cells, so there may be many; each says which columns it needs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis.statistics.passes.workdays import between
from analysis.tables.clocks import DELIVERY_LIMIT, NOTICE_LIMIT, STATUTORY_DEEMED


@dataclass(frozen=True)
class Flag:
    """One thing added up.

    Attributes:
        name: column of the cells.
        term: what it counts, in Chinese.
        columns: the columns of ``cases`` that it needs.
        of: an Ibis boolean or integer over the cases; null counts as nothing.
        calendar: whether it needs numbered days (received, noticed, decided, delivered).
        of_cell: whether it is the same for all cases of a cell: then it is multiplied by their
            number instead of being added up.
    """

    name: str
    term: str
    columns: tuple[str, ...]
    of: Callable[[Any], Any]
    calendar: bool = False
    of_cell: bool = False


def _is_set(column: str) -> Callable[[Any], Any]:
    return lambda cases: cases[column]


def _known(column: str) -> Callable[[Any], Any]:
    return lambda cases: cases[column].notnull()


def _limit(column: str) -> Callable[[Any], Any]:
    """Whole working days of a limit, of cases whose days are counted."""
    return lambda cases: cases["days"].notnull().ifelse(cases[column].floor(), 0)


def _taken(column: str) -> Callable[[Any], Any]:
    """Working days taken by the cases that have a limit."""
    return lambda cases: cases[column].notnull().ifelse(cases["days"], 0)


def _not_in_time(cases: Any) -> Any:
    """Delivered too late, or by the cut-off neither delivered nor any longer in time."""
    return between(cases, "decided", "handed") > DELIVERY_LIMIT


FLAGS = (
    Flag("tolerance", "容缺受理", ("tolerance_used",), _is_set("tolerance_used")),
    Flag("commitment", "告知承诺", ("commitment_used",), _is_set("commitment_used")),
    Flag("online_full", "全程网办", ("online_full",), _is_set("online_full")),
    Flag("in_package", "经“一件事”办理", ("package_code",), _known("package_code")),
    Flag("supp_known", "补正次数已知", ("supp_rounds",), _known("supp_rounds")),
    Flag("one_pass", "未经补正", ("supp_rounds",), lambda cases: cases["supp_rounds"] == 0),
    Flag("supp_again", "补正两次以上", ("supp_rounds",), lambda cases: cases["supp_rounds"] >= 2),
    Flag(
        "silent",
        "收件后5个工作日内既未受理也未告知补正",
        STATUTORY_DEEMED.columns,
        lambda cases: cases["deemed"],
        calendar=True,
        of_cell=True,
    ),
    Flag("visits_known", "到现场次数已知", ("site_visits_actual",), _known("site_visits_actual")),
    Flag("visits", "实际到现场次数", ("site_visits_actual",), _is_set("site_visits_actual")),
    Flag(
        "same_day",
        "申请当日办结",
        (),
        lambda cases: cases["closed_at"].date() == cases["submitted_at"].date(),
    ),
    *(
        Flag(
            f"{limit}_limit", f"{term}之和", (f"{limit}_days",), _limit(f"{limit}_days"), True, True
        )
        for limit, term in (("statutory", "法定时限"), ("promised", "承诺时限"))
    ),
    *(
        Flag(
            f"{limit}_taken",
            f"有{term}的办件用时之和",
            (f"{limit}_days",),
            _taken(f"{limit}_days"),
            calendar=True,
            of_cell=True,
        )
        for limit, term in (("statutory", "法定时限"), ("promised", "承诺时限"))
    ),
    Flag(
        "noticed",
        "年内首次告知补正",
        ("received_at", "first_supp_notice_at"),
        lambda cases: cases["noticed_in_year"] & cases["received_at"].notnull(),
        calendar=True,
    ),
    Flag(
        "noticed_late",
        "收件后超过5个工作日才告知补正",
        ("received_at", "first_supp_notice_at"),
        lambda cases: (
            cases["noticed_in_year"] & (between(cases, "received", "noticed") > NOTICE_LIMIT)
        ),
        calendar=True,
    ),
    Flag(
        "delivery_due",
        "已送达,或决定后10个工作日已过而尚未送达",
        ("decided_at", "delivered_at"),
        lambda cases: (
            cases["decided_at"].notnull() & (cases["delivered_at"].notnull() | _not_in_time(cases))
        ),
        calendar=True,
    ),
    Flag(
        "delivery_late",
        "决定后超过10个工作日才送达,或已超过而尚未送达",
        ("decided_at", "delivered_at"),
        lambda cases: _not_in_time(cases),
        calendar=True,
    ),
)
