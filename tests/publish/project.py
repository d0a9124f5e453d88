"""A small project to run: a place with two years of a few cases, and notebooks made on the spot."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import pyarrow.parquet as pq
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.publish.notebook import Scope, of_pages
from analysis.tables import TABLES
from analysis.tables.conform import conform
from tests.conftest import copy_committed
from tests.tables.build import closed, frames, item, refused_acceptance

YEARS = (2021, 2022)
PARAMETERS = 'place = "t"\nyear = 2021'
HEADING = 'from analysis.report.html import Html\nHtml("<h1>{} {}</h1>").format(place, year)'


class Project:
    """A project folder, and the command run in it."""

    def __init__(self, folder: Path):
        """Make the folder, its data and one notebook, ``page``."""
        self.folder, self.data, self.reports = folder, folder / "data", folder / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        copy_committed(self.data)
        (self.data / "places.toml").write_text('[t]\nname = "测试区"\n', encoding="utf-8")
        for year in YEARS:
            self.write_year(year)
        self.write_notebook("page", HEADING)

    def write_year(self, year: int, cases: int = 3) -> Path:
        """Write a year of a few cases, all of them closed in it."""
        folder = self.data / "years" / "t" / str(year)
        folder.mkdir(parents=True, exist_ok=True)
        rows = [
            closed(f"{year}-03-0{day + 1}", f"{year}-03-07", f"{year}-03-08")
            for day in range(cases)
        ]
        tables = frames([*rows, refused_acceptance(f"{year}-05-06", f"{year}-05-09")], [item()])
        for name, frame in tables.items():
            pq.write_table(conform(frame, TABLES[name]), folder / f"{name}.parquet")
        meta = {"place": "t", "year": year, "kind": "real", "cutoff": f"{year}-12-31"}
        (folder / "year.json").write_text(json.dumps(meta), encoding="utf-8")
        return folder

    def write_notebook(
        self,
        name: str,
        *code: str,
        parameters: str = PARAMETERS,
        tag: str = "parameters",
        **xuke: Any,
    ) -> Path:
        """Write a notebook of these code cells; ``xuke`` is what its metadata declare."""
        first = new_code_cell(parameters, id="parameters", metadata={"tags": [tag] if tag else []})
        cells = [new_code_cell(source, id=f"cell-{at}") for at, source in enumerate(code)]
        words = new_markdown_cell("## 正文", id="words")
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"xuke": xuke, "kernelspec": kernel}
        notebook = new_notebook(cells=[first, *cells, words], metadata=metadata)
        path = self.folder / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)
        return path

    def command(self, *words: str | Path) -> list[str]:
        """Return the command ``xuke run`` with these words."""
        return [sys.executable, "-m", "analysis", "run", *map(str, words)]

    def run(self, *words: str | Path, **named: Any) -> subprocess.CompletedProcess[str]:
        """Run ``xuke run`` in the project and never see a traceback."""
        return self.xuke("run", *words, **named)

    def xuke(self, *words: str | Path, **named: Any) -> subprocess.CompletedProcess[str]:
        """Run any command in the project and never see a traceback."""
        done = subprocess.run(
            [sys.executable, "-m", "analysis", *map(str, words)],
            cwd=named.pop("cwd", self.folder),
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            **named,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def start(self, *words: str | Path, **named: Any) -> subprocess.Popen[str]:
        """Start ``xuke run`` in the background."""
        return subprocess.Popen(
            self.command(*words),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            **named,
        )

    def outcomes(self, *words: str | Path) -> dict[str, str]:
        """Run and return what came of each file."""
        return {file["file"]: file["status"] for file in self.told(*words)}

    def told(self, *words: str | Path) -> list[dict[str, Any]]:
        """Run and return what is told of each file."""
        done = self.run("--json", *words)
        files: list[dict[str, Any]] = json.loads(done.stdout)["files"]
        return files

    def page(self, name: str = "t/2022/page.html") -> str:
        """Return a page."""
        return (self.reports / name).read_text(encoding="utf-8")

    def published(self) -> dict[str, bytes]:
        """Return the bytes of everything that readers can see, manifests apart."""
        return {
            path.relative_to(self.reports).as_posix(): path.read_bytes()
            for path in self.reports.rglob("*")
            if path.is_file() and path.name != "manifest.json" and not hidden(path, self.reports)
        }


def hidden(path: Path, below: Path) -> bool:
    """Tell whether a path lies in a folder that readers do not look into."""
    return any(part.startswith(".") for part in path.relative_to(below).parts)


def processes(mark: str) -> dict[int, str]:
    """Return the processes that have ``mark`` in their environment, with their commands and names.

    What is forked has the command of what it was forked from, and a name of its own.
    """
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"XUKE_TEST_MARK={mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if command:  # a zombie has none
                    found[int(folder.name)] = command + (folder / "comm").read_text().strip()
        except OSError:
            continue
    return found


def marked(mark: str) -> dict[str, str]:
    """Return an environment by which ``processes`` finds what was started with it."""
    return os.environ | {"XUKE_TEST_MARK": mark}


def kill(pid: int) -> None:
    """Kill a process as ``kill -9`` does, if it is still there."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def files_of(notebooks: Path, place: str, years: Iterable[int]) -> set[str]:
    """Return what a run of these notebooks makes for readers, by what the notebooks declare."""
    made = {"index.html"}
    for notebook in of_pages(notebooks):
        folders = [f"{place}/{year}/" for year in years]
        if notebook.scope is Scope.ALL:
            folders = [f"{place}/"] if "place" in notebook.defaults else [""]
        made |= {f"{folder}{notebook.path.stem}.html" for folder in folders}
    return made
