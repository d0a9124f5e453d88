"""Small worlds (模拟) of delegated items: their cases go the way of the product, from the panel on.

Each item is counted by month, as the passes over a year's rows return it; two years, ten departments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
from benchmarks.trials import Trial, drifts
from numpy.random import Generator, default_rng

from analysis.problems.courses import courses
from analysis.problems.delegation.answers import told
from analysis.problems.delegation.changes import (
    DURATION,
    LATENESS,
    SUPPLEMENTS,
    VOLUME,
    Measure,
)
from analysis.problems.delegation.effects import of_acceptances, of_handled
from analysis.problems.delegation.items import licence_items
from analysis.problems.grounds import Grounds
from analysis.problems.judging import FALSE_DISCOVERIES
from analysis.statistics.facts import Facts
from analysis.tables.codes.catalogue import LICENCE

YEARS, MONTHS, ITEMS = (2021, 2022), 24, 9  # of each department, every third delegated
SINCE = (15, 18)  # April and July of the second year
LATE, AGAIN = 0.02, 0.1  # shares late and supplemented
SHOCK = 0.1  # by which what is delegated together changes together (standard deviation)


@dataclass(frozen=True)
class Effects:
    """What changes with the delegation.

    Attributes:
        longer: factor of the days taken.
        more: factor of the cases.
        points: percentage points more that are late, or supplemented.
        trend: by which the days of delegated items grow a month, before and after (logarithm).
        shock: standard deviation of what a department's delegation changes on its own.
    """

    longer: float = 1.0
    more: float = 1.0
    points: float = 0.0
    trend: float = 0.0
    shock: float = 0.0


def delegation(seed: int, planted: bool) -> Iterator[Trial]:
    """Items each with its own drift, delegated in two waves."""
    of = Effects(1.2, 1.3, 3.0) if planted else Effects()
    yield from _trials(_world(default_rng([seed, 3]), 10, of), of, "")


def delegation_together(seed: int, planted: bool) -> Iterator[Trial]:
    """The same, and what a department takes over at one time has a shock of its own in common."""
    of = Effects(1.2, 1.3, 3.0, shock=SHOCK) if planted else Effects(shock=SHOCK)
    yield from _trials(_world(default_rng([seed, 13]), 10, of), of, "(同批的事项一起变动)")


def always_changing(seed: int, planted: bool) -> Iterator[Trial]:
    """Delegated items have been getting slower all along, by 4 % a month, and nothing else happens."""
    world = _world(default_rng([seed, 14]), 10, Effects(trend=0.04))
    answer = told(licence_items(world), of_handled(world), DURATION)
    called = answer.p_value is not None and answer.p_value <= FALSE_DISCOVERIES
    yield Trial("事权下放:下放前后一直每月慢4%,没有转折(应无发现)", None, called)


def delegation_alone(seed: int, planted: bool) -> Iterator[Trial]:
    """One department and one wave with a shock: nothing may be told."""
    world = _world(default_rng([seed, 15]), 1, Effects(1.2 if planted else 1.0, shock=SHOCK))
    answer = told(licence_items(world), of_handled(world), DURATION)
    yield Trial("事权下放:只有一个部门(应为数据不足)", None, answer.number is not None)


def _trials(world: Grounds, of: Effects, term: str) -> Iterator[Trial]:
    items = licence_items(world)
    accepted, done = of_acceptances(world), of_handled(world)
    truths: Mapping[str, tuple[Measure, float]] = {
        "用时": (DURATION, 100 * (of.longer - 1)),
        "受理量": (VOLUME, 100 * (of.more - 1)),
        "补正": (SUPPLEMENTS, of.points),
        "超承诺时限": (LATENESS, of.points),
    }
    for name, (measure, truth) in truths.items():
        answer = told(items, done if measure.whole else accepted, measure)
        title = f"事权下放:{name}的前后差异之差{term}"
        if answer.interval is None or answer.p_value is None:
            yield Trial(title, None, alarm=False)
        else:
            covered = answer.interval.low <= truth <= answer.interval.high
            yield Trial(title, covered, answer.p_value <= FALSE_DISCOVERIES)
        if measure is DURATION:
            yield Trial(f"事权下放:平行趋势检验{term}", None, "趋势" in answer.reason)


def _world(rng: Generator, departments: int, of: Effects) -> Grounds:
    """Return the grounds of the second year, the first one before it."""
    shape = (departments * ITEMS, MONTHS)
    place = np.arange(shape[0])
    department, of_three = place // ITEMS, place % 3
    treated = of_three == 0
    wave = (place // 3 + department) % 2 * (departments > 1)
    since = np.array(SINCE)[wave]
    month = np.arange(MONTHS)
    after = treated[:, None] & (month >= since[:, None])
    common = of.shock * rng.normal(size=(departments, 2))[department, wave][:, None] * after
    usual = rng.lognormal(3.2, 0.8, (shape[0], 1)) * np.exp(0.1 * drifts(rng, shape))
    n = rng.poisson(usual * np.where(after, of.more, 1.0) * np.exp(common))
    usual = rng.uniform(3, 10, (shape[0], 1)) * np.exp(0.08 * drifts(rng, shape))
    grown = np.exp(of.trend * treated[:, None] * (month - MONTHS / 2))
    mean = usual * np.where(after, of.longer, 1.0) * np.exp(common) * grown
    days = rng.gamma(np.maximum(2 * n, 1e-9), mean / 2) / np.maximum(n, 1)
    late = rng.binomial(n, LATE * (1 + common) + after * of.points / 100)
    again = rng.binomial(n, np.clip(AGAIN * (1 + common) + after * of.points / 100, 0, 1))
    names = np.char.add("I", place.astype(str))
    items = pd.DataFrame(
        {
            "item_code": names,
            "dept_code": np.char.add("D", department.astype(str)),
            "item_type": LICENCE,
            "power_source": np.where(treated, "2", "1"),
            "delegated_on": [
                pd.Timestamp(YEARS[0] + s // 12, s % 12 + 1, 1) if t else pd.NaT
                for s, t in zip(since, treated, strict=True)
            ],
        }
    )
    cells = pd.DataFrame(
        {
            "item_code": np.repeat(names, MONTHS),
            "dept_code": np.repeat(items["dept_code"].to_numpy(), MONTHS),
            "at": np.tile(month, shape[0]),
            "n": n.ravel(),
            "days": days.ravel(),
            "late": late.ravel(),
            "supplemented": again.ravel(),
        }
    )
    return _grounds(cells[cells["n"] > 0], items)


def _grounds(cells: pd.DataFrame, items: pd.DataFrame) -> Grounds:
    """Return the grounds of two years, their rows already counted."""
    facts, counted = {}, {}
    for place, year in enumerate(YEARS):
        mine = cells[cells["at"] // 12 == place].assign(month=cells["at"] % 12 + 1)
        dates = cast(Any, SimpleNamespace(year=year, cutoff=date(year, 12, 31)))
        facts[year] = Facts(dates, mine.assign(measure="accepted"), items)
        counted[year] = _courses(mine)
    # What was accepted in November and December is closed in the year after.
    first = counted[YEARS[0]]
    carried = first[first["accepted_month"] > 10]
    counted[YEARS[0]] = first[first["accepted_month"] <= 10]
    moved = carried.assign(accepted_before=carried["accepted_month"], accepted_month=0)
    counted[YEARS[1]] = pd.concat([counted[YEARS[1]], moved], ignore_index=True)
    grounds = Grounds(facts[YEARS[1]], facts_before=facts[YEARS[0]])
    assert grounds.before is not None
    for each in (grounds.before, grounds):
        each._kept[courses] = counted[each.year.year]
    return grounds


def _courses(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cases as ``courses`` counts them, the late ones apart: their limit is below any days."""
    late, in_time = cells["late"], cells["n"] - cells["late"]
    parts = [
        pd.DataFrame(
            {
                "item_code": cells["item_code"],
                "accepted_month": cells["month"],
                "accepted_before": 0,
                "closed_month": 1,
                "allowed": allowed,
                "days": cells["days"],
                "n": n,
                "supplemented": supplemented,
            }
        )
        for n, allowed, supplemented in (
            (late, -1.0, 0),
            (in_time, np.inf, cells["supplemented"]),
        )
    ]
    return pd.concat(parts, ignore_index=True).query("n > 0 or supplemented > 0")
