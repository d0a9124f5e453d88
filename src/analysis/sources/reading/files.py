"""Paths (路径): what the user names, as files; patterns and archives unfolded."""

from collections.abc import Sequence
from glob import glob, has_magic
from pathlib import Path

from analysis.errors import XukeError
from analysis.sources.reading.archives import LITTER, unpacked
from analysis.sources.reading.file import File


def files(paths: Sequence[str | Path]) -> list[File]:
    """Return the files that paths and patterns name, sorted within a pattern, archives unpacked.

    Raises:
        XukeError: nothing is there, one is named twice, or an archive is not to be trusted.
    """
    found: list[Path] = []
    for given in paths:
        matches = _matches(str(given))
        twice = [path for path in matches if path.resolve() in {each.resolve() for each in found}]
        if twice:
            raise XukeError(f"“{twice[0]}”给了两次:每个文件只写一次。")
        found += matches
    return [file for path in found for file in unpacked(path)]


def _matches(given: str) -> list[Path]:
    path = Path(given)
    if path.is_file():
        return [path]
    if path.is_dir():
        raise XukeError(f"“{given}”是文件夹:请写出文件名,如 {Path(given) / '*.csv'}。")
    matches = sorted(map(Path, glob(given, recursive=True))) if has_magic(given) else []  # noqa: PTH207 - Path.glob knows no absolute patterns
    matches = [each for each in matches if each.is_file() and not each.name.startswith(LITTER)]
    if not matches:
        raise XukeError(f"找不到“{given}”:请核对路径。")
    return matches
