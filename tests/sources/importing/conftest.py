"""A data folder, a home and a command for each test of the import."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis import cli
from tests.sources.importing.exports import data_folder


class Said(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder in which a key may be made."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.delenv("XUKE_KEY", raising=False)
    monkeypatch.delenv("XUKE_DEBUG", raising=False)
    return folder


@pytest.fixture
def data(tmp_path: Path, home: Path) -> Path:
    """Return a data folder with the presets and a place ``t``."""
    return data_folder(tmp_path / "data")


@pytest.fixture
def run(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Return what imports files into 2022 of ``t`` and returns what was said."""

    def run(*words: object, preset: str = "canonical", year: int = 2022) -> Said:
        given = ["import", str(year), "--place", "t", "--data", str(data), *map(str, words)]
        given += ["--preset", preset] if preset else []
        monkeypatch.setattr(sys, "argv", ["xuke", *given])
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfd.readouterr()
        return Said(int(left.value.code or 0), out, err)

    return run
