"""The lock (锁) of a place: one import at a time. The system gives it back if the import is killed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from analysis.errors import XukeError

NAME = ".import.lock"


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Hold the lock of the folder of a place's years.

    Raises:
        XukeError: another import holds it.
    """
    place.mkdir(parents=True, exist_ok=True)
    with (place / NAME).open("a+b") as file:
        try:
            _take(file)
        except OSError as error:
            raise XukeError(
                f"另一个导入正在写“{place}”:请等它结束再试;已有的数据没有改动。"
            ) from error
        yield  # closing the file gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
