"""What several tests share: a browser, and the demo place at full size, each made once."""

import shutil
import time
from pathlib import Path

import pytest

from analysis.sources.demo import generate
from tests.browsing import browser

__all__ = ["browser"]  # a fixture, for every test

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a data folder with the demo place's three years; not to be changed."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder, done = shared / "demo 数据", shared / "demo.done"
    try:
        folder.mkdir()  # only one worker can: that one makes the data
    except FileExistsError:
        while not done.exists():
            time.sleep(0.2)
        return folder
    copy_committed(folder)
    generate(folder)
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
    large = shutil.ignore_patterns("events*", "evaluations*")
    shutil.copytree(demo_data / "years" / "demo" / "2022", year, ignore=large)
    return folder


def copy_committed(folder: Path) -> None:
    """Copy what the repository holds of ``data/``."""
    folder.mkdir(exist_ok=True)
    for name in ("places.toml", "four_reductions.toml"):
        shutil.copy(DATA / name, folder)
    for part in ("published", "integrity"):
        shutil.copytree(DATA / part, folder / part)
