"""The manifest (运行清单): for each file of a folder, what it was made from, by whom, and its hash.

Times and facts of the machine stand here and nowhere else: pages are the same bytes everywhere.
"""

import json
import platform
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from analysis.publish.inputs import PACKAGE
from analysis.publish.task import PUBLIC_FOLDER, REVIEW_FOLDER
from analysis.publish.write import write_whole

NAME = "manifest.json"
APART = (PUBLIC_FOLDER, REVIEW_FOLDER)  # have an index of their own, or none


def read(folder: Path) -> dict[str, Any]:
    """Return the entries of a folder's manifest by file name; none where it cannot be read."""
    try:
        outputs = json.loads((folder / NAME).read_text(encoding="utf-8"))["outputs"]
        return {name: entry for name, entry in outputs.items() if entry["sha256"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def outputs(reports: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of all files that are there, by path below the reports."""
    found = {}
    for file in sorted(
        [*reports.glob(NAME), *reports.glob(f"*/{NAME}"), *reports.glob(f"*/*/{NAME}")]
    ):
        folder = file.parent.relative_to(reports)
        if not any(part.startswith(".") or part in APART for part in folder.parts):
            for name, entry in read(file.parent).items():
                if (file.parent / name).is_file():
                    found[(folder / name).as_posix()] = entry
    return found


def record(path: Path, entry: dict[str, Any]) -> None:
    """Write what is known of a file into the manifest beside it.

    Raises:
        XukeError: it cannot be written.
    """
    there = {name: old for name, old in read(path.parent).items() if (path.parent / name).is_file()}
    outputs = dict(sorted({**there, path.name: entry}.items()))
    text = json.dumps({"outputs": outputs}, ensure_ascii=False, indent=1)
    write_whole(path.with_name(NAME), text + "\n")


def moment() -> str:
    """Return the time of day, for the manifest only."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def surroundings() -> dict[str, Any]:
    """Return on which machine and from which commit (版本) this process works."""
    return {
        "host": {"name": platform.node(), "system": platform.platform()},
        "git": {
            "commit": _git("rev-parse", "HEAD"),
            "dirty": None if (changed := _git("status", "--porcelain")) is None else changed != "",
        },
    }


def _git(*words: str) -> str | None:
    """Ask git about the checkout that this package runs from; None where there is none."""
    try:
        asked = ["git", "-C", str(PACKAGE), *words]
        return subprocess.run(asked, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
