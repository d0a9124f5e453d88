"""Writing files (写盘) so that readers see the old one or the new one, never a part."""

import os
from contextlib import suppress
from pathlib import Path

import pandas as pd

from analysis.errors import XukeError


def csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text that is the same on every platform."""
    return frame.to_csv(index=False, lineterminator="\n")


def write_whole(path: Path, text: str) -> None:
    """Write a file by way of a draft beside it, which then takes its name.

    Raises:
        XukeError: the file cannot be written; the old one is still there.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise XukeError(f"“{path}”写不进去({error.strerror}):请检查磁盘空间和权限。") from error
