"""Figures beside each other (对照): variants of one term, clocks, and this year against the last."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pandas as pd

from analysis.report.numbers import MISSING, as_printed, percent, signed
from analysis.report.parts import cite
from analysis.report.wording import Book
from analysis.statistics.facts import Facts
from analysis.statistics.figure import rounded
from analysis.statistics.registry import REGISTRY
from analysis.statistics.timeliness.margins import (
    closed_cases,
    early,
    late,
    on_last_day,
    open_late,
)
from analysis.statistics.year_on_year import CLAIMS, direction, directions, year_on_year
from analysis.tables.clocks import CLOCKS

VARIED = ("time_compression_rate", "instant_rate", "on_time_rate", "early_rate", "overdue_rate")


def variants(figures: pd.DataFrame, ids: Iterable[str] = VARIED) -> pd.DataFrame:
    """Return what figures come to under each of their definitions (各口径).

    Args:
        figures: as ``figures`` returns them.
        ids: the figures wanted.

    Returns:
        One row per variant: 指标 (linked to its definition), 数值, 单位, 算法.
    """
    rows = figures[figures["id"].isin(list(ids))].to_dict("records")
    return pd.DataFrame(
        {
            "指标": [cite(row["id"], row["term"]) for row in rows],
            "数值": [as_printed(row["value"]) for row in rows],
            "单位": [row["unit"] for row in rows],
            "算法": [_formula(row["id"], row["variant"]) for row in rows],
        },
        dtype=object,  # a text column would forget what is HTML already
    )


def _formula(figure_id: str, variant: str) -> str:
    return REGISTRY[figure_id, variant].formula


def by_clock(facts: Facts) -> pd.DataFrame:
    """Return how many cases were early, on the last day, late, or are open and late (各时限).

    Returns:
        Index 时限, for each clock that the columns allow; integer columns in cases.
    """
    there = [clock for clock in CLOCKS if not facts.lacking(f"cases.{c}" for c in clock.columns)]
    rows = {
        clock.term: {
            "提前办结": closed_cases(facts, clock, early),
            "到期当日办结": closed_cases(facts, clock, on_last_day),
            "超期办结": closed_cases(facts, clock, late),
            "在办已超期": open_late(facts, clock),
        }
        for clock in there
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("时限")


def against_last_year(now: Facts, before: Facts, ids: Sequence[str]) -> pd.DataFrame:
    """Return figures of two years side by side (同比): 指标, 上年, 本年, 增减, 增幅, 单位."""
    found = year_on_year(now, before)
    rows = found[found["id"].isin(ids)].drop_duplicates("id").to_dict("records")
    decimals = {row["id"]: REGISTRY[row["id"], row["variant"]].decimals for row in rows}
    return pd.DataFrame(
        {
            "指标": [cite(row["id"], row["term"]) for row in rows],
            "上年": [_number(row["before"], decimals[row["id"]]) for row in rows],
            "本年": [_number(row["now"], decimals[row["id"]]) for row in rows],
            "增减": [signed(row["difference"], decimals[row["id"]]) for row in rows],
            "增幅": [MISSING if row["change"] is None else _grown(row["change"]) for row in rows],
            "单位": [row["unit"] for row in rows],
        },
        dtype=object,  # a text column would forget what is HTML already
    )


def claimed(now: Facts, before: Facts) -> pd.DataFrame:
    """Return whether what reports claim to have improved has (提升与否): a direction only."""
    rows = directions(now, before).to_dict("records")
    decimals = [REGISTRY[claim.figure].decimals for claim in CLAIMS]
    return pd.DataFrame(
        {
            "指标": [row["term"] for row in rows],
            "上年": [_number(row["before"], n) for row, n in zip(rows, decimals, strict=True)],
            "本年": [_number(row["now"], n) for row, n in zip(rows, decimals, strict=True)],
            "单位": [row["unit"] for row in rows],
            "与上年相比": [str(row["direction"]) for row in rows],
        }
    )


def printed_years(now: Book, before: Book, ids: Sequence[str]) -> pd.DataFrame:
    """Return figures of two years as printed, and what these printed numbers differ by.

    Returns:
        指标, 上年, 本年, 增减, 单位; no difference where one of the numbers is not shown.
    """
    return pd.DataFrame(
        {
            "指标": [cite(each, now.term(each)) for each in ids],
            "上年": [before.shown(each) for each in ids],
            "本年": [now.shown(each) for each in ids],
            "增减": [_grown_by(now, before, each) for each in ids],
            "单位": [now.unit(each) for each in ids],
        },
        dtype=object,  # a text column would forget what is HTML already
    )


def printed_claims(now: Book, before: Book) -> pd.DataFrame:
    """Return ``claimed`` from two years' printed numbers."""
    ids = [claim.figure[0] for claim in CLAIMS]
    values = [(now.exact(each), before.exact(each)) for each in ids]
    return pd.DataFrame(
        {
            "指标": [now.term(each) for each in ids],
            "上年": [before.shown(each) for each in ids],
            "本年": [now.shown(each) for each in ids],
            "单位": [now.unit(each) for each in ids],
            "与上年相比": [
                str(direction(claim, ours, theirs))
                for claim, (ours, theirs) in zip(CLAIMS, values, strict=True)
            ],
        }
    )


def _grown_by(now: Book, before: Book, figure: str) -> str:
    ours, theirs = now.exact(figure), before.exact(figure)
    if ours is None or theirs is None:
        return MISSING
    return signed(ours - theirs, len(now.shown(figure).partition(".")[2]))


def _number(value: Fraction | None, decimals: int) -> str:
    return MISSING if value is None else as_printed(str(rounded(value, decimals)))


def _grown(change: Fraction) -> str:
    return ("+" if change > 0 else "") + percent(change, 1)
