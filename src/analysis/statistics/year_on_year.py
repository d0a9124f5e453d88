"""Year on year (同比): each figure beside last year's, and whether claims of improvement hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import pandas as pd

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, Kind
from analysis.statistics.registry import REGISTRY
from analysis.tables.year import Year, same_day

COLUMNS = ("id", "variant", "term", "unit", "before", "now", "difference", "change")


class Direction(StrEnum):
    """What a claim of improvement (提升) comes to against last year."""

    BETTER = "提升"
    SAME = "持平"
    WORSE = "下降"
    UNKNOWN = "数据不足"


@dataclass(frozen=True)
class Claim:
    """Something a report may claim to have improved.

    Attributes:
        figure: the figure that tells, as id and variant.
        less_is_better: whether a smaller value is the better one.
    """

    figure: tuple[str, str]
    less_is_better: bool


# 2022 report: 行政许可事项承诺办结期限、实际平均办结时间等均较往年有较大提升.
CLAIMS = (
    Claim(("mean_promised_limit", ""), less_is_better=True),
    Claim(("mean_days", "commitment"), less_is_better=True),
    Claim(("time_compression_rate", "item_sum"), less_is_better=False),
    Claim(("instant_rate", "item_flag"), less_is_better=False),
    Claim(("avg_trips", "item_mean"), less_is_better=True),
    Claim(("on_time_rate", "promise"), less_is_better=False),
    Claim(("online_accept_share", ""), less_is_better=False),
)


def year_on_year(now: Facts, before: Facts) -> pd.DataFrame:
    """Return each figure that both years give, side by side (同比).

    Args:
        now: the facts of the year.
        before: those of the same period of the year before, as ``kept.facts_before``.

    Returns:
        One row per figure and variant: ``id``, ``variant``, ``term``, ``unit``; ``before`` and
        ``now``, exact; ``difference`` in the unit (percentage points for rates); ``change``, the
        relative change of counts, as a share, None where last year had none or it is a rate.

    Raises:
        XukeError: the two do not end on the same day of their years.
    """
    _require_same_period(now.year, before.year)
    return pd.DataFrame(_rows(now, before), columns=list(COLUMNS), dtype=object)


def _rows(now: Facts, before: Facts) -> Iterator[tuple[object, ...]]:
    for figure in REGISTRY.values():
        ours, theirs = _value(figure, now), _value(figure, before)
        if ours is None or theirs is None:
            continue
        counted = figure.kind is Kind.COUNT and theirs != 0
        change = ours / theirs - 1 if counted else None
        yield (
            figure.id,
            figure.variant,
            figure.term,
            figure.unit,
            theirs,
            ours,
            ours - theirs,
            change,
        )


def directions(now: Facts, before: Facts) -> pd.DataFrame:
    """Return whether what reports claim to have improved has, against last year (提升与否).

    Returns:
        One row per claim: ``term``, ``unit``, ``before``, ``now`` (exact, None without data) and
        ``direction``, a ``Direction``. A direction only: how large counts as 较大, nobody defines.

    Raises:
        XukeError: the two do not end on the same day of their years.
    """
    _require_same_period(now.year, before.year)
    rows = []
    for claim in CLAIMS:
        figure = REGISTRY[claim.figure]
        ours, theirs = _value(figure, now), _value(figure, before)
        rows.append((figure.term, figure.unit, theirs, ours, direction(claim, ours, theirs)))
    names = ["term", "unit", "before", "now", "direction"]
    return pd.DataFrame(rows, columns=names, dtype=object)


def direction(claim: Claim, ours: Fraction | None, theirs: Fraction | None) -> Direction:
    """Return what a claim comes to, from this year's value and last year's; None for unknown."""
    if ours is None or theirs is None:
        return Direction.UNKNOWN
    if ours == theirs:
        return Direction.SAME
    return Direction.BETTER if (ours < theirs) == claim.less_is_better else Direction.WORSE


def _require_same_period(now: Year, before: Year) -> None:
    if before.cutoff != same_day(now.cutoff, before.cutoff.year):
        raise XukeError(
            f"{now.title}统计至 {now.cutoff},{before.title}统计至 {before.cutoff}:"
            "两年起止不同,不能相比;请用 year.same_period_before() 取上年同期。"
        )


def _value(figure: Figure, facts: Facts) -> Fraction | None:
    return figure.value(figure.result(facts))
