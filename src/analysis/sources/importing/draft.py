"""The draft (草稿) of a year: built beside it, then swapped in whole; a killed one is swept later."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.tables.swap import READY, settle_all, swap, sync

DRAFT = ".import-"
META = "year.json"


class Draft:
    """A hidden folder beside the year: ``year/`` will be the year, ``work/`` is thrown away.

    Attributes:
        folder: where the year will lie.
        year: the folder of the new tables.
        work: room for staged rows and for what the engine cannot hold in memory.
    """

    def __init__(self, folder: Path):
        """Make room for a draft of the year in ``folder``; the place must be locked.

        Raises:
            OSError: the disk is full or may not be written.
        """
        self.folder = folder
        self._root = folder.with_name(DRAFT + folder.name)
        self.year, self.work = self._root / "year", self._root / "work"
        sweep(folder.parent)
        self.year.mkdir(parents=True)
        self.work.mkdir()

    @property
    def number(self) -> int:
        """The year."""
        return int(self.folder.name)

    def path(self, table: str) -> Path:
        """Return the file of a table of the new year."""
        return self.year / f"{table}.parquet"

    def files(self, table: str) -> list[Path]:
        """Return the files of a table of the year that is there."""
        single = self.folder / f"{table}.parquet"
        return [single] if single.is_file() else sorted((self.folder / table).rglob("*.parquet"))

    def keep(self, table: str) -> None:
        """Take a table over from the year that is there."""
        for file in self.files(table):
            target = self.year / file.relative_to(self.folder)
            target.parent.mkdir(exist_ok=True)
            _link(file, target)

    def finish(self, meta: Mapping[str, Any]) -> None:
        """Write ``year.json`` and let the draft take the place of the year.

        Raises:
            OSError: the disk is full or may not be written; the old year is still there.
        """
        text = json.dumps(meta, ensure_ascii=False, indent=2) + "\n"
        (self.year / META).write_text(text, encoding="utf-8")
        for path in sorted(self.year.rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    os.fsync(file.fileno())
        sync(self.year)
        swap(self.year, self.folder)

    def discard(self) -> None:
        """Throw away what has not been swapped in."""
        shutil.rmtree(self._root, ignore_errors=True)


def sweep(place: Path) -> None:
    """Remove what killed imports have left; the place must be locked."""
    settle_all(place)  # what only lacked its name is a year, not a leftover
    for left in [*place.glob(f"{DRAFT}*"), *place.glob(f"{READY}*")]:
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    """Let a file appear in a second folder; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
