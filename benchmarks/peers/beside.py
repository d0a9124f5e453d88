"""The findings' passes over individual rows, each beside plain pandas and hand-written SQL that make the same tables."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from pandas.testing import assert_frame_equal

from analysis.problems.courses import courses as counted_courses
from analysis.problems.duplicates.counted import counted
from analysis.problems.endings import endings as counted_endings
from analysis.problems.grounds import Grounds
from analysis.problems.minutes import minutes
from analysis.problems.ratings.batches import batches
from analysis.problems.ratings.tags import tags
from analysis.problems.squeeze.handlers import handled
from analysis.statistics.facts import Facts
from analysis.tables.year import Year

from . import findings_by_sql as by_sql
from .findings_by_pandas import applications, courses, endings, people

PANDAS, SQL = "pandas", "DuckDB SQL"
Tables = Mapping[str, pd.DataFrame]
Ours = Callable[[Grounds], Tables]
Theirs = Callable[[Path, int], Tables]
PLACES = ["earlier", "later", "applicant"]  # numbers for cases and applicants, which pandas keeps


def fresh(year: Year) -> Grounds:
    """Return grounds that have computed nothing; the tally is no part of these passes."""
    return Grounds(Facts(year, pd.DataFrame(), year.items))


def require_equal(ours: Tables, theirs: Tables) -> str:
    """Require that both sides come to the same tables, and return how many rows these have."""
    assert list(ours) == list(theirs)
    for name, mine in ours.items():
        other = theirs[name]
        assert set(mine.columns) == set(other.columns), (name, set(mine) ^ set(other))
        assert_frame_equal(_in_order(mine), _in_order(other[list(mine.columns)]), check_dtype=False)
    return ", ".join(f"{name} {len(rows):,}" for name, rows in ours.items())


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order of all their columns, words and days in one type each."""
    words = rows.select_dtypes(["object", "str"]).columns
    days = rows.select_dtypes("datetime").columns
    typed = rows.astype(dict.fromkeys(words, "str") | dict.fromkeys(days, "datetime64[us]"))
    return typed.sort_values(list(typed.columns), ignore_index=True)


def _applications(grounds: Grounds) -> Tables:
    found = counted(grounds)
    return {
        "daily": found.daily,
        "pairs": found.pairs.drop(columns=PLACES),
        "resubmitted": found.resubmitted,
        "together": found.together,
    }


def _courses(grounds: Grounds) -> Tables:
    return {"courses": counted_courses(grounds)}


def _endings(grounds: Grounds) -> Tables:
    return {"endings": counted_endings(grounds), "minutes": minutes(grounds)}


def _handled(grounds: Grounds) -> Tables:
    return {"handled": handled(grounds)}


def _rated(grounds: Grounds) -> Tables:
    found = batches(grounds).set_axis(["own", "batched", "batches", "largest"], axis=1)
    return {"batches": found.reset_index(), "tags": tags(grounds).rename("n").reset_index()}


TASKS: dict[str, tuple[Ours, Mapping[str, Theirs]]] = {
    "applications (pairs in two systems, re-submissions, bundles)": (
        _applications,
        {PANDAS: applications.applications, SQL: by_sql.applications},
    ),
    "courses of commitment cases": (
        _courses,
        {PANDAS: courses.courses, SQL: by_sql.courses},
    ),
    "endings (steps, waits, time stamps, due dates, minutes)": (
        _endings,
        {PANDAS: endings.endings, SQL: by_sql.endings},
    ),
    "cases by handler": (_handled, {PANDAS: people.handled, SQL: by_sql.handled}),
    "ratings (batches, tags)": (_rated, {PANDAS: people.rated, SQL: by_sql.rated}),
}
