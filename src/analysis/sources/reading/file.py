"""A file (文件): a name and its bytes, wherever they lie."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class File:
    """A file, or a member of an archive.

    Attributes:
        name: what the user calls it.
        open: opens it at its start, unpacked.
        path: where it lies, if it is not packed.
    """

    name: str
    open: Callable[[], BinaryIO]
    path: Path | None = None

    def start(self, size: int) -> bytes:
        """Return its first bytes."""
        with self.open() as stream:
            return stream.read(size)
