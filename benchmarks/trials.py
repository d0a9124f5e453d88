"""What a small world (``simulations.py``) tells, and what several of them draw."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator


@dataclass(frozen=True)
class Trial:
    """One interval or test in one world.

    Attributes:
        name: what is tried.
        covered: whether the interval holds the truth; None for a test alone.
        alarm: whether a finding is called; None for an interval alone.
    """

    name: str
    covered: bool | None = None
    alarm: bool | None = None


def drifts(rng: Generator, shape: tuple[int, int], kept: float = 0.7) -> np.ndarray:
    """Return rows of values that keep a share of themselves from one month to the next."""
    values = rng.normal(size=shape)
    for k in range(1, shape[1]):
        values[:, k] = kept * values[:, k - 1] + np.sqrt(1 - kept**2) * values[:, k]
    return values
