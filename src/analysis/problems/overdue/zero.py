"""Plausibility of zero (零超期是否可信): how many late cases the days before the limit foretell.

Closures do not stop at a limit by themselves: they thin out towards it, and the tail beyond it goes on.
Where a year has hardly any late case although many close just before the limit, either cases are
pushed to be in time, or times are.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betainc, gammaincc
from scipy.stats import chi2, t
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from analysis.problems.finding import Answer, Interval, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import TRAPS
from analysis.statistics.facts import CALENDAR
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED
from analysis.tables.clocks import STATUTORY
from analysis.tables.codes.catalogue import COMMITMENT

DAYS = 10  # working days looked at before the limit, and foretold beyond it
LEAST = 50  # closures in these days before the limit, or nothing can be foretold
ENOUGH = 3  # days with closures, or there is no course to carry on
LEAST_EXPECTED = 10  # late cases: that fewer are missing would be nothing unusual
TAIL = 0.025  # on either side of the interval
FAR = 20.0  # from the estimate, on the logarithm: beyond any end
STEPS = 200  # in which the expectation's distribution is gone through
TOO_FEW = (
    "数据不足:法定到期前{}个工作日内办结的承诺件只有{}件,或不足{}天有办结,外推不出到期后的件数"
)
NO_END = "数据不足:到期前各日的办结数起伏太大,外推的件数没有上限"
NONE_EXPECTED = (
    "数据不足:按走势,到期后{}个工作日内应有的办结件只有 {:.1f} 件,不足{}件,看不出少了没有"
)


@dataclass(frozen=True)
class Foretold:
    """How many cases close in the ``DAYS`` working days after the limit (应有的超期件).

    Attributes:
        expected: their expectation.
        error: standard error of its logarithm, from the regression's covariance.
        degrees: degrees of freedom that the days' dispersion was estimated with.
        unevenness: what the days vary by beyond Poisson counts: the squared coefficient of variation
            of all late cases together; 0 where they vary no more than that.
    """

    expected: float
    error: float
    degrees: float
    unevenness: float

    def so_few(self, late: int, ratio: float = 1.0) -> float:
        """Return the mid-p probability of no more than ``late`` cases, were they ``ratio`` of expected.

        The expectation varies with its error, and the cases around it as negative binomial counts.
        """
        even = t.ppf((np.arange(STEPS) + 0.5) / STEPS, self.degrees)
        rate = ratio * self.expected * np.exp(self.error * even)
        both = self._no_more(late, rate) + (self._no_more(late - 1, rate) if late else 0.0)
        return float(np.mean(both / 2))

    def _no_more(self, late: int, rate: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability of no more than ``late`` cases, for each rate."""
        if not self.unevenness:
            return np.asarray(gammaincc(late + 1, rate))
        return np.asarray(betainc(1 / self.unevenness, late + 1, 1 / (1 + self.unevenness * rate)))

    def ratio(self, late: int) -> tuple[float, float]:
        """Return the 95 % interval of the actual cases over the expected: what ``so_few`` does not rule out.

        Days that vary enough rule out no number, however large: then its upper end is infinite.
        """
        near = np.log((late + 0.5) / self.expected)

        def end(tail: float) -> float:
            def beyond(log: float) -> float:
                return self.so_few(late, np.exp(log)) - tail

            if beyond(near + FAR) > 0:
                return float("inf")
            return float(np.exp(brentq(beyond, near - FAR, near + FAR)))

        return (end(1 - TAIL) if late else 0.0), end(TAIL)

    def p_value(self, late: int) -> float:
        """Return the two-sided p value: 5 % where the interval of the ratio ends at 1."""
        fewer = self.so_few(late)
        return 2 * min(fewer, 1 - fewer)


def foretold(before: pd.Series) -> Foretold:
    """Foretell how many cases close in the ``DAYS`` working days after the limit.

    A log-linear quasi-Poisson regression of the closures on the days left, carried on beyond the
    limit. Where they rise towards the limit, that cannot go on: then they are carried on at their mean.
    What the days vary by beyond Poisson counts is taken to be in proportion to their expectation, as
    with weekdays and batches (Breslow 1984), so that fewer late cases vary less.

    Args:
        before: closures by whole working days left, 1 to ``DAYS``; the last day itself is left out,
            since whoever hurries closes on it.
    """
    fit = _fit(before, sm.add_constant(before.index.to_numpy(dtype=float)))
    beyond = sm.add_constant(-np.arange(1.0, DAYS + 1))
    if fit.params[1] < 0:
        fit, beyond = _fit(before, np.ones((len(before), 1))), np.ones((DAYS, 1))
    expected = np.exp(beyond @ fit.params)
    slope = (expected[:, None] * beyond).sum(axis=0) / expected.sum()
    found, degrees = float(fit.pearson_chi2 / fit.df_resid), float(fit.df_resid)
    # Days more even than Poisson counts are but once in forty are even by some rule, or by chance.
    dispersion = max(found, float(chi2.ppf(TAIL, degrees)) / degrees)
    of_day = max(0.0, found - 1) / fit.fittedvalues.mean()
    return Foretold(
        expected=float(expected.sum()),
        error=float(np.sqrt(dispersion * (slope @ fit.cov_params() @ slope))),
        degrees=degrees,
        unevenness=float(of_day * (expected**2).sum() / expected.sum() ** 2),
    )


