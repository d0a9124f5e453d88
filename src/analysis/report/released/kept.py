"""Kept releases (公开数缓存): protected once for all pages of a place, as long as nothing changes."""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.report.released.release import Release, release
from analysis.statistics.kept import alone, cache_folder, digest, facts_key, kept_facts
from analysis.tables.year import Year
from analysis.tables.years import years_of

FOLDER = "release"
# What is not of a year, but tells what has been printed.
BESIDE = ("places.toml", "differences.toml", "published/figures.csv", "published/sources.csv")


def released(year: Year) -> Release:
    """Return the release that a year is in: always of all years of its place.

    Raises:
        XukeError: numbers that contradict each other, or that nothing can hide; see ``protect``.
    """
    slug, data = year.place.slug, year.data
    opened = [Year.open(slug, each, data=data) for each in years_of(slug, data)]
    if not all(each.in_files for each in opened):
        return release([kept_facts(each) for each in opened])
    files = [data / name for name in BESIDE if (data / name).is_file()]
    parts = [*map(facts_key, opened), *map(digest, files)]
    folder = cache_folder(year) / FOLDER
    file = folder / f"{sha256(' '.join(parts).encode()).hexdigest()[:32]}.json"
    with alone(folder) as writable:
        found = _read(file)
        if found is None:
            found = release([kept_facts(each) for each in opened])
            if writable:
                _keep(file, found)
    return found


def _read(file: Path) -> Release | None:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Release(
        tables={(year, name): _frame(each) for year, name, each in kept["tables"]},
        figures={year: _frame(each) for year, each in kept["figures"]},
        compared={year: _frame(each) for year, each in kept["compared"]},
        log=_frame(kept["log"]),
    )


def _keep(file: Path, made: Release) -> None:
    """Keep a release, whole or not at all, in place of the one before."""
    kept = {
        "tables": [(*key, _plain(frame)) for key, frame in made.tables.items()],
        "figures": [(year, _plain(frame)) for year, frame in made.figures.items()],
        "compared": [(year, _plain(frame)) for year, frame in made.compared.items()],
        "log": _plain(made.log),
    }
    with suppress(OSError):  # a full disk keeps nothing
        draft = file.with_suffix(".tmp")
        draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        for old in file.parent.glob("*.json"):
            old.unlink()
        draft.replace(file)


def _plain(frame: pd.DataFrame) -> dict[str, Any]:
    cells = frame.astype(object).where(frame.notna(), None)
    return {
        "index": None if isinstance(frame.index, pd.RangeIndex) else list(map(str, frame.index)),
        "named": frame.index.name,
        "columns": list(frame.columns),
        "data": [[_bare(value) for value in row] for row in cells.to_numpy().tolist()],
    }


def _bare(value: Any) -> Any:
    """Return a number without its NumPy type, which JSON does not know."""
    return value.item() if hasattr(value, "item") else value


def _frame(plain: dict[str, Any]) -> pd.DataFrame:
    made = pd.DataFrame(plain["data"], index=plain["index"], columns=plain["columns"])
    return made.rename_axis(plain["named"])
