"""Attending (守候) a Spark query: a cluster that has lost all its workers would be waited for for ever."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from analysis.errors import XukeError

LOST, NONE_YET = (
    60,
    600,
)  # seconds without workers: after there were some; while others may have them
BETWEEN = 1  # seconds from one look to the next


@contextmanager
def attended(session: Any) -> Iterator[None]:
    """End what runs in the block when nobody is left, or nobody comes, to compute it.

    Raises:
        XukeError: there were no workers for too long; there is no result.
    """
    context = session.sparkContext
    if context.master.startswith("local"):
        yield  # the driver computes, and nothing is left when it is gone
        return
    done, gone = Event(), Event()
    watch = Thread(target=_watch, args=(context, done, gone), daemon=True)
    watch.start()
    try:
        yield
    except Exception as error:
        if gone.is_set():
            raise XukeError(
                f"Spark 的工作节点都没有了(或一直没有分到),没有结果:请检查集群 {context.master},恢复后重新运行。"
            ) from error
        raise
    finally:
        done.set()
        watch.join()


def _watch(context: Any, done: Event, gone: Event) -> None:
    seen, patience = time.monotonic(), NONE_YET
    while not done.wait(BETWEEN):
        if _executors(context):
            seen, patience = time.monotonic(), LOST
        elif time.monotonic() - seen > patience:
            gone.set()
            context.cancelAllJobs()  # and whatever the query asks for after it


def _executors(context: Any) -> int:
    """Return how many executors there are; the driver is listed among them."""
    return len(context._jsc.sc().statusTracker().getExecutorInfos()) - 1
