"""What is planted in the demo place is found again, within the intervals, at full size."""

import json
import shutil
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from analysis.problems.departments.compared import compared
from analysis.problems.departments.strata import BROKEN
from analysis.problems.duplicates.answers import excesses
from analysis.problems.findings import answered, findings
from analysis.problems.grounds import Grounds
from analysis.statistics.facts import department_names
from analysis.statistics.kept import kept_facts
from analysis.tables.year import Year

YEARS = (2021, 2022, 2023)
pytestmark = pytest.mark.full


@lru_cache(maxsize=3)
def grounds(data: Path, year: int) -> Grounds:
    return Grounds(kept_facts(Year.open("demo", year, data=data)))


def planted(data: Path, year: int, problem: str) -> dict:
    path = data / "years" / "demo" / str(year) / "truth.json"
    return json.loads(path.read_text(encoding="utf-8"))["problems"][problem]


@pytest.mark.parametrize("year", YEARS)
def test_pairs_in_two_systems(demo_data: Path, year: int) -> None:
    truth = planted(demo_data, year, "duplicates")
    found = {each.window: each for each in grounds(demo_data, year).once(excesses)}
    for window, name in ((1, "pairs_within_1_day"), (7, "pairs_within_7_days")):
        assert found[window].low < truth[name] < found[window].high
        assert found[window].p_value < 1e-6
    assert found[30].low < truth["pairs_within_7_days"] < found[30].high


@pytest.mark.parametrize("year", YEARS)
def test_load_and_duration(demo_data: Path, year: int) -> None:
    slope = planted(demo_data, year, "squeeze")["slope"]
    (found,) = answered(grounds(demo_data, year), ["load_duration"])
    interval = found.answer.interval
    assert interval is not None
    assert interval.low < 10 * slope < interval.high
    assert (found.verdict.value == "明显") == bool(slope)


@pytest.mark.parametrize("year", [2022, 2023])
def test_delegated_items(demo_data: Path, year: int) -> None:
    truth = planted(demo_data, year, "delegation")
    found = answered(grounds(demo_data, year), ["delegated_duration", "delegated_volume"])
    for each, name in zip(found, ("duration_factor", "volume_factor"), strict=True):
        interval = each.answer.interval
        assert interval is not None
        assert interval.low < 100 * (truth[name] - 1) < interval.high


@pytest.mark.parametrize("year", YEARS)
def test_the_department_that_breaks_its_promises(demo_data: Path, year: int) -> None:
    truth = planted(demo_data, year, "departments")
    of = grounds(demo_data, year)
    table = compared(of, BROKEN).table
    names = department_names(of.year.items)
    above = [str(names[code]) for code in table.index[table["verdict"] == 1]]
    assert above == ([truth["department"]] if truth["promises_broken"] else [])
    mine = table[[names[code] == truth["department"] for code in table.index]].iloc[0]
    low, high = (mine[end] * mine["expected"] - mine["expected"] for end in ("low", "high"))
    assert low < truth["promises_broken"] < high


def test_nothing_reads_the_truth(demo_data: Path, tmp_path: Path) -> None:
    """Findings are the same, byte for byte, with what was planted deleted."""
    shutil.copy(demo_data / "places.toml", tmp_path)
    years = tmp_path / "years" / "demo"
    for year in (2022,):
        folder = demo_data / "years" / "demo" / str(year)
        shutil.copytree(folder, years / str(year), ignore=shutil.ignore_patterns("truth.json"))
    alone = findings(Year.open("demo", 2022, data=tmp_path))
    shutil.copy(demo_data / "years" / "demo" / "2022" / "truth.json", years / "2022")
    shutil.rmtree(tmp_path / ".cache")  # or what was kept would be read, and nothing asked
    pd.testing.assert_frame_equal(findings(Year.open("demo", 2022, data=tmp_path)), alone)
