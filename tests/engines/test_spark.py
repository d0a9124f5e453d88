"""The same small years on a Spark cluster of two workers and on DuckDB: equal figures, equal integers.

A query takes Spark a second however few the rows, so the years are few too; PostgreSQL gets more.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from analysis.engines.address import ENGINE_VARIABLE
from analysis.engines.connect import connect
from analysis.problems.duplicates.counted import counted
from analysis.problems.endings import endings
from analysis.problems.grounds import Grounds
from analysis.problems.minutes import minutes
from analysis.statistics.facts import Facts
from analysis.statistics.passes.tally import tally
from analysis.tables.validate import problems
from analysis.tables.year import Year
from tests.engines import spark
from tests.engines.years import SHORT, YEARS, assert_same, random_tables
from tests.problems.whole import YEAR as WHOLE
from tests.problems.whole import whole_frames
from tests.statistics.test_random_supervision import places

CUTOFF = date(2024, 2, 29)
MANY, PARTS = 100_000_000, 4


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


def test_applications_and_what_happened_to_cases(in_spark, monkeypatch):
    """What is made once for several counts is the same there, and gone after the last one."""
    frames = whole_frames()
    here = Grounds(Facts.of(Year.from_frames(SHORT, WHOLE, frames)))
    there = replace(here, facts=replace(here.facts, year=in_spark(SHORT, WHOLE, frames)), _kept={})
    ours, theirs = vars(counted(here)), vars(counted(there))
    for name, counts in theirs.items():
        pd.testing.assert_frame_equal(counts, ours[name], check_dtype=False)
    pd.testing.assert_frame_equal(endings(there), endings(here), check_dtype=False)
    monkeypatch.setattr("analysis.problems.minutes.BATCH", 1)
    assert len(minutes(here)) > 100
    pd.testing.assert_frame_equal(minutes(there), minutes(here), check_dtype=False)
    connection = there.year.tables["cases"]._find_backend()
    assert not [name for name in connection.list_tables() if "cached" in name]


@given(rows=places())
@settings(
    max_examples=1,
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


def test_a_worker_killed_under_way(in_spark, spark_cluster, spark_address) -> None:
    """Its share is done again by the other one. The last test of this file: it stays dead."""
    tables, number, cutoff = YEARS["supervision"]
    there = in_spark(SHORT, number, tables, cutoff=cutoff)
    connection = connect(spark_address)
    # Four parts, two on each worker, that take seconds to count.
    connection.raw_sql(
        "CREATE OR REPLACE TEMPORARY VIEW slow AS SELECT c.* FROM cases AS c CROSS JOIN "
        f"(SELECT count(*) AS n FROM range(0, {MANY}, 1, {PARTS}) WHERE hash(id) <> 1) WHERE n > 1"
    )
    slow = replace(there, tables={**there.tables, "cases": connection.table("slow")})
    tracker = connection._session.sparkContext.statusTracker()
    found: list[pd.DataFrame] = []
    counting = Thread(target=lambda: found.append(tally(slow)))
    counting.start()
    while sum(_running(tracker)) < len(spark_cluster.workers):
        assert counting.is_alive()
        time.sleep(0.02)
    spark.kill(spark_cluster.workers[0])
    assert counting.is_alive()
    counting.join()
    here = Year.from_frames(SHORT, number, tables, cutoff=cutoff)
    pd.testing.assert_frame_equal(found[0], tally(here))


def _running(tracker: Any) -> Iterator[int]:
    """The tasks that run now, of each stage."""
    stages = (tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds())
    return (stage.numActiveTasks for stage in stages if stage and stage.numTasks == PARTS)
