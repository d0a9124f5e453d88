"""Answers (回答) on delegated powers."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.problems.delegation.changes import (
    DURATION,
    LATENESS,
    SUPPLEMENTS,
    VOLUME,
    Measure,
)
from analysis.problems.delegation.effects import (
    LEAST_DEGREES,
    Effect,
    Stacked,
    effect,
    event_study,
    of_acceptances,
    of_handled,
    trend_before,
)
from analysis.problems.delegation.items import ITEM, licence_items
from analysis.problems.delegation.left_out import LEAST_SHARE, compared, left_out, not_compared
from analysis.problems.finding import Answer, Interval
from analysis.problems.grounds import Grounds
from analysis.problems.judging import FALSE_DISCOVERIES, SMALLEST
from analysis.problems.shares import by_department, share

ALIKE = "下放前两类事项的趋势没有显著不同({});没有否定平行不等于证明平行"


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
    source = of_handled if measure.whole else of_acceptances

    def answer(grounds: Grounds) -> Answer:
        of = grounds.once(source)
        said = told(grounds.once(licence_items), of, measure)
        return replace(said, evidence=_events(of, measure))

    return answer


def told(items: pd.DataFrame, of: Stacked, measure: Measure) -> Answer:
    """Return how delegated items changed beyond the others, or why that cannot be told; no evidence.

    Args:
        items: as ``items.licence_items`` returns them.
        of: what is compared.
        measure: in what.
    """
    found = effect(of, measure)
    without, why = left_out(items, of, found)
    counts = (
        ("下放事项", found.treated),
        ("同部门未下放事项", found.controls),
        ("部门", found.departments),
        ("未比较的下放事项", without),
    )
    comparison = [f"未比较的下放事项:{why}"] if why else []
    few = int(of.rows["treated"].sum()) - found.treated
    if measure is VOLUME and few:
        comparison.append(f"其中前后办件不足以比较的{few}项,{not_compared(of, found)}")
    trend = trend_before(of, measure, found.rows)
    reason = _few_cases(of, found, measure) or _too_few(found) or _not_parallel(trend, measure)
    if reason or found.estimate is None or trend.estimate is None:
        return Answer(None, counts, comparison=tuple(comparison), reason=reason)
    estimate = found.estimate
    return Answer(
        measure.shown(estimate.value),
        counts=counts,
        interval=Interval(
            measure.shown(estimate.low),
            measure.shown(estimate.high),
            f"下放事项{measure.term}前后变化与同部门未下放事项之差({measure.unit},各事项同等看待)",
            "各部门下放事项前后变化的差异(以部门为群)",
        ),
        p_value=estimate.p_value,
        comparison=(ALIKE.format(_p(trend.estimate.p_value)), *comparison),
    )


duration = changed(DURATION)
volume = changed(VOLUME)
supplements = changed(SUPPLEMENTS)
lateness = changed(LATENESS)


def _too_few(found: Effect) -> str:
    """Say why the change cannot be told from the departments' own; empty if it can."""
    if found.estimate is not None:
        return ""
    if not found.treated:
        return "数据不足:没有前后都有数据、同部门又有未下放事项可比的下放事项"
    where = "都在同一个部门" if found.departments == 1 else f"只分布在{found.departments}个部门"
    return (
        f"数据不足:可比的{found.treated}项下放事项{where},分不清下放后的变化和各部门自己的起伏"
        f"(以部门为群的自由度不到{LEAST_DEGREES})"
    )


def _few_cases(of: Stacked, found: Effect, measure: Measure) -> str:
    """Say if most of the cases are of items that could not be compared: new ones, above all."""
    if measure is not VOLUME:
        return ""
    mine, others = compared(of, found), not_compared(of, found)
    if mine.after >= LEAST_SHARE * (mine.after + others.after):
        return ""
    part = 100 * mine.after / (mine.after + others.after)
    return (
        f"数据不足:前后办件足以比较的下放事项有{found.treated}项,只占下放后受理量的{part:.0f}%,不能代表下放事项;"
        f"其余下放事项{others}"
    )


def _not_parallel(trend: Effect, measure: Measure) -> str:
    """Say if the two kinds of items were not changing alike before the delegation."""
    estimate = trend.estimate
    if estimate is None:
        return "数据不足:下放前有足够办件的月份太少,平行趋势无从检验"
    if estimate.p_value > FALSE_DISCOVERIES:
        return ""
    return (
        f"数据不足:下放前两类事项的趋势已经不同(每月相差{measure.shown(estimate.value):.1f}"
        f"{measure.unit},{_p(estimate.p_value)}),前后之差可能只是原有趋势的延续"
    )


def _p(p: float) -> str:
    return f"p={p:.3f}" if p >= SMALLEST else f"p<{SMALLEST}"


def _events(of: Stacked, measure: Measure) -> pd.DataFrame:
    table = event_study(of, measure)
    for column in ("value", "low", "high"):
        table[column] = [round(measure.shown(value), 2) for value in table[column]]
    return table.set_axis(
        ["距下放(月)", "差异", "区间下限", "区间上限", "下放事项", "未下放事项"], axis=1
    )
