"""Plausibility of zero (零超期是否可信): how many late cases the days before the limit foretell.

Closures do not stop at a limit by themselves: they thin out towards it, and the tail beyond it goes on.
Where a year has hardly any late case although many close just before the limit, either cases are
pushed to be in time, or times are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import norm, poisson

from analysis.problems.finding import Answer, Interval, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import TRAPS
from analysis.statistics.facts import CALENDAR
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED
from analysis.tables.clocks import STATUTORY
from analysis.tables.codes import COMMITMENT

DAYS = 10  # working days looked at before the limit, and foretold beyond it
LEAST = 50  # closures in these days before the limit, or nothing can be foretold
ENOUGH = 3  # days with closures, or there is no course to carry on
REACH = float(norm.ppf(0.975))
STEPS = 200  # in which the expectation's distribution is gone through
TOO_FEW = (
    "数据不足:法定到期前{}个工作日内办结的承诺件只有{}件,或不足{}天有办结,外推不出到期后的件数"
)


@dataclass(frozen=True)
class Foretold:
    """How many cases close in the ``DAYS`` working days after the limit (应有的超期件).

    Attributes:
        expected: their expectation.
        error: standard error of its logarithm, from the regression's covariance; on that scale the
            interval stays positive.
    """

    expected: float
    error: float

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.expected * float(np.exp(-REACH * self.error))

    @property
    def high(self) -> float:
        """Upper end."""
        return self.expected * float(np.exp(REACH * self.error))

    def p_value(self, late: int) -> float:
        """Return the mid-p value of so few late cases: the expectation varies, and they around it."""
        even = norm.ppf((np.arange(STEPS) + 0.5) / STEPS)
        expected = self.expected * np.exp(self.error * even)
        return float((poisson.cdf(late, expected) - poisson.pmf(late, expected) / 2).mean())


def foretold(before: pd.Series) -> Foretold:
    """Foretell how many cases close in the ``DAYS`` working days after the limit.

    A log-linear Poisson regression of the closures on the days left, carried on beyond the limit.
    Where they rise towards the limit, that cannot go on: then they are carried on at their mean.

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
    return Foretold(float(expected.sum()), float(np.sqrt(slope @ fit.cov_params() @ slope)))


def _fit(before: pd.Series, design: np.ndarray) -> Any:
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
    return Answer(
        found.expected,
        counts=counts,
        interval=Interval(
            found.low,
            found.high,
            f"到期前{DAYS}日的走势不变时,到期后{DAYS}个工作日内应有的办结件数",
            "各日办结件数的偶然起伏(泊松),走势由回归估计",
        ),
        p_value=found.p_value(late),
        comparison=(f"实际超期办结 {late:,} 件。",),
        evidence=_shown(by_margin),
    )


def _shown(by_margin: pd.Series) -> pd.DataFrame:
    counts = by_margin.reindex(range(DAYS, -DAYS - 1, -1), fill_value=0)
    return counts.rename_axis("距法定到期日(工作日)").rename("办结件数").reset_index()


QUESTIONS = (
    Question(
        id="zero_overdue",
        problem="overdue",
        term="按到期前走势应有的超期件",
        english="late cases that the closures before the limit foretell",
        unit="件",
        decimals=0,
        statement="按法定到期前十个工作日的走势外推,到期后十个工作日内应有 {number}超期办结;实际远少于此时,零超期须核实。",
        definition=f"承诺件在法定到期前1至{DAYS}个工作日的办结数作泊松对数线性回归,外推到期后{DAYS}个工作日(越近到期越多的,按十日平均外推);p值为超期件数不多于实际数的概率:应有数按回归的误差变动,件数再按泊松变动",
        scope=f"{LICENCE_CASES},年内办结、有法定时限的承诺件",
        threshold=Threshold(30, 10, "本软件设定:应有数不足十件时,零超期不足为奇"),
        rivals=(
            "临近到期的件确被优先办理(督办、红黄灯提醒起了作用)。",
            "到期前后的走势本不连续,如承诺时限远短于法定时限。",
            "超期前登记了延长或特别程序,到期日随之后移。",
        ),
        source="断点堆积分析的通行做法(Kleven 2016);本软件按办件数据设定",
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
