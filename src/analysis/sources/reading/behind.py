"""Behind (随后): a step that goes on with one thing while its caller makes the next."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def behind(step: Callable[[T], object]) -> Iterator[Callable[[T], None]]:
    """Give what hands things over to a step, which takes one after the other in a second thread.

    Only one thing is under way, so memory does not grow. What the step raises comes out of the
    next handing over, or at the end.
    """
    with ThreadPoolExecutor(1) as worker:
        under_way: Future[object] | None = None

        def hand_over(thing: T) -> None:
            nonlocal under_way
            if under_way:
                under_way.result()
            under_way = worker.submit(step, thing)

        yield hand_over
        if under_way:
            under_way.result()
