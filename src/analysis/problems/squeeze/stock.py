"""Stock (在办): how far its peak exceeds what chance gives, and whether it fits flow and durations."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.problems.courses import courses
from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.months import by_month
from analysis.problems.squeeze.staffing import working_days
from analysis.tables.codes.catalogue import CASE_TYPE, COMMITMENT, IMMEDIATE

NO_COMMITMENTS = "数据不足:没有在办的承诺件"
# Thirteen counts of 30 cases vary by chance by some 5 % on average, far less than what is called.
LEAST_STOCK = 30
FEW = f"数据不足:平均在办不到 {LEAST_STOCK} 件,月末的数偶然起伏太大"
LEAST_PEAK = 10
FEW_AT_PEAK = f"数据不足:在办最多的月末也不到 {LEAST_PEAK} 件,说不上高峰"
FROM_NOTHING = (
    "数据不足:年初没有一件在办,第一个月末 {:,} 件,各月末平均 {:,.0f} 件:"
    "多半没有上年受理、年初在办的办件,在办量由零积起"
)
BY_CHANCE = 0.001  # that one month's end lies so far below the mean
FLOWS = {"accepted": "受理", "closed": "办结", "open": "月末在办"}
OF_CLOSED = {
    "hugging": "压线办结",
    "late": "超承诺时限",
    "supplemented": "经补正",
    "of": "有承诺时限的办结",
}


def peak(grounds: Grounds) -> Answer:
    """Return the busiest month's stock in per cent of the highest that a steady stock would show.

    Also where work arrives and ends evenly, the highest of twelve months' ends lies above their
    mean, the further the smaller the stock.
    """
    table = grounds.once(by_month)
    months = table[table["month"] <= grounds.year.cutoff.month].groupby("month")
    terms = FLOWS | (OF_CLOSED if table["of"].sum() else {})
    sums = months[list(terms)].sum().astype("int64")
    if not sums["open"].sum():
        return Answer(None, reason=NO_COMMITMENTS)
    mean, highest = float(sums["open"].mean()), int(sums["open"].max())
    counts = (("月末在办最多", highest), ("月末在办平均", round(mean)))
    if highest < LEAST_PEAK:
        return Answer(None, counts=counts, reason=FEW_AT_PEAK)
    if reason := _from_nothing(_opening(grounds.once(courses)), int(sums["open"].iloc[0]), mean):
        return Answer(None, counts=counts, reason=reason)
    busiest = sums.index[int(sums["open"].argmax())]
    usual, p_value = highest_of(mean, len(sums), highest)
    return Answer(
        100 * highest / usual,
        counts=counts,
        p_value=p_value,
        comparison=(
            f"最多的是 {busiest} 月末,比各月末平均多 {100 * (highest / mean - 1):.1f}%;"
            f"平稳时 {len(sums)} 个月末的最大值平均应为 {usual:,.1f} 件",
            _immediate(grounds),
        ),
        evidence=sums.rename(columns=terms).rename_axis("月份").reset_index(),
    )


def highest_of(mean: float, times: int, highest: int) -> tuple[float, float]:
    """Return what the highest of several Poisson counts is on average, and the chance of one.

    The stock of a system in which cases arrive at random at a steady rate, and none waits for
    another, is Poisson whatever the durations (M/G/∞). Counts that hang together, as when cases
    stay for months, have a lower maximum: then it is called less often than it should.

    Args:
        mean: expectation of each count.
        times: how many there are.
        highest: the count whose chance is asked.

    Returns:
        The expectation of the highest, and the probability that it is ``highest`` or more.
    """
    from scipy.stats import poisson

    def reaches(count: Any) -> Any:
        return abs(np.expm1(times * poisson.logcdf(count - 1, mean)))

    # What is never below 0 has as its mean the sum of its chances of 1 or more, 2 or more …
    usual = float(reaches(np.arange(1, poisson.isf(1e-12, mean) + 1)).sum())
    return usual, float(reaches(highest))


def little(grounds: Grounds) -> Answer:
    """Return how far stock and flow times duration differ: by Little's law they agree.

    Both are of the same cases: of all commitment cases, with or without a promised limit.
    """
    counts = grounds.once(courses)
    counts = counts[(counts["closed_month"] == 0) | counts["days"].notna()]
    months = np.arange(1, grounds.year.cutoff.month + 1)
    # Open at the beginning of the year, and at the end of each month up to the cut-off.
    opening = _opening(counts)
    flows = [
        counts.groupby(f"{moment}_month")["n"].sum().reindex(months, fill_value=0).cumsum()
        for moment in ("accepted", "closed")
    ]
    held = np.r_[opening, opening + (flows[0] - flows[1]).to_numpy()]
    standing = float((held[1:] + held[:-1]).mean() / 2)
    days = int(working_days(grounds).sum())
    finished = counts[counts["closed_month"] > 0]
    flowing = float((finished["days"] * finished["n"]).sum()) / days
    rests_on = (
        ("平均在办(月初、月末)", round(standing)),
        ("办结", int(finished["n"].sum())),
        ("工作日", days),
    )
    if not flowing or max(standing, flowing) < LEAST_STOCK:
        return Answer(None, counts=rests_on, reason=FEW)
    if reason := _from_nothing(opening, int(held[1]), standing):
        return Answer(None, counts=rests_on, reason=reason)
    return Answer(
        100 * abs(standing / flowing - 1),
        counts=rests_on,
        comparison=(
            f"每工作日办结 × 平均用时 = {flowing:,.0f} 件,月初、月末在办平均 {standing:,.0f} 件",
        ),
    )


def _opening(counts: pd.DataFrame) -> int:
    """Return how many of the courses were open at the beginning of the year."""
    return int(counts.loc[counts["accepted_month"] == 0, "n"].sum())


def _from_nothing(opening: int, first: int, mean: float) -> str:
    """Say that a stock builds up from nothing; empty for one that does not.

    Exports by the day of application, and logs that begin with the year, lack what was open before.
    Where cases last some days only the first month's end has the usual stock all the same.
    """
    from scipy.stats import poisson

    if opening or poisson.cdf(first, mean) > BY_CHANCE:
        return ""
    return FROM_NOTHING.format(first, mean)


def _immediate(grounds: Grounds) -> str:
    counts: pd.Series = grounds.facts.rows("completed").groupby("case_type")["n"].sum()
    kinds = [
        f"{CASE_TYPE.terms[kind]} {int(counts.get(kind, 0)):,} 件"
        for kind in (IMMEDIATE, COMMITMENT)
    ]
    return f"年内办结:{'、'.join(kinds)};在办量不含即办件"
