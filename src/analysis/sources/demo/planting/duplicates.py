"""Duplicates (重复申请): the same applicant applies for the same item in two systems within days."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.sources.demo.cohort import NEVER
from analysis.sources.demo.columns import is_word, listed
from analysis.sources.demo.days import Bools, Ints
from analysis.sources.demo.planting.plant import Cohort, Plant
from analysis.sources.demo.streams import Use, stream

# Bureaux whose firms can apply in the national or the hall's system, and the share of the former.
TWO_SYSTEMS = (
    "示例区市场监督管理局",
    "示例区交通运输局",
    "示例区生态环境分局",
    "示例区住房和城乡建设局",
)
NATIONAL, SHARE = "国家业务平台", 0.3
WITH_PROJECTS = ("示例区住房和城乡建设局", "示例区生态环境分局")
PAIRS = {2021: 800, 2022: 1_200, 2023: 1_500}  # planted pairs, within 7 days of each other
AT_ONCE = 0.5  # of them within a day
REKEYED = 0.4  # of the later members: entered a second time by staff
SELDOM = 3  # cases of one applicant and item, of those that are paired
FIRM, REKEYED_MODE = "enterprise", "staff_rekey"


def _labels(cohort: Cohort, table: pa.Table) -> pa.Table:
    """Give some cases a second system, and pairs of existing cases the same applicant in both."""
    rng = stream(cohort.year, Use.DUPLICATES)
    name = cohort.catalogue.bureaux["name"].to_numpy()[cohort.bureau]
    firm = is_word(table["applicant_type"], FIRM)
    two = firm & np.isin(name, TWO_SYSTEMS)
    national = two & (rng.random(len(two)) < SHARE)
    project = np.where(np.isin(name, WITH_PROJECTS) & firm, np.arange(len(two)), -1)
    source = np.arange(len(two))  # whose applicant and project each case has
    first, second = _pairs(cohort, rng, _plain(cohort, table, two))
    source[second] = first
    national[first], national[second] = False, True
    rekeyed = np.zeros(len(two), dtype=bool)
    rekeyed[second[rng.random(len(second)) < REKEYED]] = True
    columns = {
        "applicant_key": table["applicant_key"].take(pa.array(source)),
        "project_code": _projects(cohort.year, project[source]),
        "source_system": _either(table["source_system"], NATIONAL, national),
        "entry_mode": _either(table["entry_mode"], REKEYED_MODE, rekeyed),
    }
    for column, values in columns.items():
        place = table.column_names.index(column) if column in table.column_names else -1
        table = (
            table.append_column(column, values)
            if place < 0
            else table.set_column(place, column, values)
        )
    return table


def _plain(cohort: Cohort, table: pa.Table, among: Bools) -> Bools:
    """Return the cases among some that are no re-submission, nor submitted again, nor an agent's."""
    again = table["original_case_id"].is_valid().to_numpy()
    places = np.flatnonzero(among)
    who = pd.factorize(table["applicant_key"].take(pa.array(places)).to_pandas())[0]
    of_item = who * len(cohort.catalogue.base) + cohort.made.cases.item[places]
    _, group, size = np.unique(of_item, return_inverse=True, return_counts=True)
    seldom = np.zeros(len(among), dtype=bool)
    seldom[places] = size[group] <= SELDOM
    return np.asarray(seldom & ~again & (cohort.made.cases.refused == NEVER))


def _pairs(cohort: Cohort, rng: np.random.Generator, among: Bools) -> tuple[Ints, Ints]:
    """Return earlier and later cases of one item, 0 or 1, or 2 to 7 days apart; none twice."""
    n = PAIRS.get(cohort.year, 0)
    cases = cohort.made.cases
    places = np.flatnonzero(among)
    places = places[np.lexsort((cases.applied[places], cases.item[places]))]
    key = cases.item[places] * 100_000 + cases.applied[places]
    gap = np.where(np.arange(n) < n * AT_ONCE, rng.integers(0, 2, n), rng.integers(2, 8, n))
    taken: set[int] = set()
    pairs: list[tuple[int, int]] = []
    tries = iter(rng.integers(0, len(places), 50 * n + 1))
    while len(pairs) < n:
        one = int(next(tries))
        other = int(np.searchsorted(key, key[one] + gap[len(pairs)], side="right")) - 1
        apart = key[other] - key[one] == gap[len(pairs)]
        if apart and other != one and not taken & {one, other}:
            taken |= {one, other}
            pairs.append((min(one, other), max(one, other)))
    found = places[np.array(pairs, dtype=np.int64).reshape(-1, 2)]
    return found[:, 0], found[:, 1]


def _either(column: Any, word: str, where: Bools) -> pa.Array:
    """Return a column of words, one word for some of the rows."""
    chunk = column.combine_chunks()
    terms = chunk.dictionary.to_pylist()
    terms = terms if word in terms else [*terms, word]
    return listed(np.where(where, terms.index(word), chunk.indices.to_numpy()), terms)


def _projects(year: int, number: Ints) -> pa.Array:
    """Return made-up project codes; null where there is no project."""
    some, place = np.unique(number[number >= 0], return_inverse=True)
    at = np.full(len(number), -1)
    at[number >= 0] = place
    return listed(at, [f"DEMO-{year}-{n:07d}" for n in some])


def _truth(year: int) -> dict[str, Any]:
    n = PAIRS.get(year, 0)
    return {"pairs_within_7_days": n, "pairs_within_1_day": int(np.ceil(n * AT_ONCE))}


PLANT = Plant("duplicates", _truth, table=_labels)
