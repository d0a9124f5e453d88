"""Kept facts (汇总缓存): the tally of a year, computed once for all pages that are made from it.

What is kept is known by the bytes of the year's tables and of this program, its calendar and its
dates; if any of them changes, it is computed again. It holds small cells: internal, like the tables.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis.locking import taken
from analysis.statistics.facts import Facts
from analysis.statistics.passes.oversight import TALLIES
from analysis.statistics.passes.tally import numbered
from analysis.tables.calendar import Calendar
from analysis.tables.year import Year

PACKAGE = Path(__file__).parents[1]
COUNTED = ("items", "cases", *dict.fromkeys(table for table, _ in TALLIES.values()))
ENGINES = ("duckdb", "ibis-framework", "pandas", "pyarrow")
FOLDER, TALLY = ".cache", "tally"
RECENT = 2 * 10**9  # ns; a file may change again within the clock's tick and look the same
WAIT = 0.1  # seconds between two looks at whether another process has computed it


def cache_folder(year: Year) -> Path:
    """Return where what is computed of a year's place is kept: beside the years, never with them."""
    return year.data / FOLDER / year.place.slug


def kept_facts(year: Year) -> Facts:
    """Return the facts of a year, from what was kept of them if nothing has changed since.

    Two processes that want the same facts compute them once. A folder that cannot be written keeps
    nothing, and what an engine holds is always computed: nobody can see whether it has changed.
    """
    if not year.in_files:
        return Facts.of(year)
    folder = cache_folder(year) / str(year.year)
    key = facts_key(year)
    with alone(folder) as writable:
        found = _read(folder / key, year)
        if found is None:
            found = Facts.of(year)
            if writable:
                keep(folder, key, partial(_write, found))
    return found


def facts_before(year: Year) -> Facts | None:
    """Return the facts of the same period of the year before (上年同期); None where it has no data."""
    before = year.same_period_before()
    return kept_facts(before) if before else None


def facts_key(year: Year, tables: Sequence[str] = COUNTED) -> str:
    """Return a hash of all that is computed from some tables of a year in files."""
    assert year.folder is not None
    folder, calendar = year.folder, year.place.calendar
    said = {
        "program": _program(),
        "tables": {name: _files(folder, name) for name in tables},
        "calendar": calendar and [calendar.name, calendar.first.isoformat(), _days(calendar)],
        "cutoff": year.cutoff.isoformat(),
        "exported_on": year.exported_on and year.exported_on.isoformat(),
        "absent": dict(year.absent),
    }
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def _days(calendar: Calendar) -> str:
    return sha256(calendar.is_workday.tobytes()).hexdigest()


def _files(folder: Path, table: str) -> list[tuple[str, str]]:
    single = folder / f"{table}.parquet"
    files = [single] if single.is_file() else sorted((folder / table).rglob("*.parquet"))
    return [(file.relative_to(folder).as_posix(), _digest_once(file)) for file in files]


def _digest_once(file: Path) -> str:
    """Return the digest of a large file; this process reads one that looks untouched once."""
    seen = file.stat()
    changed = max(seen.st_mtime_ns, seen.st_ctime_ns)
    if time.time_ns() - changed < RECENT:
        return digest(file)
    return _remembered(file, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


@cache
def _remembered(file: Path, *seen: int) -> str:
    return digest(file)


@cache
def _program() -> str:
    files = sorted(PACKAGE.rglob("*.py"))
    listed = [f"{file.relative_to(PACKAGE).as_posix()} {digest(file)}" for file in files]
    return sha256("\n".join([*listed, *map(version, ENGINES)]).encode()).hexdigest()


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Wait until no other process is at what a folder keeps; say whether it can keep anything."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a+b")
    except OSError:
        yield False
        return
    with lock:
        while not taken(lock):
            time.sleep(WAIT)
        yield True


def _read(folder: Path, year: Year) -> Facts | None:
    """Return what was kept; None where there is nothing, or nothing that can be read."""
    try:
        listed = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
        files = {name: folder / f"{name}.parquet" for name in listed}
        if any(digest(files[name]) != listed[name] for name in listed):
            return None  # the disk has changed it
        frames = {name: pd.read_parquet(file) for name, file in files.items()}
    except (OSError, ValueError):
        return None
    return Facts(year, numbered(frames.pop(TALLY)), year.items, frames)


def keep(folder: Path, key: str, write: Callable[[Path], None]) -> None:
    """Keep what a function writes into a draft folder, whole or not at all, in place of the one before."""
    draft = folder / f".{key}"
    with suppress(OSError):  # a full disk keeps nothing
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        write(draft)
        for old in folder.iterdir():
            if old.is_dir() and old != draft:
                shutil.rmtree(old, ignore_errors=True)
        draft.replace(folder / key)


def _write(facts: Facts, draft: Path) -> None:
    digests = {}
    for name, frame in {TALLY: facts.tally, **facts.oversight}.items():
        file = draft / f"{name}.parquet"
        frame.to_parquet(file, compression="zstd")
        digests[name] = digest(file)
    (draft / "tables.json").write_text(json.dumps(digests), encoding="utf-8")
