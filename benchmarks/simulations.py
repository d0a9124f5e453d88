"""Small worlds (模拟) with known truth, in which the intervals of findings are tried (``coverage.py``).

Each takes a seed and whether something is planted, and returns trials: whether an interval covered what
it estimates, and whether a finding was called. Only numpy draws; what is tried is the product's own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator, default_rng

from analysis.problems.delegation.changes import (
    DURATION,
    LATENESS,
    SUPPLEMENTS,
    VOLUME,
    Measure,
    around,
)
from analysis.problems.delegation.effects import Stacked, effect, trend_before
from analysis.problems.departments.family import judged_together
from analysis.problems.departments.standardised import standardised
from analysis.problems.duplicates.bundles import candidates
from analysis.problems.duplicates.chance import WINDOW, excess, exposure
from analysis.problems.judging import FALSE_DISCOVERIES
from analysis.problems.overdue.zero import DAYS as LIMIT_DAYS
from analysis.problems.overdue.zero import foretold
from analysis.problems.squeeze.load import relation
from analysis.problems.supervision.reach import rate_of_all

DAYS = pd.date_range("2022-01-01", "2022-12-31")
RATES = {"S0": 0.01, "S1": 0.03, "S2": 0.08}


@dataclass(frozen=True)
class Trial:
    """One interval or test in one world.

    Attributes:
        name: what is tried.
        covered: whether the interval holds the truth; None for a test alone.
        alarm: whether a finding is called; None for an interval alone.
    """

    name: str
    covered: bool | None = None
    alarm: bool | None = None


def duplicates(seed: int, planted: bool) -> Iterator[Trial]:
    """Applicants who file at random, on working days above all; some also twice within a week."""
    rng = default_rng([seed, 1])
    weight = np.where(DAYS.day_of_week < 5, 1.0, 0.1) * (1 + 0.3 * np.sin(np.arange(365) / 58))
    chance = weight / weight.sum()
    per_day = pd.Series(rng.multinomial(40_000, chance), index=DAYS)
    lags, groups = _at_random(rng, chance)
    wanted = 25.0 if planted else 0.0
    extra = rng.poisson(wanted)
    lags = np.r_[lags, rng.integers(0, WINDOW + 1, extra)]
    groups = np.r_[groups, 10**6 + np.arange(extra)]
    found = excess(pd.Series(lags), pd.Series(groups), exposure(per_day), WINDOW)
    covered = found.low <= wanted <= found.high
    yield Trial("跨系统重复:超出偶然的对数", covered, found.p_value <= FALSE_DISCOVERIES)


def _at_random(rng: Generator, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return lags and groups of the pairs that applicants make who file two to four times a year."""
    times = rng.choice([2, 3, 4], 900, p=[0.7, 0.2, 0.1])
    who = np.repeat(np.arange(len(times)), times)
    day, system = rng.choice(len(chance), len(who), p=chance), rng.integers(0, 2, len(who))
    # The applications of one applicant lie together, four at most.
    first = np.concatenate([np.arange(len(who) - step) for step in (1, 2, 3)])
    other = np.concatenate([np.arange(step, len(who)) for step in (1, 2, 3)])
    lag = np.abs(day[first] - day[other])
    kept = (who[first] == who[other]) & (system[first] != system[other]) & (lag <= 90)
    return lag[kept], who[first][kept]


