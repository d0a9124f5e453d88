"""Fingerprints (指纹) of the files of an import, taken while they are read."""

import hashlib
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

MEMBER = "!"  # stands between an archive and the file in it


class Fingerprints:
    """Size and SHA-256 of files, hashed in a thread of its own; a context."""

    def __init__(self, files: Iterable[str]) -> None:
        """Begin with the files on disk that sources lie in."""
        self._worker = ThreadPoolExecutor(1)
        self._made: dict[str, Future[dict[str, Any]]] = {
            name: self._worker.submit(_fingerprint, Path(name))
            for name in dict.fromkeys(map(on_disk, files))
            if Path(name).is_file()
        }

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Begin no more."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def of(self, file: str) -> dict[str, Any] | None:
        """Return that of the file that a source lies in; None where it is no file."""
        made = self._made.get(on_disk(file))
        return made.result() if made else None


def on_disk(file: str) -> str:
    """Return the file on disk that a source lies in."""
    return file if Path(file).is_file() else file.partition(MEMBER)[0]


def _fingerprint(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": digest}
