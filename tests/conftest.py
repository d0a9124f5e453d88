"""What several tests share: a browser, and the demo place at full size, each made once."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.sources.demo import generate
from tests.browsing import browser

__all__ = ["browser"]  # a fixture, for every test

DATA = Path(__file__).parents[1] / "data"

# No test is timed: on a busy machine an example may take a second.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: a gzip's bytes hold the time, and two workers must agree."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a data folder with the demo place's three years; not to be changed."""

    def make(folder: Path) -> None:
        copy_committed(folder)
        generate(folder)

    return _made_once("demo 数据", make, tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def few_demo_cases(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the demo place's 2022, of which some 2,000 cases are left."""
    import duckdb

    folder = tmp_path_factory.mktemp("few")
    year, few = (data / "years" / "demo" / "2022" for data in (demo_data, folder))
    few.mkdir(parents=True)
    copy_committed(folder)
    shutil.copy(year / "year.json", few)
    for file in sorted(year.glob("*.parquet")):
        rows = duckdb.read_parquet(str(file))
        if "case_id" in rows.columns:  # the same cases in every table, whatever their order
            rows = rows.filter("md5(case_id)[:3] in ('00a', '7f3', 'c41', 'e09')")
        rows.write_parquet(str(few / file.name))
    return folder


@pytest.fixture(scope="session")
def demo_reports(demo_data: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the reports of the demo place's 2021 and 2022, as ``xuke run`` makes them."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "analysis", "run", "2021", "2022"]
        where = ["--data", str(demo_data), "--out", str(folder)]
        done = subprocess.run(
            [*command, *where], cwd=DATA.parent, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr

    return _made_once("年度 报告", make, tmp_path_factory, worker_id)


def _made_once(
    name: str,
    make: Callable[[Path], None],
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Path:
    """Return a folder that one worker makes and all use."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder, done, failed = (shared / f"{name}{end}" for end in ("", ".done", ".failed"))
    try:
        folder.mkdir()  # only one worker can
    except FileExistsError:
        while not done.exists():
            assert not failed.exists(), f"another worker could not make {name}"
            time.sleep(0.2)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder


@pytest.fixture
def year_2022(demo_data: Path, tmp_path: Path) -> Path:
    """Return a data folder with a copy of the demo's 2022 alone, to be changed at will.

    Its largest tables, which no figure of the print needs, are left out.
    """
    folder = tmp_path / "data"
    copy_committed(folder)
    year = folder / "years" / "demo" / "2022"
    large = shutil.ignore_patterns("events*", "evaluations*", "inspections*")
    shutil.copytree(demo_data / "years" / "demo" / "2022", year, ignore=large)
    return folder


def copy_committed(folder: Path) -> None:
    """Copy what the repository holds of ``data/``."""
    folder.mkdir(exist_ok=True)
    for name in ("places.toml", "four_reductions.toml"):
        shutil.copy(DATA / name, folder)
    for part in ("published", "integrity"):
        shutil.copytree(DATA / part, folder / part)
