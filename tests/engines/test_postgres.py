"""The same small years on PostgreSQL and on DuckDB: equal figures, equal integers.

What runs on one engine only is an idiom of that engine; the server is a real one, see ``postgres``.
"""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.engines.address import ENGINE_VARIABLE
from analysis.statistics.passes.tally import tally
from analysis.tables.validate import problems
from analysis.tables.year import Year
from tests.engines.years import SHORT, YEARS, assert_same, full, random_tables, supervised
from tests.statistics.supervised import CASES, CUTOFF
from tests.statistics.test_random_supervision import places


@pytest.mark.parametrize("name", YEARS)
def test_year_made_by_hand(in_postgres, name):
    tables, number, cutoff = YEARS[name]
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    assert_same(here, in_postgres(SHORT, number, tables, cutoff=cutoff))


@pytest.mark.parametrize("margin", ["region_code", "applicant_type"])
def test_margins_that_make_their_own_pass(in_postgres, margin):
    tables = supervised()
    tables["cases"] = tables["cases"].assign(region_code="R1")
    here = Year.from_frames(SHORT, 2022, tables, cutoff=CUTOFF)
    there = in_postgres(SHORT, 2022, tables, cutoff=CUTOFF)
    pd.testing.assert_frame_equal(tally(there, margin=margin), tally(here, margin=margin))


@pytest.mark.parametrize("name", YEARS)
def test_validation_finds_the_same(in_postgres, name):
    tables, number, cutoff = YEARS[name]
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    there = in_postgres(SHORT, number, tables, cutoff=cutoff)
    pd.testing.assert_frame_equal(problems(there), problems(here))


def test_validation_finds_broken_rows_there_too(in_postgres):
    broken = [
        full(row | {"apply_channel": "?", "promised_days": float("inf"), "record_state": "void"})
        for row in CASES
    ]
    tables = supervised() | {"cases": pd.DataFrame([*broken, full(CASES[0]), full(CASES[0])])}
    here = Year.from_frames(SHORT, 2022, tables, cutoff=CUTOFF)
    found = problems(in_postgres(SHORT, 2022, tables, cutoff=CUTOFF))
    pd.testing.assert_frame_equal(found, problems(here))
    assert found["rule"].str.contains("不在代码表|不是小数|重复|作废").sum() == 4


def test_rows_come_back_in_their_declared_types(in_postgres):
    tables, number, cutoff = YEARS["supervision"]
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    there = in_postgres(SHORT, number, tables, cutoff=cutoff)
    pd.testing.assert_frame_equal(there.items, here.items)
    pd.testing.assert_frame_equal(there.cases, here.cases)


@given(rows=places(), cutoff=st.sampled_from([date(2024, 12, 31), date(2024, 2, 29)]))
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_random_years(in_postgres, rows, cutoff):
    tables = random_tables(rows)
    here = Year.from_frames(SHORT, 2024, tables, cutoff=cutoff)
    assert_same(here, in_postgres(SHORT, 2024, tables, cutoff=cutoff))


@pytest.mark.full
def test_some_cases_of_the_demo(
    few_demo_cases: Path, postgres_server, postgres_connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a schema of the server, as --engine opens it."""
    here = Year.open("demo", 2022, data=few_demo_cases)
    with postgres_connection.begin() as cursor:
        cursor.execute("CREATE SCHEMA demo_2022")
    for name, rows in here.tables.items():
        postgres_connection.create_table(name, rows.to_pyarrow(), database="demo_2022")
    monkeypatch.setenv(ENGINE_VARIABLE, postgres_server.url)
    there = Year.open("demo", 2022, data=few_demo_cases)
    assert not there.in_files  # nobody can see whether its tables have changed: nothing is kept
    assert_same(here, there)
