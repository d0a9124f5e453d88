"""Alternatives (另一种可能): other numbers that fit everything a reader sees.

A reader knows the relations, every number shown, and that counts are whole and not negative. What
he can find out about a hidden number is exactly how far it moves among all alternatives that fit.
An alternative is kept as the whole numbers by which it differs from the truth.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

FAR = 1_000  # no alternative needs to move a number further: k is at most 10
DEPTH = 4  # sums of sums of sums
NEAR = 1e-6  # how far from a whole number the solver may end

Moves = np.ndarray


class Alternatives:
    """Finds alternatives to the values of a system."""

    def __init__(self, values: np.ndarray, relations: csr_array):
        """Take the true values and the relations that every alternative keeps."""
        self._values, self._relations = values, relations
        # Relations of one sum and its parts, none taken off: which they are, sum and parts.
        positive = (relations > 0).astype(np.int64)
        plain = np.flatnonzero(positive.sum(axis=1) == 1)
        self._total_of = np.full(relations.shape[0], -1)
        rows, cells = positive.nonzero()
        self._total_of[rows] = cells
        rows, cells = (relations < 0).nonzero()
        of_plain = np.isin(rows, plain)
        self._part_of = rows[of_plain], cells[of_plain]

    def cheapest(self, cell: int, amount: int, cost: np.ndarray, free: np.ndarray) -> Moves | None:
        """Return the alternative that moves a cell by ``amount`` at the least cost.

        Args:
            cell: which cell.
            amount: by how much; negative for down.
            cost: of moving each cell by one.
            free: the cells that may move.

        Returns:
            By how much each cell moves; None if there is no such alternative.
        """
        if self._values[cell] + amount < 0:
            return None
        low, high = self.bounds(free)
        low[cell] = high[cell] = amount
        return self._solve(low, high, cost, cost)

    def farthest(
        self, wish: np.ndarray, reach: np.ndarray, cost: np.ndarray, free: np.ndarray
    ) -> Moves:
        """Return the alternative that moves cells as far as can be in the direction of a wish.

        Args:
            wish: what one step up of each cell is worth; negative where down is wanted.
            reach: how far each cell need move at most.
            cost: of moving each cell by one, in either direction.
            free: the cells that may move.
        """
        low, high = self.bounds(free)
        wanted = wish != 0
        low[wanted] = np.maximum(low[wanted], -reach[wanted])
        high[wanted] = np.minimum(high[wanted], reach[wanted])
        moves = self._solve(low, high, cost - wish, cost + wish)
        return np.zeros(len(wish), dtype=np.int64) if moves is None else moves

    def bounds(self, free: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how far each cell may move down and up: not below 0, no part above its sum."""
        low, high = np.where(free, -np.minimum(self._values, FAR), 0), np.where(free, FAR, 0)
        row, cell = self._part_of
        for _ in range(DEPTH):
            most = (self._values + high)[self._total_of[row]] - self._values[cell]
            np.minimum.at(high, cell, most)
        return low, high

    def _solve(
        self, low: np.ndarray, high: np.ndarray, up: np.ndarray, down: np.ndarray
    ) -> Moves | None:
        """Return the cheapest whole moves within bounds that keep all relations."""
        mobile = np.flatnonzero((low < 0) | (high > 0))
        low, high = low[mobile], high[mobile]
        relations = self._relations[:, mobile]
        relations = relations[np.diff(relations.indptr) > 0]
        # Moves up and moves down are variables of their own, so that both cost.
        problem = {
            "c": np.concatenate([up[mobile], down[mobile]]),
            "constraints": LinearConstraint(hstack([relations, -relations]), 0, 0),
            "bounds": Bounds(
                np.concatenate([np.maximum(low, 0), np.maximum(-high, 0)]),
                np.concatenate([np.maximum(high, 0), np.maximum(-low, 0)]),
            ),
        }
        # Without asking for whole numbers the solver is fast, and mostly ends in them.
        for whole in (0, 1):
            found = milp(**problem, integrality=np.full(2 * len(mobile), whole))
            if found.x is None:
                return None
            moves = np.zeros(len(self._values), dtype=np.int64)
            exact = found.x[: len(mobile)] - found.x[len(mobile) :]
            moves[mobile] = np.rint(exact)
            if np.abs(exact - moves[mobile]).max(initial=0) < NEAR and self.holds(moves):
                return moves
        return None

    def holds(self, moves: Moves) -> bool:
        """Return whether moves lead to an alternative, in whole numbers and without rounding."""
        return bool((self._values + moves >= 0).all() and not (self._relations @ moves).any())
