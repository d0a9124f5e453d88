"""``year.json``: what a year is, where it came from, and what it cannot say."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis.sources.importing.account import Account
from analysis.sources.importing.draft import META
from analysis.sources.importing.fingerprints import Fingerprints, on_disk
from analysis.sources.mapping import declared
from analysis.sources.reading.source import Source


def old_meta(folder: Path) -> dict[str, Any]:
    """Return the ``year.json`` of the real year that is there, which an import adds to.

    Demo data are replaced whole, and so is a year whose description cannot be read.
    """
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    real = isinstance(meta, dict) and meta.get("kind", "real") == "real"
    return meta if real else {}


def new_meta(
    old: Mapping[str, Any],
    *,
    place: str,
    year: int,
    cutoff: date,
    exported_on: date | None,
    key: str,
    imported: Mapping[str, Any],
    absent: Mapping[str, str],
) -> dict[str, Any]:
    """Return the new ``year.json``: what the imported tables say replaces what they said before."""
    before = {k: v for k, v in old.get("absent", {}).items() if k.split(".")[0] not in imported}
    return {
        "place": place,
        "year": year,
        "kind": "real",
        "cutoff": cutoff.isoformat(),
        **({"exported_on": exported_on.isoformat()} if exported_on else {}),
        "key": key,
        "imported": dict(sorted({**old.get("imported", {}), **imported}.items())),
        "absent": dict(sorted({**before, **absent}.items())),
    }


def provenance(
    accounts: Sequence[Account],
    sources: Sequence[Source],
    mapping: Mapping[str, str],
    fingerprints: Fingerprints,
) -> dict[str, Any]:
    """Return where one table came from: files, mapping, and what became of every row."""
    rows = [
        {
            **_named(sources[one.source]),
            "read": one.read,
            **{ending.name.lower(): n for ending, n in one.endings.items()},
        }
        for one in accounts
    ]
    names = dict.fromkeys(on_disk(sources[one.source].file) for one in accounts)
    files = [made for name in names if (made := fingerprints.of(name))]
    return {"mapping": dict(mapping), "files": files, "rows": rows}


def described(mapping: declared.Mapping) -> dict[str, str]:
    """Return the name of a mapping, and a hash of all that it and its code systems say."""
    return {"name": mapping.name, "sha256": hashlib.sha256(repr(mapping).encode()).hexdigest()}


def _named(source: Source) -> dict[str, str]:
    """Return what a source is called, without the folders of the machine it was imported on."""
    folder = Path(on_disk(source.file)).parent
    name = source.file.removeprefix(str(folder) + os.sep)
    return {"file": name, "sheet": source.sheet}
