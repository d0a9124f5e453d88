"""Answers (回答) on delegated powers."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.problems.delegation.changes import (
    DURATION,
    LATENESS,
    LEAST_CASES,
    SUPPLEMENTS,
    VOLUME,
    Measure,
)
from analysis.problems.delegation.effects import (
    LEAST_TREATED,
    Stacked,
    effect,
    event_study,
    stacked,
    trend_before,
)
from analysis.problems.delegation.items import ITEM, licence_items
from analysis.problems.finding import Answer, Interval
from analysis.problems.grounds import Grounds
from analysis.problems.judging import FALSE_DISCOVERIES
from analysis.problems.shares import by_department, share

TOO_FEW = f"数据不足:前后都有数据({LEAST_CASES}件以上)、同部门又有未下放事项可比的下放事项不到{LEAST_TREATED}项"


def delegated_share(grounds: Grounds) -> Answer:
    """Return the share of the accepted cases that are of delegated items."""
    items = licence_items(grounds)
    codes = set(items.index[items["delegated"]])
    accepted = grounds.facts.rows("accepted")
    mine = accepted[accepted[ITEM].isin(codes)]
    columns = {
        "下放事项受理": mine.groupby("dept_code")["n"].sum(),
        "受理": accepted.groupby("dept_code")["n"].sum(),
    }
    return share(
        int(mine["n"].sum()),
        int(accepted["n"].sum()),
        ("下放、授权、委托事项的受理", "受理"),
        counts=(("下放、授权、委托的业务办理项", len(codes)),),
        evidence=by_department(grounds, columns, "下放事项受理", "受理"),
    )


def changed(measure: Measure) -> Callable[[Grounds], Answer]:
    """Return the answer to how delegated items changed beyond the others in one measure."""

    def answer(grounds: Grounds) -> Answer:
        of = grounds.once(stacked)
        found = effect(of, measure)
        if found is None:
            return Answer(None, reason=TOO_FEW)
        estimate = found.estimate
        number, low, high = (
            _per_cent(value, measure) for value in (estimate.value, estimate.low, estimate.high)
        )
        unit = "%" if measure.relative else "个百分点"
        return Answer(
            number,
            counts=(("下放事项", found.treated), ("同部门未下放事项", found.controls)),
            interval=Interval(
                low,
                high,
                f"下放事项{measure.term}前后变化与同部门未下放事项之差({unit},各事项同等看待)",
                "各事项前后变化的差异(以事项为群)",
            ),
            p_value=estimate.p_above,
            comparison=(_parallel(of, measure),),
            evidence=_events(of, measure),
        )

    return answer


duration = changed(DURATION)
volume = changed(VOLUME)
supplements = changed(SUPPLEMENTS)
lateness = changed(LATENESS)


def _per_cent(value: float, measure: Measure) -> float:
    return float(100 * np.expm1(value)) if measure.relative else value


def _parallel(of: Stacked, measure: Measure) -> str:
    """Say whether the two kinds of items were changing alike before the delegation."""
    found = trend_before(of, measure)
    if found is None:
        return "下放前的月份太少,平行趋势无从检验:不能解释为下放造成"
    p = found.estimate.p_value
    if p <= FALSE_DISCOVERIES:
        return f"下放前两类事项的趋势已经不同(p={p:.3f}):不能解释为下放造成"
    return f"下放前两类事项的趋势没有显著不同(p={p:.3f});没有通过检验不等于趋势相同"


def _events(of: Stacked, measure: Measure) -> pd.DataFrame:
    table = event_study(of, measure)
    for column in ("value", "low", "high"):
        table[column] = [round(_per_cent(value, measure), 2) for value in table[column]]
    return table.set_axis(
        ["距下放(月)", "差异", "区间下限", "区间上限", "下放事项", "未下放事项"], axis=1
    )