def load(seed: int, planted: bool) -> Iterator[Trial]:
    """Departments of unlike sizes whose months hang together and share good and bad months."""
    rng, slope = default_rng([seed, 2]), 0.3 if planted else 0.0
    shape = (14, 10)
    size = np.maximum(rng.lognormal(5.5, 1.2, (shape[0], 1)), 20)
    relative = np.exp(0.25 * rng.normal(size=shape) + 0.1 * _drifts(rng, shape))
    noise = 0.06 * _drifts(rng, shape) + rng.normal(size=shape) * 0.8 / np.sqrt(size)
    taken = 1 + slope * (relative - 1) + rng.normal(0, 0.05, shape[1]) + noise
    department, month = (place.ravel() for place in np.indices(shape))
    table = pd.DataFrame(
        {
            "dept_code": np.char.add("D", department.astype(str)),
            "month": month,
            "load": relative.ravel(),
            "taken": taken.ravel(),
        }
    )
    found = relation(table)
    assert found is not None
    covered = found.low <= slope <= found.high
    yield Trial("负荷与用时:部门内斜率", covered, found.p_above <= FALSE_DISCOVERIES)
    low, high = _usual_interval(table)
    yield Trial("(对照)同上,用通常的聚类标准误和正态分布", low <= slope <= high)


def _usual_interval(table: pd.DataFrame) -> tuple[float, float]:
    """Return statsmodels' clustered interval with the normal distribution."""
    from statsmodels.regression.linear_model import OLS

    fixed = pd.get_dummies(table[["dept_code", "month"]].astype(str), drop_first=True, dtype=float)
    regressors = np.column_stack([table["load"], np.ones(len(table)), fixed])
    groups = pd.factorize(table["dept_code"])[0]
    fitted = OLS(table["taken"].to_numpy(), regressors).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=False
    )
    low, high = fitted.conf_int()[0]
    return float(low), float(high)


def delegation(seed: int, planted: bool) -> Iterator[Trial]:
    """Items of six departments over two years, two months of delegation, each with its own drift."""
    rng, factor = default_rng([seed, 3]), 1.2 if planted else 1.0
    more, points = (1.3, 3.0) if planted else (1.0, 0.0)
    month = np.arange(12 * 2021, 12 * 2022 + 10)
    place = np.arange(54)
    wave = 12 * 2022 + np.where(place % 2, 3, 6)
    treated = place % 9 < 3
    names = np.array([f"I{k:02d}" for k in place])
    beside = [np.flatnonzero(~treated)] * 2
    rows = np.concatenate([np.flatnonzero(treated), *beside])
    other = np.concatenate(
        [
            wave[treated],
            *(np.full(len(b), 12 * 2022 + k) for b, k in zip(beside, (3, 6), strict=True)),
        ]
    )
    department = np.char.add("D", (rows % 6).astype(str))
    stacked = pd.DataFrame(
        {"item_code": names[rows], "dept_code": department, "wave": other, "treated": treated[rows]}
    )
    shape = (len(place), len(month))
    after = treated[:, None] & (month >= wave[:, None])
    usual = rng.lognormal(3.2, 0.8, (len(place), 1)) * np.exp(0.1 * _drifts(rng, shape))
    n = rng.poisson(usual * np.where(after, more, 1.0))
    usual = rng.uniform(3, 10, (len(place), 1)) * np.exp(0.08 * _drifts(rng, shape))
    mean = np.where(after, usual * factor, usual)
    days = rng.gamma(np.maximum(2 * n, 1e-9), mean / 2) * (n > 0)
    panel = pd.DataFrame(
        {
            "item_code": np.repeat(names, len(month)),
            "month": np.tile(month, len(place)),
            "accepted": n.ravel(),
            "closed": n.ravel(),
            "days": days.ravel(),
            "late": rng.binomial(n, 0.02 + after * points / 100).ravel(),
            "supplemented": rng.binomial(n, 0.1 + after * points / 100).ravel(),
        }
    )
    of = Stacked(stacked, around(stacked, panel), (int(month[0]), int(month[-1])))
    truths: dict[str, tuple[Measure, float]] = {
        "用时": (DURATION, float(np.log(factor))),
        "受理量": (VOLUME, float(np.log(more))),
        "补正": (SUPPLEMENTS, points),
        "超承诺时限": (LATENESS, points),
    }
    for term, (measure, truth) in truths.items():
        found = effect(of, measure)
        assert found is not None
        estimate = found.estimate
        covered = estimate.low <= truth <= estimate.high
        alarm = estimate.p_above <= FALSE_DISCOVERIES
        yield Trial(f"事权下放:{term}的前后差异之差", covered, alarm)
    trend = trend_before(of, DURATION)
    assert trend is not None
    yield Trial("事权下放:平行趋势检验", None, trend.estimate.p_value <= FALSE_DISCOVERIES)


