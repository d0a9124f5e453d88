"""The same small year on PostgreSQL and on DuckDB: equal findings, equal evidence."""

import dataclasses

import pandas as pd

from analysis.problems.findings import answered, findings, grounds_of
from analysis.tables.year import Year
from tests.engines.test_postgres import SHORT
from tests.problems.whole import YEAR, whole_frames


def test_findings(in_postgres):
    frames = whole_frames()
    here = Year.from_frames(SHORT, YEAR, frames)
    there = in_postgres(SHORT, YEAR, frames)
    ours, theirs = (answered(grounds_of(year)) for year in (here, there))
    for our, their in zip(ours, theirs, strict=True):
        assert dataclasses.replace(their.answer, evidence=None) == dataclasses.replace(
            our.answer, evidence=None
        ), our.question.id
        assert their.verdict is our.verdict
        pd.testing.assert_frame_equal(their.answer.evidence, our.answer.evidence, check_dtype=False)
    for department in (None, "D2"):
        pd.testing.assert_frame_equal(
            findings(there, department=department), findings(here, department=department)
        )
