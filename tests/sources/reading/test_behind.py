"""A step behind its caller: everything in order, and no error is lost."""

from collections.abc import Callable

import pytest

from analysis.sources.reading.behind import behind


def hand(things: int, step: Callable[[int], object]) -> None:
    """Hand numbers over to a step."""
    with behind(step) as hand_over:
        for thing in range(things):
            hand_over(thing)


def test_things_arrive_in_order_and_all_before_the_end() -> None:
    """Two steps, one behind the other, as staging has them."""
    arrived: list[int] = []
    with behind(arrived.append) as write:
        hand(50, lambda thing: write(thing * 2))
    assert arrived == [thing * 2 for thing in range(50)]


@pytest.mark.parametrize("things", [2, 6])
def test_an_error_of_the_step_comes_out(things: int) -> None:
    """Also where nothing is handed over after the thing that caused it."""

    def step(thing: int) -> None:
        if thing == 1:
            raise ValueError(thing)

    with pytest.raises(ValueError, match="1"):
        hand(things, step)


def test_an_error_of_the_caller_comes_out() -> None:
    """The step is waited for, and the error is the caller's."""
    arrived: list[int] = []

    def fail() -> None:
        with behind(arrived.append) as hand_over:
            hand_over(1)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert arrived == [1]
