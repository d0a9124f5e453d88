"""One run at a time (互斥): two runs into the same folder would undo each other's work."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.locking import taken
from analysis.publish.write import told_in_chinese

WAIT = 0.2  # seconds between two looks


@contextmanager
def alone(reports: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Keep other runs out of a folder; wait for the one that is in it, and say so.

    The system frees the lock of a run that was killed.

    Raises:
        XukeError: the folder cannot be written.
    """
    with told_in_chinese(reports):
        reports.mkdir(parents=True, exist_ok=True)
        file = (reports / ".lock").open("a+b")
    with file:
        told = False
        while not taken(file):
            if not told:
                say(f"另一个 xuke run 正在写“{reports}”:等它结束…")
                told = True
            time.sleep(WAIT)
        yield
