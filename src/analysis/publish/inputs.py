"""What a page is made from (输入): bytes of data, notebook and program; parameters; versions."""

import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.publish.hashes import Hashes

PACKAGE = Path(__file__).parents[1]
YEARS, RAW = "years", "raw"  # folders of the data folder: a place's tables; exports as they came
UNREAD = {".md", ".tmp"}  # no page reads these


def data_files(data: Path, folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that a page reads: these years' tables, and all that is not of a year.

    Args:
        data: the data folder.
        folders: the folders of the years that the page reads; the year before for comparison.
    """
    for part in sorted(data.iterdir()):
        if part.name not in (YEARS, RAW) and not part.name.startswith("."):
            yield from _files(part)
    for folder in folders:
        yield from _files(folder)


def program_files() -> Iterator[Path]:
    """Yield the files of this package, templates and style sheets included."""
    yield from (path for path in _files(PACKAGE) if "__pycache__" not in path.parts)


def versions() -> list[str]:
    """Return the interpreter and all installed distributions, as ``name version``."""
    found = {
        path.name.removesuffix(".dist-info").replace("-", " ", 1)
        for folder in sys.path
        for path in Path(folder).glob("*.dist-info")
    }
    return [f"python {sys.version.split()[0]}", *sorted(found)]


def digest(files: Iterable[Path], root: Path, hashes: Hashes) -> str:
    """Return one hash over names and bytes of files below ``root``."""
    listed = "\n".join(f"{path.relative_to(root).as_posix()} {hashes.of(path)}" for path in files)
    return sha256(listed.encode()).hexdigest()


def differences(now: dict[str, Any], before: dict[str, Any]) -> Iterator[str]:
    """Say in Chinese in what the inputs of a page differ from those it was last made from."""
    data, old = now["data"], before.get("data", {})
    if changed := sorted(
        name for name in data.keys() | old.keys() if data.get(name) != old.get(name)
    ):
        more = f" 等 {len(changed)} 个文件" if len(changed) > 1 else ""
        yield f"数据有变化({changed[0]}{more})"
    for part, words in (
        ("notebook", "笔记本有变化"),
        ("program", "程序或模板有变化"),
        ("parameters", "参数有变化"),
        ("engine", "计算引擎有变化"),
    ):
        if now.get(part) != before.get(part):
            yield words
    news = sorted(set(now["versions"]) ^ set(before.get("versions", [])))
    if news:
        yield f"软件版本有变化({news[0]}{' 等' if len(news) > 1 else ''})"


def _files(path: Path) -> Iterator[Path]:
    found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    yield from (each for each in found if each.suffix not in UNREAD and each.name[0] != ".")
