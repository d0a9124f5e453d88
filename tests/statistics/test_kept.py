"""What is kept of a year's facts is what would be computed, and only as long as nothing changed."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

from analysis.statistics import kept
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.kept import cache_folder, kept_facts
from analysis.tables import TABLES
from analysis.tables.conform import conform
from analysis.tables.year import Year
from tests.report.small_place import place_frames
from tests.tables.build import write_places


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_places(tmp_path, '[t]\nname = "测试区"\ncalendar = "china"\n')
    write_year(tmp_path, 2)
    return tmp_path


def write_year(data: Path, seed: int) -> None:
    folder = data / "years/t/2022"
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in place_frames(seed, 60)[2022].items():
        pq.write_table(conform(frame, TABLES[name]), folder / f"{name}.parquet")
    meta = {"place": "t", "year": 2022, "kind": "real"}
    (folder / "year.json").write_text(json.dumps(meta), encoding="utf-8")


def same(left: Facts, right: Facts) -> None:
    assert_frame_equal(left.tally, right.tally)
    assert list(left.oversight) == list(right.oversight)
    for name, frame in left.oversight.items():
        assert_frame_equal(frame, right.oversight[name])


def opened(data: Path) -> Year:
    return Year.open("t", 2022, data=data)


def files(data: Path) -> list[Path]:
    return sorted(cache_folder(opened(data)).rglob("*.parquet"))


def test_what_is_kept_is_what_is_computed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Facts.of(opened(data))
    same(kept_facts(opened(data)), fresh)
    assert files(data)
    monkeypatch.setattr(kept.Facts, "of", lambda year: pytest.fail("computed again"))
    same(kept_facts(opened(data)), fresh)


def test_figures_count_the_rows_of_a_year_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = figures(opened(data))
    of_departments = figures(Facts.of(opened(data)), by="department")
    monkeypatch.setattr(kept.Facts, "of", lambda year: pytest.fail("counted again"))
    assert_frame_equal(figures(opened(data)), first)
    assert_frame_equal(figures(opened(data), by="department"), of_departments)


def test_a_year_without_cases_is_kept_too(data: Path) -> None:
    cases = data / "years/t/2022/cases.parquet"
    pq.write_table(pq.read_table(cases).slice(0, 0), cases)
    kept_facts(opened(data))
    same(kept_facts(opened(data)), Facts.of(opened(data)))
    assert kept_facts(opened(data)).n("applications") == 0


def test_other_rows_are_counted_anew_and_what_was_kept_goes(data: Path) -> None:
    kept_facts(opened(data))
    before = files(data)
    write_year(data, 3)
    same(kept_facts(opened(data)), Facts.of(opened(data)))
    assert not set(before) & set(files(data))


def test_another_cutoff_is_another_year(data: Path) -> None:
    kept_facts(opened(data))
    meta = data / "years/t/2022/year.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "cutoff": "2022-06-30"}))
    same(kept_facts(opened(data)), Facts.of(opened(data)))


def test_what_the_disk_has_changed_is_not_believed(data: Path) -> None:
    kept_facts(opened(data))
    for file in files(data):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))
    same(kept_facts(opened(data)), Facts.of(opened(data)))


def test_a_year_in_memory_keeps_nothing(data: Path) -> None:
    year = opened(data)
    frames = place_frames(2, 60)[2022]
    in_memory = Year.from_frames(year.place, 2022, frames)
    same(kept_facts(in_memory), Facts.of(year))
    assert not (data / ".cache").exists()


def test_an_untouched_table_is_read_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of just now may change again within the clock's tick; older ones are remembered."""
    file = data / "years/t/2022/cases.parquet"
    first = kept._digest_once(file)
    past = file.stat().st_ctime_ns + kept.RECENT + 1
    monkeypatch.setattr(kept.time, "time_ns", lambda: past)
    assert kept._digest_once(file) == first
    reads: list[Path] = []
    monkeypatch.setattr(kept, "digest", lambda path: reads.append(path) or "new")
    assert kept._digest_once(file) == first
    assert not reads
    file.write_bytes(file.read_bytes() + b"x")
    assert kept._digest_once(file) == "new"
