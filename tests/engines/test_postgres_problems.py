"""The passes of the findings over individual rows: the same on PostgreSQL and on DuckDB."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from analysis.problems.courses import courses
from analysis.problems.duplicates.counted import counted
from analysis.problems.endings import endings
from analysis.problems.grounds import Grounds
from analysis.problems.minutes import minutes
from analysis.statistics.facts import Facts
from analysis.tables.year import Year
from tests.engines.test_postgres import SHORT
from tests.problems.test_duplicates import ITEMS, applications
from tests.tables.build import closed, frames


def untold(year):
    """Grounds without a tally: these passes do not look at it."""
    return Grounds(Facts(year, pd.DataFrame(), year.items))


@given(rows=applications())
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_duplicates(in_postgres, rows):
    tables = frames(rows, ITEMS)
    here = untold(Year.from_frames(SHORT, 2022, tables))
    there = untold(in_postgres(SHORT, 2022, tables))
    ours, theirs = vars(counted(here)), vars(counted(there))
    for name, counts in theirs.items():
        pd.testing.assert_frame_equal(counts, ours[name])


@pytest.mark.parametrize("each", [courses, endings, minutes])
def test_squeeze(in_postgres, each, monkeypatch):
    monkeypatch.setattr("analysis.problems.minutes.BATCH", 1)
    rows = [
        closed("2022-01-04", "2022-01-05", "2022-01-20 09:30", supp_rounds=1, extended_days=2.0),
        closed("2021-12-30", "2021-12-31", "2022-01-04", supp_rounds=0, case_type="1"),
        closed("2022-03-04", "2022-03-05", "2023-01-04", supp_rounds=None),
    ]
    tables = frames(rows, ITEMS)
    event = {"event_id": "e", "case_id": rows[0]["case_id"], "activity": "return"}
    tables["events"] = pd.DataFrame([event | {"start_at": pd.Timestamp("2022-01-06")}])
    here = untold(Year.from_frames(SHORT, 2022, tables))
    there = untold(in_postgres(SHORT, 2022, tables))
    pd.testing.assert_frame_equal(each(there), each(here))
