"""Rules across the columns of one row (跨列规则): what two of its columns say against each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Contradiction:
    """Something that cannot be true of one row.

    Attributes:
        id: stable short name.
        columns: the columns that contradict each other; without one of them nothing can be said.
        said: what is wrong, in Chinese.
        broken: from the Ibis table of the rows to the boolean that tells it; null for no.
    """

    id: str
    columns: tuple[str, ...]
    said: str
    broken: Callable[[Any], Any]


def earlier(late: Any, early: Any) -> Any:
    """Tell whether what should come later came earlier.

    A time at midnight is mostly a date alone: on the same day it contradicts nothing.
    """
    only_date = (late.truncate("s") == late.truncate("D")) & (late.date() == early.date())
    return (late < early) & ~only_date


def _order(late: str, early: str, said: str) -> Contradiction:
    return Contradiction(
        f"{late}_before_{early}",
        (late, early),
        said,
        lambda rows: earlier(rows[late], rows[early]),
    )


def _not_accepted(rows: Any) -> Any:
    return rows["accept_status"].isin(["not_needed", "rejected"])


CASES = (
    _order("accepted_at", "submitted_at", "受理时间早于申请时间"),
    _order("closed_at", "submitted_at", "办结时间早于申请时间"),
    _order("closed_at", "not_accepted_at", "办结时间早于不受理时间"),
    _order("closed_at", "accepted_at", "办结时间早于受理时间"),
    _order("not_accepted_at", "submitted_at", "不受理时间早于申请时间"),
    Contradiction(
        "accepted_and_not",
        ("accepted_at", "not_accepted_at"),
        "既有受理时间又有不受理时间",
        lambda rows: rows["accepted_at"].notnull() & rows["not_accepted_at"].notnull(),
    ),
    Contradiction(
        "accepted_without_time",
        ("accept_status", "accepted_at"),
        "受理状态为受理而没有受理时间",
        lambda rows: (rows["accept_status"] == "accepted") & rows["accepted_at"].isnull(),
    ),
    Contradiction(
        "time_without_accepted",
        ("accepted_at", "accept_status"),
        "有受理时间而受理状态不是受理",
        lambda rows: (rows["accept_status"] != "accepted") & rows["accepted_at"].notnull(),
    ),
    Contradiction(
        "not_accepted_without_time",
        ("accept_status", "not_accepted_at"),
        "受理状态为不受理而没有不受理时间",
        lambda rows: _not_accepted(rows) & rows["not_accepted_at"].isnull(),
    ),
    Contradiction(
        "time_without_not_accepted",
        ("not_accepted_at", "accept_status"),
        "有不受理时间而受理状态不是不受理或不予受理",
        lambda rows: ~_not_accepted(rows) & rows["not_accepted_at"].notnull(),
    ),
    Contradiction(
        "closed_without_outcome",
        ("closed_at", "outcome", "not_accepted_at"),
        "有办结时间而没有办结结果",
        lambda rows: (
            rows["closed_at"].notnull()
            & rows["not_accepted_at"].isnull()
            & rows["outcome"].isnull()
        ),
    ),
    Contradiction(
        "outcome_without_closed",
        ("outcome", "closed_at"),
        "有办结结果而没有办结时间",
        lambda rows: rows["outcome"].notnull() & rows["closed_at"].isnull(),
    ),
    Contradiction(
        "decided_without_accepted",
        ("outcome", "accepted_at"),
        "准予或不予许可而没有受理时间",
        lambda rows: rows["outcome"].isin(["approved", "refused"]) & rows["accepted_at"].isnull(),
    ),
    Contradiction(
        "void",
        ("record_state",),
        "数据状态为作废,不应计入",
        lambda rows: rows["record_state"] == "void",
    ),
)

# A required column may be empty where the thing has not happened.
EMPTY_ALLOWED = {
    ("cases", "accepted_at"),
    ("cases", "not_accepted_at"),
    ("cases", "closed_at"),
    ("cases", "outcome"),
    ("items", "statutory_limit"),
}
