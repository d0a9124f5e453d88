"""Which catalogue rows were in force on a day: one for each item."""

from datetime import date

import pandas as pd
import pytest

from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from analysis.tables.versions import in_force
from tests.tables.build import accepted, day, item, year

# An export that does not say when the older versions ended.
VERSIONS = [
    item("A", item_version=2, valid_from=day("2022-03-01"), promised_limit=1.0, site_visits=1),
    item("B"),
    item("A", site_visits=3),
    item("A", item_version=3, valid_from=day("2023-01-01"), promised_limit=0.0),
]


@pytest.mark.parametrize(
    ("on", "versions"),
    [
        (date(2022, 2, 28), [("B", 1), ("A", 1)]),
        (date(2022, 12, 31), [("A", 2), ("B", 1)]),
        (date(2023, 1, 1), [("B", 1), ("A", 3)]),
    ],
)
def test_of_versions_that_do_not_end_the_latest_is_in_force(on, versions):
    rows = pd.DataFrame(VERSIONS)
    rows["valid_from"] = pd.to_datetime(rows["valid_from"])
    found = in_force(rows, on)[["item_code", "item_version"]]
    assert list(found.itertuples(index=False, name=None)) == versions


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (("handling_items", ""), (2, None)),
        (("avg_trips", "item_mean"), (1, 2)),  # A 1, B 0
        (("avg_trips", "case_mean"), (3, 5)),  # three cases of A, two of B
        (("time_compression_rate", "case_sum"), (87, 100)),  # 20 → 1 three times, 20 → 5 twice
        (("instant_rate", "item_1day"), (1, 2)),
    ],
    ids=lambda value: "-".join(map(str, value)),
)
def test_a_version_that_does_not_end_counts_neither_its_item_nor_its_cases_twice(figure, expected):
    cases = [accepted("2022-04-01", "2022-04-02", item_code=code) for code in "AAABB"]
    result = REGISTRY[figure].result(Facts.of(year(cases, VERSIONS)))
    assert (result.numerator, result.denominator) == expected
