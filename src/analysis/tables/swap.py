"""Swapping (换入) a year's folder for a new one, so that a kill leaves the old or the new.

The finished new folder lies beside the year as ``.ready-<year>`` while the old one moves to
``.previous/<year>``; then it takes the year's name. Between these two renames there is no year:
whoever opens it next does the second.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

READY = ".ready-"
PREVIOUS = ".previous"


def swap(draft: Path, folder: Path) -> None:
    """Let ``draft`` take the place of ``folder``, which is kept as the previous one.

    Only one process at a time may do so.

    Raises:
        OSError: the file system refuses; the old folder is then still there.
    """
    ready = _ready(folder)
    draft.rename(ready)
    sync(folder.parent)
    if folder.exists():
        kept = previous(folder)
        kept.parent.mkdir(exist_ok=True)
        shutil.rmtree(kept, ignore_errors=True)
        folder.rename(kept)
    settle(folder)
    sync(folder.parent)


def settle(folder: Path) -> None:
    """Finish a swap of ``folder`` that was cut short between its two renames."""
    ready = _ready(folder)
    if ready.is_dir() and not folder.exists():
        with suppress(FileNotFoundError):  # another process was quicker
            ready.rename(folder)


def settle_all(place: Path) -> None:
    """Finish whatever swaps of a place's years were cut short."""
    for ready in place.glob(f"{READY}*"):
        settle(place / ready.name.removeprefix(READY))


def previous(folder: Path) -> Path:
    """Return where the year that ``folder`` replaced lies (上一次导入)."""
    return folder.parent / PREVIOUS / folder.name


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can do so."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _ready(folder: Path) -> Path:
    return folder.with_name(READY + folder.name)
