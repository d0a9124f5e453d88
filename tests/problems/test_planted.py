"""What is planted in the demo place is found again, within the intervals, at full size."""

import ast
import json
import shutil
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from analysis.problems.departments.compared import compared
from analysis.problems.departments.strata import BROKEN, SUPPLEMENTED, Aspect
from analysis.problems.duplicates.beyond import excesses
from analysis.problems.finding import Finding, Verdict
from analysis.problems.findings import answered, findings
from analysis.problems.grounds import Grounds
from analysis.sources import demo
from analysis.statistics.facts import department_names
from analysis.statistics.kept import kept_facts
from analysis.tables.year import Year
from tests.sources.demo_files import during, read, working_days

YEARS = (2021, 2022, 2023)
STOPS = ("stopped_days_art45", "stopped_days_other")
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


@pytest.mark.parametrize("year", YEARS)
def test_delegated_items(demo_data: Path, year: int) -> None:
    """They take longer by what is planted, and change in nothing else."""
    truth = planted(demo_data, year, "delegation")
    found = ask(demo_data, year, "delegated_duration", "delegated_volume")
    for each, name in zip(found, ("duration_factor", "volume_factor"), strict=True):
        interval = each.answer.interval
        assert interval is not None
        assert interval.low < 100 * (truth[name] - 1) < interval.high
    others = ask(demo_data, year, "delegated_supplements", "delegated_lateness")
    # A quarter is planted and a fifth is 明显: where the interval begins, is chance.
    assert found[0].verdict in (Verdict.EVIDENT, Verdict.SIGNS)
    assert [each.verdict for each in (found[1], *others)] == [Verdict.NONE] * 3
    for each in others:
        assert each.answer.interval is not None
        assert each.answer.interval.low < 0 < each.answer.interval.high


@pytest.mark.parametrize("year", YEARS)
def test_the_department_that_breaks_its_promises(demo_data: Path, year: int) -> None:
    truth = planted(demo_data, year, "departments")
    of_a_department(demo_data, year, BROKEN, truth["department"], truth["promises_broken"])


@pytest.mark.parametrize("year", YEARS)
def test_the_department_that_asks_for_more(demo_data: Path, year: int) -> None:
    truth = planted(demo_data, year, "supplements")
    ((department, more),) = truth["department_supplemented_more"].items()
    of_a_department(demo_data, year, SUPPLEMENTED, department, more)


def of_a_department(data: Path, year: int, aspect: Aspect, department: str, more: int) -> None:
    """Assert that one department is found above the others, by so many cases, if by any."""
    of = grounds(data, year)
    table = compared(of, aspect).table
    names = department_names(of.year.items)
    above = [str(names[code]) for code in table.index[table["verdict"] == 1]]
    assert above == ([department] if more else [])
    mine = table[[names[code] == department for code in table.index]].iloc[0]
    low, high = (mine[end] * mine["expected"] - mine["expected"] for end in ("low", "high"))
    assert low < more < high


@pytest.mark.parametrize(("year", "verdict"), [(2021, "未见"), (2022, "明显"), (2023, "有迹象")])
def test_applicants_told_again(demo_data: Path, year: int, verdict: str) -> None:
    """A census: every one of them is counted."""
    (found,) = ask(demo_data, year, "supplemented_again")
    truth = planted(demo_data, year, "supplements")
    assert found.answer.counts[0][1] == truth["told_again"]
    assert found.verdict.value == verdict


@pytest.mark.parametrize("year", YEARS)
def test_the_item_that_is_supplemented_more(demo_data: Path, year: int) -> None:
    """It comes first, by what is planted beyond the share that it has in a year without."""
    ((name, more),) = planted(demo_data, year, "supplements")["item_supplemented_more"].items()
    (found,) = ask(demo_data, year, "supplement_items")
    assert (found.verdict is not Verdict.NONE) == bool(more)
    first = found.answer.evidence.iloc[0]
    assert (first["事项"] == name) == bool(more)
    if more:
        usual = item_shown(demo_data, 2021, name)
        expected = first.iloc[1] * usual.iloc[2] / usual.iloc[1]
        low, high = poisson.interval(0.999, expected)
        assert low < first.iloc[2] - more < high


def item_shown(data: Path, year: int, name: str) -> pd.Series:
    (found,) = ask(data, year, "supplement_items")
    table = found.answer.evidence
    return table[table["事项"] == name].iloc[0]


@pytest.mark.parametrize("year", YEARS)
def test_bundles(demo_data: Path, year: int) -> None:
    """Those pairs and no others; as many applicants as planted and as chance brings together."""
    truth = planted(demo_data, year, "bundles")
    (found,) = ask(demo_data, year, "bundle_candidates")
    table = found.answer.evidence
    assert found.answer.number == len(truth["pairs"])
    pairs = {frozenset(pair) for pair in table[["事项", "另一事项"]].to_numpy()}
    assert pairs == {frozenset(pair) for pair in truth["pairs"]}
    for near, expected in zip(table["7日内(对)"], table["按偶然应有"], strict=True):
        low, high = poisson.interval(0.999, expected)
        assert low <= near - truth["applicants"] <= high


@pytest.mark.parametrize("year", [2021, 2022])
def test_the_median_of_all_cases_once_they_are_closed(demo_data: Path, year: int) -> None:
    """What the next year's file tells of the cases that were open lies in this year's interval."""
    columns = ("case_id", "case_type", "accepted_at", "closed_at", *STOPS)
    cases = read(demo_data, year, "cases", *columns).set_index("case_id")
    cases = cases[during(cases["accepted_at"], year) & (cases["case_type"] == "2")]
    later = read(demo_data, year + 1, "cases", *columns).set_index("case_id")
    later = later.reindex(cases.index)
    still_open = ~during(cases["closed_at"], year)
    final = cases.mask(still_open, later)
    assert final["closed_at"].notna().all()
    taken = working_days(final["accepted_at"], final["closed_at"]) - final[list(STOPS)].sum(axis=1)
    median, usual = (int(np.sort(of)[(len(of) - 1) // 2]) for of in (taken, taken[~still_open]))
    (found,) = ask(demo_data, year, "median_with_open")
    assert found.answer.counts[1][1] == still_open.sum() > 1_000
    assert found.answer.interval is not None
    assert found.answer.interval.low <= median - usual <= found.answer.interval.high
    assert f"只算已办结的 {usual} 个工作日" in found.answer.comparison[0]


def ask(data: Path, year: int, *questions: str) -> list[Finding]:
    return answered(grounds(data, year), questions)


def test_planting_shares_no_code_with_what_finds_it() -> None:
    for path in Path(demo.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith("analysis.problems")], path


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
