"""Small worlds (模拟) with known truth, in which the intervals of findings are tried (``coverage.py``).

Each takes a seed and whether something is planted, and returns trials: whether an interval covered what
it estimates, and whether a finding was called. Only numpy draws; what is tried is the product's own.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from benchmarks.delegations import (
    always_changing,
    delegation,
    delegation_alone,
    delegation_together,
)
from benchmarks.trials import Trial, drifts
from numpy.random import Generator, default_rng
from scipy.stats import gamma

from analysis.problems.departments.family import judged_together
from analysis.problems.departments.standardised import standardised
from analysis.problems.duplicates.bundles import candidates, comparable
from analysis.problems.duplicates.chance import WINDOW, excess, exposure
from analysis.problems.duplicates.counted import Counted, counted
from analysis.problems.grounds import Grounds
from analysis.problems.judging import FALSE_DISCOVERIES
from analysis.problems.overdue.still_open import median_between, survival
from analysis.problems.overdue.zero import DAYS as LIMIT_DAYS
from analysis.problems.overdue.zero import foretold
from analysis.problems.squeeze.load import compared, relation
from analysis.problems.supervision.reach import rate_of_all
from analysis.statistics.facts import Facts
from analysis.tables import TABLES
from analysis.tables.year import Year

DAYS = pd.date_range("2022-01-01", "2022-12-31")
# First day, days open, and from when on a second system takes applications, item by item.
MONTH = 28
SEASONS = np.array(
    [[0, 365, 0]] * 3 + [[0, 365, 180]] + [[60, 100, 0], [200, 100, 0]]
    + [[30 * k, MONTH, 0] for k in (1, 6, 11)]
)  # fmt: skip
RATES = {"S0": 0.01, "S1": 0.03, "S2": 0.08}


def duplicates(seed: int, planted: bool) -> Iterator[Trial]:
    """Items with seasons of their own, applicants who file at random; some also twice within a week.

    Pairs are planted in the items that are open for long enough to be compared; the real passes find them.
    """
    rng, wanted = default_rng([seed, 1]), 25.0 if planted else 0.0
    extra = rng.multinomial(rng.poisson(wanted), np.isin(SEASONS[:, 1], MONTH, invert=True) / 6)
    parts = [_filed(rng, code, extra[code]) for code in range(len(SEASONS))]
    cases = pd.concat(parts, ignore_index=True)
    found = _counted(cases)
    exposed = exposure(found.daily, found.pairs)
    assert len(exposed) == 6
    of = excess(found.pairs, exposed, WINDOW)
    covered = of.low <= wanted <= of.high
    yield Trial("跨系统重复:超出偶然的对数", covered, of.p_value <= FALSE_DISCOVERIES)


def _filed(rng: Generator, code: int, extra: int) -> pd.DataFrame:
    """Return the applications for one item: most applicants file once, a hundred two to four times."""
    first, length, other_from = SEASONS[code]
    open_days = np.arange(first, first + length)
    weight = np.where(DAYS.day_of_week[open_days] < 5, 1.0, 0.1)
    weight *= 1 + 0.3 * np.sin(open_days / 58)
    times = np.r_[np.ones(400, int), rng.choice([2, 3, 4], 100, p=[0.7, 0.2, 0.1])]
    who = np.repeat(np.arange(len(times)), times)
    day = rng.choice(open_days, len(who), p=weight / weight.sum())
    system = np.where(day < other_from, 0, rng.integers(0, 2, len(who)))
    # Twice within a week, in two systems, by whom nothing else is known.
    twice = rng.choice(open_days[open_days >= other_from][:-WINDOW], extra)
    who = np.r_[who, np.tile(len(times) + np.arange(extra), 2)]
    day = np.r_[day, twice, twice + rng.integers(0, WINDOW + 1, extra)]
    system = np.r_[system, np.zeros(extra, int), np.ones(extra, int)]
    return _cases(np.full(len(who), code), who + 10_000 * code, day, system)


def _cases(item: np.ndarray, who: np.ndarray, day: np.ndarray, system: np.ndarray) -> pd.DataFrame:
    """Return applications as a source hands them over, with the columns that the passes look at."""
    words = {"item_code": item, "catalog_code": item, "applicant_key": who, "source_system": system}
    frame = pd.DataFrame({name: numbers.astype(str) for name, numbers in words.items()})
    frame["submitted_at"] = DAYS[day] + pd.Timedelta(hours=9)
    return frame


def _counted(cases: pd.DataFrame) -> Counted:
    """Have the real passes count applications; columns that they do not look at are absent."""
    tables = {
        "cases": cases.assign(case_id=np.arange(len(cases)).astype(str)),
        "items": pd.DataFrame({"item_code": cases["item_code"].unique(), "item_type": "01"}),
    }
    absent = {
        f"{name}.{column}": "模拟数据没有"
        for name, frame in tables.items()
        for column in TABLES[name].required
        if column not in frame
    }
    year = Year.from_frames("测试区", 2022, tables, absent=absent)
    return counted(Grounds(Facts(year, pd.DataFrame(), tables["items"])))


def load(seed: int, planted: bool) -> Iterator[Trial]:
    """Departments of unlike sizes whose months hang together and share good and bad months."""
    yield from _load(default_rng([seed, 2]), planted, "", seasonal=0.0)


def seasonal_items(seed: int, planted: bool) -> Iterator[Trial]:
    """Departments of which one slow item makes half the cases of the three busiest months."""
    yield from _load(default_rng([seed, 10]), planted, "(忙月另有事项)", seasonal=0.5)


def _load(rng: Generator, planted: bool, term: str, seasonal: float) -> Iterator[Trial]:
    slope, shape, items = 0.3 if planted else 0.0, (14, 10), 5
    size = np.maximum(rng.lognormal(5.5, 1.2, (shape[0], 1)), 40)
    relative = np.exp(0.25 * rng.normal(size=shape) + 0.1 * drifts(rng, shape))
    accepted = rng.poisson(size * relative) + 1
    busiest = np.argsort(np.argsort(-accepted, axis=1), axis=1) < 3
    last = np.where(busiest, seasonal, 0.0)[:, :, None]
    mix = rng.dirichlet(np.full(items - 1, 5.0), shape[0])[:, None, :]
    n = rng.multinomial(accepted, np.concatenate([mix * (1 - last), last], axis=2))
    usual = np.concatenate([rng.uniform(3, 10, (shape[0], items - 1)), np.full((shape[0], 1), 12)], axis=1)  # fmt: skip
    load = accepted / accepted.mean(axis=1, keepdims=True)
    month_and_drift = rng.normal(0, 0.05, shape[1]) + 0.06 * drifts(rng, shape)
    taken = 1 + slope * (load - 1) + month_and_drift
    # Days of single cases vary as much as they are long.
    days = rng.gamma(np.maximum(n, 1), usual[:, None, :] * taken[:, :, None] / np.maximum(n, 1))
    d, m, i = (place.ravel() for place in np.indices(n.shape))
    counts = pd.DataFrame(
        {
            "dept_code": np.char.add("D", d.astype(str)),
            "item_code": i.astype(str),
            "accepted_month": m + 1,
            "days": days.ravel(),
            "n": n.ravel(),
        }
    )
    staffed = [np.unique(counts["dept_code"]), range(1, shape[1] + 1)]
    names = ["dept_code", "month"]
    present = pd.Series(1.0, index=pd.MultiIndex.from_product(staffed, names=names))
    table = compared(counts[counts["n"] > 0], present, shape[1])
    found = relation(table)
    assert found is not None
    covered = found.low <= slope <= found.high
    alarm = found.p_value <= FALSE_DISCOVERIES and found.value > 0
    yield Trial(f"负荷与用时:部门内斜率{term}", covered, alarm)
    if not term:
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
    """Items all year and items with a season; planted: two of them are applied for together.

    Applicants file for items at random, on days that have nothing to do with each other; the real passes
    count. Items of one season share their days, and are no bundle for that.
    """
    rng, n = default_rng([seed, 6]), 30_000
    who, item = rng.integers(0, 4_000, n), rng.integers(0, 40, n)
    first, length = np.where(item < 30, 0, 150), np.where(item < 30, 365, 80)
    together = rng.poisson(60) if planted else 0
    day = np.r_[first + rng.integers(0, length), np.repeat(rng.integers(0, 365, together), 2)]
    who = np.r_[who, np.repeat(10_000 + np.arange(together), 2)]
    item = np.r_[item, np.tile([0, 1], together)]
    pairs = _counted(_cases(item, who, day, np.zeros(len(who), int))).together
    found = candidates(comparable(pairs))
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
    yield from _around_limit(default_rng([seed, 8]), planted, 0.15, 0.0, "")


def evenly(seed: int, planted: bool) -> Iterator[Trial]:
    """Closures as many on each day, before and beyond the limit."""
    yield from _around_limit(default_rng([seed, 9]), planted, 0.0, 0.0, "(到期前各日一样多)")


def unlike_days(seed: int, planted: bool) -> Iterator[Trial]:
    """Closures that thin out, many on some days and few on others (weekdays, batches)."""
    for number, spread in ((11, 0.1), (12, 0.2)):
        term = f"(各日起伏{spread:.0%})"
        yield from _around_limit(default_rng([seed, number]), planted, 0.1, spread, term, 10.0)


def _around_limit(
    rng: Generator, planted: bool, slope: float, spread: float, term: str, times: float = 1.0
) -> Iterator[Trial]:
    """Draw closures around a limit: ``spread`` is the days' coefficient of variation."""
    left, level = np.arange(1, LIMIT_DAYS + 1), times * rng.uniform(8, 40)
    days = np.ones((2, LIMIT_DAYS))
    if spread:
        days = rng.gamma(1 / spread**2, spread**2, days.shape)
    before = pd.Series(rng.poisson(level * np.exp(slope * left) * days[0]), index=left)
    kept, beyond = 0.3 if planted else 1.0, level * np.exp(-slope * left)
    late = int(rng.poisson(kept * beyond * days[1]).sum())
    found = foretold(before)
    low, high = found.ratio(late)
    name = f"零超期:实有与应有件数之比{term}"
    yield Trial(name, low <= kept <= high, found.p_value(late) <= FALSE_DISCOVERIES)


def still_open(seed: int, planted: bool) -> Iterator[Trial]:
    """Cases accepted through a year that take months, so that many are open; planted: half as long again."""
    rng, scale = default_rng([seed, 10]), 60.0 if planted else 40.0
    taken, left = np.floor(rng.gamma(2, scale, 300)).astype(int), rng.integers(0, 245, 300)
    ended = pd.Series(taken[taken <= left]).value_counts()
    lasting = pd.Series(left[taken > left]).value_counts()
    low, high = median_between(survival(ended, lasting))
    truth = int(gamma.median(2, scale=scale))  # of whole days: the first on which half are closed
    covered = low is not None and low <= truth and (high is None or truth <= high)
    yield Trial("办结用时中位数(含在办)", covered)


WORLDS: tuple[Callable[[int, bool], Iterator[Trial]], ...] = (
    duplicates,
    load,
    seasonal_items,
    delegation,
    delegation_together,
    always_changing,
    delegation_alone,
    departments,
    unlike_items,
    mixes,
    bundles,
    random_inspections,
    thinning_out,
    evenly,
    unlike_days,
    still_open,
)
