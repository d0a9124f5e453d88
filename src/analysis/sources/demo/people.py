"""People (人) of the demo place: made-up pseudonyms of applicants and handlers, and re-submissions.

A pseudonym looks like the keyed hash that an import makes; behind it there is a number and nobody.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator

from analysis.sources.demo.cohort import NEVER, Cases
from analysis.sources.demo.days import Days, Ints
from analysis.sources.demo.streams import Use, stream

# How many there are of each applicant type, and how uneven: many apply once, some again and again.
POOLS = (1_400_000, 110_000, 6_000)
UNEVEN = (1.3, 2.6, 2.0)
RESUBMITTED = 0.3  # of those not accepted, within
WITHIN = 30  # days of the decision
STAFF = 9 << 40  # where the numbers of staff begin, beyond those of applicants
SALTS = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


@dataclass(frozen=True)
class Handlers:
    """The pool of staff: one approver, a few reviewers, and the handlers of each bureau.

    Attributes:
        first: place in the pool of each bureau's approver; reviewers and handlers follow.
        handlers: number of handlers of each bureau.
        keys: pseudonyms.
    """

    REVIEWERS = 2

    first: Ints
    handlers: Ints
    keys: pa.Array

    @classmethod
    def of(cls, bureaux: pd.DataFrame) -> "Handlers":
        """Make the pool; a bureau with more cases has more handlers."""
        handlers = np.ceil(2 + 3 * np.sqrt(bureaux["weight"].to_numpy())).astype(np.int64)
        sizes = 1 + cls.REVIEWERS + handlers
        keys = pseudonyms(np.arange(sizes.sum()) + STAFF)
        return cls(np.cumsum(sizes) - sizes, handlers, keys)

    @property
    def sizes(self) -> Ints:
        """How many people each bureau has in the pool."""
        return np.asarray(1 + self.REVIEWERS + self.handlers)

    def assign(self, rng: Generator, bureau: Ints) -> Ints:
        """Return who handles each case, as places in the pool."""
        nth = np.floor(rng.random(len(bureau)) * self.handlers[bureau]).astype(np.int64)
        return np.asarray(self.first[bureau] + 1 + self.REVIEWERS + nth)


def pseudonyms(numbers: Ints) -> pa.Array:
    """Return 16 hexadecimal digits for each number, different ones for different numbers."""
    mixed = numbers.astype(np.uint64) + np.uint64(SALTS[0])
    for shift, salt in ((30, SALTS[1]), (27, SALTS[2])):  # splitmix64: one to one
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(salt)
    mixed ^= mixed >> np.uint64(31)
    octets = mixed.byteswap().view(np.uint8).reshape(-1, 8)
    return fixed_width(HEX[np.stack([octets >> 4, octets & 15], axis=2).reshape(-1, 16)])


def fixed_width(letters: np.ndarray) -> pa.Array:
    """Return texts of one length from their bytes, shape (texts, length)."""
    n, width = letters.shape
    offsets = np.arange(n + 1, dtype=np.int32) * np.int32(width)
    data = np.ascontiguousarray(letters, dtype=np.uint8)
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), pa.py_buffer(data))


def numbered(prefix: str, n: int) -> pa.Array:
    """Return the prefix with 7 digits, from 1 to ``n``."""
    digits = np.arange(1, n + 1)[:, None] // 10 ** np.arange(6, -1, -1) % 10 + ord("0")
    letters = np.frombuffer(prefix.encode(), dtype=np.uint8)
    head = np.broadcast_to(letters, (n, len(letters)))
    return fixed_width(np.hstack([head, digits.astype(np.uint8)]))


def applicants(year: int, days: Days, cases: Cases, kind: Ints) -> tuple[Ints, Ints]:
    """Return who applies, and which case is submitted again.

    Args:
        year: the cohort's year.
        days: the calendar.
        cases: the cohort, in order of application.
        kind: each case's place in ``table.APPLICANTS``.

    Returns:
        A number for each case's applicant, and the place of the case that it repeats, or -1. What is
        submitted again was not accepted before; it is the same applicant and the same item.
    """
    rng = stream(year, Use.PEOPLE)
    draw = rng.random(len(kind))
    nth = np.floor(np.array(POOLS)[kind] * draw ** np.array(UNEVEN)[kind]).astype(np.int64)
    who = (kind.astype(np.int64) << 40) + nth
    repeats = _resubmitted(rng, days, cases, kind)
    again = repeats >= 0
    who[again] = who[repeats[again]]
    return who, repeats


def _resubmitted(rng: Generator, days: Days, cases: Cases, kind: Ints) -> Ints:
    """Pair some cases that were not accepted with the next one of their item and kind."""
    group = cases.item * 4 + kind
    order = np.lexsort((cases.applied, group))
    key = group[order] * 100_000 + cases.applied[order]
    refused = np.flatnonzero(cases.refused != NEVER)
    refused = refused[rng.random(len(refused)) < RESUBMITTED]
    decided = days.day(cases.refused[refused])
    place = np.searchsorted(key, group[refused] * 100_000 + decided, side="right")
    place = np.minimum(place, len(order) - 1)
    found = order[place]
    near = cases.applied[found] <= decided + WITHIN
    fits = near & (group[found] == group[refused]) & (cases.refused[found] == NEVER)
    repeats = np.full(len(group), -1)
    repeats[found[fits]] = refused[fits]
    return repeats
