"""Bundles (一件事): pairs of items that the same new firms apply for within a week.

Existing cases of the two items get a common applicant who applies for nothing else, so nothing but who
applied for them changes.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.sources.demo.cohort import NEVER
from analysis.sources.demo.columns import is_word
from analysis.sources.demo.days import Ints
from analysis.sources.demo.people import pseudonyms
from analysis.sources.demo.planting.plant import Cohort, Plant
from analysis.sources.demo.streams import Use, stream

PAIRS = (
    ("食品经营许可(新办)—一般情形", "公众聚集场所投入使用营业前消防安全检查(新办)—一般情形"),
    ("公共场所卫生许可(新办)—一般情形", "旅馆业特种行业许可(新办)—一般情形"),
    ("药品零售企业许可(新办)—一般情形", "第二类医疗器械经营备案凭证核发(新办)—一般情形"),
    ("娱乐场所经营许可(新办)—一般情形", "小餐饮登记(新办)—一般情形"),
    ("医疗机构执业许可(新办)—一般情形", "放射诊疗许可(新办)—一般情形"),
)
PLANTED = {2022: 3, 2023: 5}  # of these pairs, the first ones; 2021 has none
FIRMS = 300  # that apply for both items of a pair
WITHIN = 6  # days from the first application to the other
FIRM = "enterprise"
NEW_FIRMS = 5 << 40  # where the numbers of these firms begin, beyond those of other applicants
A_YEAR = 1 << 20  # numbers between those of one year and the next


def _labels(cohort: Cohort, table: pa.Table) -> pa.Table:
    """Give pairs of existing cases a common applicant, a new one for each pair."""
    chosen = PAIRS[: PLANTED.get(cohort.year, 0)]
    if not chosen:
        return table
    rng, column = stream(cohort.year, Use.BUNDLES), table.column_names.index("applicant_key")
    key = table["applicant_key"].to_pandas().to_numpy(dtype=object)
    items = cohort.catalogue.base.reset_index().set_index("item_name")["index"]
    taken = np.zeros(len(table), dtype=bool)
    who = NEW_FIRMS + cohort.year * A_YEAR
    for pair in chosen:
        first, other = (_free(cohort, table, key, int(items[name]), taken) for name in pair)
        both = _near(rng, cohort, first, other)
        taken[both] = True
        key[both] = np.repeat(pseudonyms(np.arange(who, who + FIRMS)).to_pylist(), 2).reshape(-1, 2)
        who += FIRMS
    return table.set_column(column, "applicant_key", pa.array(key, pa.string()))


def _free(cohort: Cohort, table: pa.Table, key: Any, item: int, taken: Any) -> Ints:
    """Return the cases of an item, of firms that applied for it once in the year, by day."""
    cases = cohort.made.cases
    places = np.flatnonzero(cases.item == item)
    once = ~pd.Series(key[places]).duplicated(keep=False).to_numpy()
    firm = is_word(table["applicant_type"].take(pa.array(places)), FIRM)
    fits = once & firm & ~taken[places] & (cases.refused[places] == NEVER)
    return np.asarray(places[fits])


def _near(rng: np.random.Generator, cohort: Cohort, first: Ints, other: Ints) -> Ints:
    """Return ``FIRMS`` pairs of cases up to a week apart, none twice: shape (firms, 2)."""
    day = cohort.made.cases.applied
    other = other[np.argsort(day[other], kind="stable")]
    free = np.ones(len(other), dtype=bool)
    pairs: list[tuple[int, int]] = []
    for one in rng.permutation(first):
        ends = np.searchsorted(day[other], [day[one], day[one] + WITHIN + 1])
        near = np.arange(*ends)[free[slice(*ends)]]
        if len(near):
            place = int(rng.choice(near))
            free[place] = False
            pairs.append((int(one), int(other[place])))
        if len(pairs) == FIRMS:
            return np.array(pairs)
    raise AssertionError("too few cases for a planted bundle")


def _truth(year: int) -> dict[str, Any]:
    return {"pairs": [list(pair) for pair in PAIRS[: PLANTED.get(year, 0)]], "applicants": FIRMS}


PLANT = Plant("bundles", _truth, table=_labels)
