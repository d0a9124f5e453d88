"""The passes of the findings over individual rows: the same on PostgreSQL and on DuckDB."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from analysis.problems.courses import arrivals, courses
from analysis.problems.duplicates.applications import daily
from analysis.problems.duplicates.bundles import together
from analysis.problems.duplicates.pairs import pairs
from analysis.problems.duplicates.rework import rekeyed, resubmitted
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.returned import returned
from analysis.statistics.facts import Facts
from analysis.tables.year import Year
from tests.engines.test_postgres import SHORT
from tests.problems.test_duplicates import ITEMS, applications
from tests.tables.build import closed, frames

PASSES = (daily, pairs, resubmitted, rekeyed, together)


@given(rows=applications())
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_duplicates(in_postgres, rows):
    tables = frames(rows, ITEMS)
    here = Grounds(Facts.of(Year.from_frames(SHORT, 2022, tables)))
    there = Grounds(Facts.of(in_postgres(SHORT, 2022, tables)))
    for each in PASSES:
        pd.testing.assert_frame_equal(each(there), each(here))


@pytest.mark.parametrize("each", [courses, arrivals, returned])
def test_squeeze(in_postgres, each):
    rows = [
        closed("2022-01-04", "2022-01-05", "2022-01-20", supp_rounds=1, extended_days=2.0),
        closed("2021-12-30", "2021-12-31", "2022-01-04", supp_rounds=0, case_type="1"),
        closed("2022-03-04", "2022-03-05", "2023-01-04", supp_rounds=None),
    ]
    tables = frames(rows, ITEMS)
    event = {"event_id": "e", "case_id": rows[0]["case_id"], "activity": "return"}
    tables["events"] = pd.DataFrame([event | {"start_at": pd.Timestamp("2022-01-06")}])
    here = Grounds(Facts.of(Year.from_frames(SHORT, 2022, tables)))
    there = Grounds(Facts.of(in_postgres(SHORT, 2022, tables)))
    pd.testing.assert_frame_equal(each(there), each(here))
