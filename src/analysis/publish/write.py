"""Writing files (写盘) so that readers see the old one or the new one, never a part."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import XukeError

if TYPE_CHECKING:
    import pandas as pd

WHY = {
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "超过文件大小限制",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘只读",
    errno.ENOTDIR: "路径中有一段不是文件夹",
}
BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for the beginning of a formula
NUMBER = re.compile(r"[+-]?\d[\d.,/]*")


def csv(frame: "pd.DataFrame", *, bom: bool = False) -> str:
    """Return a frame as CSV text that is the same on every platform.

    A text that a spreadsheet would take for a formula gets an apostrophe in front: the words are
    from data.

    Args:
        frame: what to write, without its index.
        bom: begin with a byte order mark, by which Excel knows UTF-8.
    """
    texts = frame.select_dtypes(["object", "string"]).columns
    safe = frame.assign(**{name: frame[name].map(_no_formula) for name in texts})
    return (BOM if bom else "") + safe.to_csv(index=False, lineterminator="\n")


def _no_formula(value: object) -> object:
    if isinstance(value, str) and value[:1] in FORMULA and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def write_whole(path: Path, text: str | bytes) -> str:
    """Write a file by way of a draft beside it, which then takes its name; return its hash.

    Raises:
        XukeError: the file cannot be written; the old one is still there.
    """
    content = text.encode() if isinstance(text, str) else text
    draft = path.with_name(f".{path.name}.tmp")
    with told_in_chinese(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            move(draft, path)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise
    return sha256(content).hexdigest()


def move(draft: Path, path: Path) -> None:
    """Let a whole file take its place, for good: the folder's entry reaches the disk too."""
    draft.replace(path)
    if os.name != "nt":  # Windows cannot open folders
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def told_in_chinese(path: Path) -> Iterator[None]:
    """Say what is wrong with a place that cannot be written.

    Raises:
        XukeError: instead of what the system says.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None:  # a timeout of something else
            raise
        why = WHY.get(error.errno, error.strerror)
        raise XukeError(f"“{path}”写不进去({why}):请检查磁盘空间和权限。") from error
