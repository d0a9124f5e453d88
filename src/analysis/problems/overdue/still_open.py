"""Open cases and the median (含在办的中位数): by how much the median of the closed cases says too little.

Who looks only at closed cases leaves out those that take longest. Kaplan-Meier counts an open case as
one that has lasted so long already (截尾).
"""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import CensoredData, ecdf

from analysis.problems.finding import Answer, Interval, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import TRAPS
from analysis.problems.shares import NONE_COUNTED
from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED
from analysis.statistics.timeliness.durations import NOT_HALF, days_taken
from analysis.statistics.timeliness.survival import median_duration
from analysis.tables.clocks import LOOSE

HALF = 0.5
NEARLY_ALL = 0.01  # the curve is shown until so few are left
HEADS = ("仍未办结(%,含在办)", "区间下限", "区间上限", "仍未办结(%,只算已办结)")
COHORT = "年内受理的承诺件"
NEEDS = (CALENDAR, *COMPLETED_NEED, "cases.case_type", *(f"cases.{stop}" for stop in LOOSE))
MEDIANS = "{}含在办的中位数 {} 个工作日(95%区间 {}—{}),只算已办结的 {} 个工作日"
UNKNOWN = "还不知道"
ESTIMAND = "同样办理的承诺件全部办结后的用时中位数,减去只算已办结的"
VARIES = "年内受理到哪些件、各办多久;在办的还要多久按已办结的推算(截尾)"
STATES = ("closed", "open")


def survival(closed: pd.Series, still_open: pd.Series) -> pd.DataFrame:
    """Return the Kaplan-Meier curve: which share lasts beyond each day.

    Args:
        closed: number of closed cases, by whole days taken.
        still_open: number of open cases, by whole days taken so far.

    Returns:
        Index days; ``left`` from 1 to 0, and ``low``, ``high``, the ends of its 95 % interval on the
        log-log scale; where that is not defined (all or nobody left) they are ``left`` itself.
    """
    ended, lasting = (np.repeat(of.index.to_numpy(float), of) for of in (closed, still_open))
    curve = ecdf(CensoredData(uncensored=ended, right=lasting)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # “undefined at some observations”
        ends = curve.confidence_interval(method="log-log")
    table = pd.DataFrame(
        {
            "left": curve.probabilities,
            "low": ends.low.probabilities,
            "high": ends.high.probabilities,
        },
        index=pd.Index(curve.quantiles.astype(int), name="days"),
    )
    for end in ("low", "high"):
        table[end] = table[end].fillna(table["left"])
    return table


def median_between(curve: pd.DataFrame) -> tuple[int | None, int | None]:
    """Return the 95 % interval of the median: the days on which an end of the curve's reaches a half.

    Brookmeyer and Crowley (1982). None for an end that the curve does not come to.
    """
    low, high = (curve.index[curve[end] <= HALF] for end in ("low", "high"))
    return (int(low[0]) if len(low) else None), (int(high[0]) if len(high) else None)


@dataclass(frozen=True)
class Medians:
    """The medians of a year's cohort in working days; None for what is not known yet.

    Attributes:
        closed: number of closed cases, by days taken.
        still_open: number of open cases, by days taken so far.
        curve: as ``survival`` returns it.
    """

    closed: pd.Series
    still_open: pd.Series
    curve: pd.DataFrame

    @classmethod
    def of(cls, facts: Facts) -> "Medians | None":
        """Return those of a year; None where no case is closed."""
        closed, still_open = (days_taken(facts, f"cohort_{state}_days") for state in STATES)
        return cls(closed, still_open, survival(closed, still_open)) if len(closed) else None

    @property
    def usual(self) -> int:
        """Of the closed cases alone."""
        found = median_duration(self.closed, self.still_open.iloc[:0])
        assert found is not None  # half of them are closed: all are
        return found

    def said(self, whose: str = "") -> str:
        """Return the medians as a sentence."""
        both = (median_duration(self.closed, self.still_open), *median_between(self.curve))
        return MEDIANS.format(whose, *(UNKNOWN if day is None else day for day in both), self.usual)


def _hidden(grounds: Grounds) -> Answer:
    of = Medians.of(grounds.facts)
    if of is None:
        return Answer(None, reason=NONE_COUNTED.format(f"已办结的{COHORT}"))
    waiting = int(of.still_open.sum())
    counts = ((COHORT, int(of.closed.sum()) + waiting), ("其中截止日在办", waiting))
    median, (low, high) = median_duration(of.closed, of.still_open), median_between(of.curve)
    if median is None:
        return Answer(None, counts=counts, reason=NOT_HALF)
    return Answer(
        float(median - of.usual),
        counts=counts,
        interval=None
        if low is None or high is None
        else Interval(float(low - of.usual), float(high - of.usual), ESTIMAND, VARIES),
        comparison=(of.said(), *_year_before(grounds)),
        evidence=_shown(of),
    )


def _year_before(grounds: Grounds) -> list[str]:
    """Say what the medians were in the year before, where it has the columns."""
    if grounds.before is None or grounds.before.facts.lacking(NEEDS):
        return []
    of = Medians.of(grounds.before.facts)
    return [of.said("上年")] if of else []


def _shown(of: Medians) -> pd.DataFrame:
    """Return the curve in per cent, and the share of the closed cases that took longer."""
    days = range(int(of.curve.index[-1]) + 1)
    table = of.curve.reindex(days, method="ffill").fillna(1.0)
    table["usual"] = 1 - of.closed.reindex(days, fill_value=0).cumsum() / of.closed.sum()
    gone = table["left"] < NEARLY_ALL
    last = int(gone.argmax()) if gone.any() else len(table)
    shown = (100 * table.iloc[: last + 1]).round(1).set_axis(list(HEADS), axis=1)
    return shown.rename_axis("用时(工作日)").reset_index()


QUESTIONS = (
    Question(
        id="median_with_open",
        problem="overdue",
        term="办结用时中位数因在办件少说的天数",
        english="Kaplan-Meier median of commitment cases less the median of the closed ones",
        unit="个工作日",
        decimals=0,
        statement="把在办的也算上,承诺件办结用时的中位数比只算已办结的长 {number}",
        definition=(
            f"{COHORT}自受理起的工作日(受理当日和各类特别程序的时间不计)的Kaplan-Meier中位数(在办的按截尾计),"
            "减去其中已办结件的中位数;区间为对数-对数尺度上生存曲线的区间与50%的交点"
        ),
        scope=f"{LICENCE_CASES},{COHORT}",
        threshold=Threshold(
            2, 1, "本软件设定:按整工作日计,差一天才看得出;差两天,就不能再用已办结的中位数说明快慢"
        ),
        rivals=(
            "在办的多是难办的件,往后未必像已办结的那样办得完:实际还要更长。",
            "实际已办结,系统没有点“办结”。",
        ),
        source="Kaplan与Meier (1958);Brookmeyer与Crowley (1982);承诺时限的计时方法",
        needs=NEEDS,
        answer=_hidden,
        traps=TRAPS,
    ),
)