def _drifts(rng: Generator, shape: tuple[int, int], kept: float = 0.7) -> np.ndarray:
    """Return rows of values that keep a share of themselves from one month to the next."""
    values = rng.normal(size=shape)
    for k in range(1, shape[1]):
        values[:, k] = kept * values[:, k - 1] + np.sqrt(1 - kept**2) * values[:, k]
    return values


def departments(seed: int, planted: bool) -> Iterator[Trial]:
    """Departments of unlike sizes and mixes; planted: their ratios follow a gamma distribution."""
    yield from _departments(default_rng([seed, 4]), planted, "", spread=0.0)


def unlike_items(seed: int, planted: bool) -> Iterator[Trial]:
    """Departments whose items differ among themselves, too."""
    yield from _departments(default_rng([seed, 5]), planted, "(事项之间有差异)", spread=0.3)


def _departments(rng: Generator, planted: bool, term: str, spread: float) -> Iterator[Trial]:
    shape = (15, 6, len(RATES))  # departments, items of each, strata
    ratio = rng.gamma(12, 1 / 12, shape[0]) if planted else np.ones(shape[0])
    large = 4.2 + rng.normal(0, 0.6, (shape[0], 1, 1))
    n = rng.lognormal(large, 0.8, shape).astype(int) + 1
    of_item = rng.gamma(1 / spread**2, spread**2, shape[:2]) if spread else np.ones(shape[:2])
    mean = n * np.array(list(RATES.values())) * ratio[:, None, None] * of_item[:, :, None]
    d, i, s = (place.ravel() for place in np.indices(shape))
    names = np.array([f"D{k:02d}" for k in range(shape[0])])
    counts = pd.DataFrame(
        {
            "dept_code": names[d],
            "item_code": np.char.add(names[d], np.char.add("I", i.astype(str))),
            "kind": np.array(list(RATES))[s],
            "n": n.ravel(),
            "events": rng.poisson(mean).ravel(),
        }
    )
    table = judged_together({"": standardised(counts)}, "")[""]
    truth = pd.Series(ratio, index=names)[table.index]
    # A ratio is to the others' level: the truth is divided by what they come to together.
    reference = _reference(counts, truth, table["reference"])
    level = truth / reference
    inside = (table["low"] <= level) & (level <= table["high"])
    yield from (Trial(f"部门标准化比{term}", bool(each)) for each in inside)
    yield Trial(f"部门差异:任一部门被判在外{term}", None, bool((table["verdict"] != 0).any()))


def mixes(seed: int, planted: bool) -> Iterator[Trial]:
    """Departments whose mixes differ and nothing else; planted: a quarter less in the hardest mix."""
    rng, aspects = default_rng([seed, 10]), ("超承诺时限", "补正", "不予许可")
    mix = rng.dirichlet(np.ones(len(RATES)), 12)
    hardest = int((mix @ np.array(list(RATES.values()))).argmax())
    ratio = np.where(planted & (np.arange(len(mix)) == hardest), 0.75, 1.0)
    n = (4_000 * mix).astype(int) + 1
    d, s = (place.ravel() for place in np.indices(n.shape))
    names = np.array([f"D{k:02d}" for k in range(len(mix))])
    tables = {}
    for aspect in aspects:
        mean = n * np.array(list(RATES.values())) * (ratio[:, None] if aspect == aspects[0] else 1)
        counts = pd.DataFrame(
            {
                "dept_code": names[d],
                "item_code": np.char.add(names[d], np.array(list(RATES))[s]),
                "kind": np.array(list(RATES))[s],
                "n": n.ravel(),
                "events": rng.poisson(mean).ravel(),
            }
        )
        tables[aspect] = standardised(counts)
    judged = judged_together(tables, aspects[0])
    outside = any((table["verdict"] != 0).any() for table in judged.values())
    yield Trial("部门差异:三个方面一族,任一部门被判在外(只有事项结构不同)", None, bool(outside))
    turned = bool(judged[aspects[0]]["turned"].any())
    yield Trial("部门差异:任一部门换边(只有事项结构不同)", None, turned)


