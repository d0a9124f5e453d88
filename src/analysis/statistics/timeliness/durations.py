"""Durations (办理用时): working days from acceptance to completion."""

from fractions import Fraction
from functools import partial

import numpy as np
import pandas as pd

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.needs import COMPLETED_NEED
from analysis.statistics.ratios import median_of
from analysis.statistics.sections import LEGAL
from analysis.statistics.timeliness.survival import median_duration
from analysis.tables.clocks import LOOSE
from analysis.tables.codes.catalogue import COMMITMENT

LAW = "行政许可法第82条(期限以工作日计)"
NEEDS = (CALENDAR, *COMPLETED_NEED, "cases.case_type")
NOT_HALF = "截止日已办结的不到一半,中位数还不知道"


def days_taken(facts: Facts, measure: str = "completed_days") -> pd.Series:
    """Return how many commitment cases took how many working days (承诺件), by days."""
    rows = facts.coded_rows(measure, case_type=COMMITMENT)
    days, which = np.unique(rows["value"].to_numpy(), return_inverse=True)
    counted = np.zeros(len(days), dtype="int64")
    np.add.at(counted, which, rows["n"].to_numpy())
    return pd.Series(counted, index=pd.Index(days, name="value"), name="n")


def _mean(facts: Facts) -> Result:
    days = days_taken(facts)
    return Result(Fraction(int((days.index.to_numpy() * days).sum())), Fraction(int(days.sum())))


def _median(facts: Facts) -> Result:
    return median_of(days_taken(facts))


def _survival_median(facts: Facts) -> Result:
    closed = days_taken(facts, "cohort_closed_days")
    still_open = days_taken(facts, "cohort_open_days")
    if closed.empty and still_open.empty:
        return Result(Fraction(0), Fraction(0))
    median = median_duration(closed, still_open)
    return Result(None, reason=NOT_HALF) if median is None else Result(Fraction(median))


_days = partial(
    Figure,
    variant="commitment",
    unit="工作日",
    grain=CASE,
    scope=f"{LICENCE_CASES},承诺件",
    section=LEGAL,
    source=LAW,
    certainty=Certainty.PRACTICE,
    decimals=1,
    needs=NEEDS,
)

FIGURES = (
    _days(
        id="mean_days",
        term="承诺件实际平均办结时间",
        english="mean working days of commitment cases",
        kind=Kind.MEAN,
        numerator="年内办结的承诺件自受理至办结的工作日之和(受理当日不计)",
        denominator="年内办结的承诺件",
        decimals=2,
        compute=_mean,
    ),
    _days(
        id="median_days",
        term="承诺件办结时间中位数",
        english="median working days of commitment cases",
        kind=Kind.MEDIAN,
        numerator="年内办结的承诺件自受理至办结的工作日(受理当日不计)的中位数",
        compute=_median,
    ),
    _days(
        id="survival_median_days",
        term="承诺件办结用时中位数(含在办)",
        english="Kaplan-Meier median on the promised clock",
        kind=Kind.MEDIAN,
        numerator="年内受理的承诺件自受理起的工作日(各类特别程序的时间不计)的Kaplan-Meier中位数,在办的按截尾计",
        source="Kaplan与Meier(1958)乘积限估计;承诺时限的计时方法",
        decimals=0,
        needs=(*NEEDS, *(f"cases.{stop}" for stop in LOOSE)),
        compute=_survival_median,
    ),
)
