"""A year without cases is answered too: with no number, or with none of what is asked about."""

import pandas as pd

from analysis.problems.findings import answered, grounds_of
from analysis.tables.year import Year
from tests.problems.whole import YEAR, whole_frames
from tests.tables.build import PLACE


def test_a_year_without_rows_is_answered() -> None:
    frames: dict[str, pd.DataFrame] = whole_frames()
    empty = {name: frame if name == "items" else frame.iloc[:0] for name, frame in frames.items()}
    for each in answered(grounds_of(Year.from_frames(PLACE, YEAR, empty))):
        assert each.answer.reason or not each.answer.number, each.question.id