def _fit(before: pd.Series, design: np.ndarray) -> Any:
    with warnings.catch_warnings():
        # Days that lie on one curve exactly are no reason to warn readers.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return sm.GLM(before.to_numpy(dtype=float), design, family=sm.families.Poisson()).fit()


def _missing_late(grounds: Grounds) -> Answer:
    rows = grounds.facts.rows(f"{STATUTORY.name}_margin", case_type=COMMITMENT)
    by_margin = rows.groupby("value")["n"].sum()
    before = by_margin.reindex(range(1, DAYS + 1), fill_value=0)
    near = int(before.sum())
    late = int(by_margin[(by_margin.index < 0) & (by_margin.index >= -DAYS)].sum())
    counts = (
        (f"到期前{DAYS}个工作日内办结", near),
        ("到期当日办结", int(by_margin.get(0, 0))),
        (f"到期后{DAYS}个工作日内办结", late),
    )
    if near < LEAST or (before > 0).sum() < ENOUGH:
        return Answer(None, counts=counts, reason=TOO_FEW.format(DAYS, near, ENOUGH))
    found = foretold(before)
    if found.expected < LEAST_EXPECTED:
        reason = NONE_EXPECTED.format(DAYS, found.expected, LEAST_EXPECTED)
        return Answer(None, counts=counts, reason=reason)
    low, high = found.ratio(late)
    if np.isinf(high):
        return Answer(None, counts=counts, reason=NO_END)
    return Answer(
        100 * (1 - late / found.expected),
        counts=counts,
        interval=Interval(
            100 * (1 - high),
            100 * (1 - low),
            f"到期前{DAYS}日的走势不变时,到期后{DAYS}个工作日内的办结件少多少",
            "各日办结件数的起伏(负二项,按到期前各日实际的离散程度),走势由回归估计",
        ),
        p_value=found.p_value(late),
        comparison=(f"按走势应有 {found.expected:,.0f} 件,实际 {late:,} 件。",),
        evidence=_shown(by_margin),
    )


def _shown(by_margin: pd.Series) -> pd.DataFrame:
    counts = by_margin.reindex(range(DAYS, -DAYS - 1, -1), fill_value=0)
    return counts.rename_axis("距法定到期日(工作日)").rename("办结件数").reset_index()


QUESTIONS = (
    Question(
        id="zero_overdue",
        problem="overdue",
        term="超期件少于到期前走势的幅度",
        english="how far late cases fall short of what the closures before the limit foretell",
        unit="%",
        statement=f"到期后{DAYS}个工作日内办结的承诺件,比按法定到期前{DAYS}个工作日的走势应有的{{change}} {{number}}。",
        change=("少", "多"),
        definition=f"1 − 实有 ÷ 应有。应有:承诺件在法定到期前1至{DAYS}个工作日的办结数作准泊松对数线性回归,外推到期后{DAYS}个工作日(越近到期越多的,按十日平均外推);离散系数为Pearson χ² ÷ 自由度。p值为双侧,与区间一致:应有数按回归的误差(t分布)变动;件数在其上按负二项变动(超出泊松的部分与应有数成比例,由离散系数推得;不超出的按泊松);区间下限达到判定线才算",
        scope=f"{LICENCE_CASES},年内办结、有法定时限的承诺件",
        threshold=Threshold(
            90, 75, "本软件设定:实有不到应有的十分之一为明显、不到四分之一为有迹象,才近于“零超期”"
        ),
        rivals=(
            "临近到期的件确被优先办理(督办、红黄灯提醒起了作用)。",
            "到期前后的走势本不连续,如承诺时限远短于法定时限。",
            "超期前登记了延长或特别程序,到期日随之后移。",
        ),
        source="断点堆积分析的通行做法(Kleven 2016);准泊松(McCullagh & Nelder 1989);负二项的矩估计(Breslow 1984);本软件按办件数据设定",
        needs=(
            CALENDAR,
            *COMPLETED_NEED,
            "cases.case_type",
            *(f"cases.{column}" for column in STATUTORY.columns),
        ),
        answer=_missing_late,
        traps=TRAPS,
        compared=False,
    ),
)
