"""The same small years on a Spark cluster of two workers and on DuckDB: equal figures, equal integers.

A query takes Spark a second however few the rows, so the years are few too; PostgreSQL gets more.
"""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from analysis.engines.address import ENGINE_VARIABLE
from analysis.statistics.tally import tally
from analysis.tables.validate import problems
from analysis.tables.year import Year
from tests.engines.years import SHORT, YEARS, assert_same, random_tables
from tests.statistics.test_random_supervision import places

CUTOFF = date(2024, 2, 29)


@pytest.mark.parametrize("name", ["supervision", "empty"])
def test_year_made_by_hand(in_spark, name):
    tables, number, cutoff = YEARS[name]
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    there = in_spark(SHORT, number, tables, cutoff=cutoff)
    assert_same(here, there)
    pd.testing.assert_frame_equal(problems(there), problems(here))
    pd.testing.assert_frame_equal(there.cases, here.cases)


def test_margins_that_make_their_own_pass(in_spark):
    tables, number, cutoff = YEARS["flows"]
    tables = tables | {"cases": tables["cases"].assign(region_code="R1")}
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    there = in_spark(SHORT, number, tables, cutoff=cutoff)
    margin = "region_code"
    pd.testing.assert_frame_equal(tally(there, margin=margin), tally(here, margin=margin))


@given(rows=places())
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_random_years(in_spark, rows):
    tables = random_tables(rows)
    here = Year.from_frames(SHORT, 2024, tables, cutoff=CUTOFF)
    assert_same(here, in_spark(SHORT, 2024, tables, cutoff=CUTOFF))


@pytest.mark.full
def test_some_cases_of_the_demo(
    few_demo_cases: Path, spark_address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the same files, as --engine reads them."""
    here = Year.open("demo", 2022, data=few_demo_cases)
    monkeypatch.setenv(ENGINE_VARIABLE, spark_address.url)
    assert_same(here, Year.open("demo", 2022, data=few_demo_cases))