def _reference(counts: pd.DataFrame, truth: pd.Series, among: pd.Series) -> pd.Series:
    """Return the mean true ratio of the others, as the mix of each department weighs them.

    Args:
        counts: cases by department, item and stratum.
        truth: the departments' true ratios.
        among: which departments others are held against.
    """
    weight = counts["n"] * counts["kind"].map(RATES)
    own = weight.groupby([counts["dept_code"], counts["kind"]]).sum().unstack()
    kept = own.mul(among.reindex(own.index).fillna(True).astype(float), axis=0)
    lifted = kept.mul(truth.reindex(own.index).fillna(1.0), axis=0)
    others = (lifted.sum() - lifted) / (kept.sum() - kept)
    return ((own * others).sum(axis=1) / own.sum(axis=1)).reindex(truth.index)


def bundles(seed: int, planted: bool) -> Iterator[Trial]:
    """Pairs of items that meet by chance; planted: two of them are applied for together."""
    rng = default_rng([seed, 6])
    per_day = pd.Series(rng.poisson(100, len(DAYS)), index=DAYS)
    exposed = exposure(per_day)
    share = (2 * exposed[: WINDOW + 1].sum()) / (
        2 * exposed[: WINDOW + 1].sum() + 2 * exposed[31:].sum()
    )
    pairs = rng.poisson(rng.lognormal(5, 0.7, 60))
    near = rng.binomial(pairs, share)
    far = pairs - near
    near[:2] += rng.poisson(60, 2) if planted else 0
    table = pd.DataFrame({"near": near, "far": far, "applicants": near})
    found = candidates(table[table["near"] >= 20], per_day)
    yield Trial("“一件事”:任一候选", None, bool(found["candidate"].any()))


def random_inspections(seed: int, planted: bool) -> Iterator[Trial]:
    """Holders some of whom break the rules, more where it is planted, and a random sample of them."""
    rng = default_rng([seed, 7])
    holders = rng.random(20_000) < (0.15 if planted else 0.03)
    reached = int(rng.integers(100, 600))
    found = int(rng.choice(holders, reached, replace=False).sum())
    interval = rate_of_all(found, reached)
    covered = interval.low <= 100 * holders.mean() <= interval.high
    yield Trial("双随机检查问题发现率", bool(covered))


def thinning_out(seed: int, planted: bool) -> Iterator[Trial]:
    """Closures that thin out towards the limit and beyond; planted: most of those beyond are gone."""
    yield from _around_limit(default_rng([seed, 8]), planted, 0.15, "")


def evenly(seed: int, planted: bool) -> Iterator[Trial]:
    """Closures as many on each day, before and beyond the limit."""
    yield from _around_limit(default_rng([seed, 9]), planted, 0.0, "(到期前各日一样多)")


def _around_limit(rng: Generator, planted: bool, slope: float, term: str) -> Iterator[Trial]:
    left, level = np.arange(1, LIMIT_DAYS + 1), rng.uniform(8, 40)
    before = pd.Series(rng.poisson(level * np.exp(slope * left)), index=left)
    beyond = float((level * np.exp(-slope * left)).sum())
    late = int(rng.poisson(beyond * (0.3 if planted else 1.0)))
    found = foretold(before)
    covered = found.low <= beyond <= found.high
    yield Trial(f"零超期:到期后应有的件数{term}", covered, found.p_value(late) <= FALSE_DISCOVERIES)


WORLDS: tuple[Callable[[int, bool], Iterator[Trial]], ...] = (
    duplicates,
    load,
    delegation,
    departments,
    unlike_items,
    mixes,
    bundles,
    random_inspections,
    thinning_out,
    evenly,
)
