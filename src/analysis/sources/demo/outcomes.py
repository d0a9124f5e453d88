"""Outcomes (办结结果): who is refused, withdraws, or is ended otherwise."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from analysis.sources.demo.calibration import Flows
from analysis.sources.demo.cohort import NEVER, Cases, Handling
from analysis.sources.demo.days import Ints

OUTCOMES = (
    "",
    "approved",
    "refused",
    "withdrawn",
    "supp_lapsed",
    "transferred",
    "terminated",
    "deleted",
)
APPROVED, REFUSED, WITHDRAWN, DELETED = 1, 2, 3, 7
OTHERS = (3, 4, 5, 6)
OTHER_SHARES = (0.55, 0.25, 0.08, 0.12)


def decide(
    rng: Generator, handling: Handling, flows: Flows, carried: Cases, finished: Cases
) -> tuple[Cases, Cases]:
    """Give every case that is closed in a year its outcome.

    Exactly as many as ``flows`` says are refused and ended otherwise, among ``carried`` (applied
    for the year before) and ``finished`` together; deletions fall on ``finished`` alone.
    """
    deleted = rng.choice(len(finished), flows.deleted, replace=False)
    done = np.concatenate([carried.accepted != NEVER, np.ones(len(finished), dtype=bool)])
    done[len(carried) + deleted] = False
    candidates = np.flatnonzero(done)
    item = np.concatenate([carried.item, finished.item])[candidates]
    chosen = _weighted(rng, handling.careful[item], flows.refused + flows.other)
    outcome = np.where(done, APPROVED, 0)
    outcome[candidates[chosen[: flows.refused]]] = REFUSED
    outcome[candidates[chosen[flows.refused :]]] = rng.choice(OTHERS, flows.other, p=OTHER_SHARES)
    outcome[len(carried) + deleted] = DELETED
    ended = (carried.accepted == NEVER) & (carried.closed != NEVER)
    outcome[: len(carried)][ended] = WITHDRAWN
    return (
        replace(carried, outcome=outcome[: len(carried)]),
        replace(finished, outcome=outcome[len(carried) :]),
    )


def _weighted(rng: Generator, weight: np.ndarray, n: int) -> Ints:
    """Choose ``n`` places without repetition, by weight, in random order (Gumbel's trick)."""
    key = np.log(weight) + rng.gumbel(size=len(weight))
    chosen = np.argpartition(-key, n)[:n]
    return np.asarray(rng.permutation(chosen))
