"""A lock (锁) on an open file, held until it is closed; the system frees that of a killed process."""

import sys
from typing import IO


def taken(file: IO[bytes]) -> bool:
    """Take the lock on a file if it is free; return whether it is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
