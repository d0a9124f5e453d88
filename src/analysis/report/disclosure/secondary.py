"""Secondary suppression (次要抑制): what else must go so that hidden numbers stay hidden.

For each hidden number alternatives are found, see ``alternatives``, that agree in all numbers shown
and in which it moves, together by k or more. Where exempt numbers give too much away for that, it
moves as far as can be. So protection is not a solver's word: it is there in whole numbers.
"""

from dataclasses import dataclass

import numpy as np

from analysis.report.disclosure.alternatives import Alternatives, Moves
from analysis.report.disclosure.system import Cell, System

# What a step in a wanted direction may cost: nothing but hidden cells at first, then cells in the
# body of tables, then totals and zeros.
STEPS = (0.0, 30.0, 3000.0)
FEW = 50  # cells that are better looked after one by one: less is hidden, but it takes longer
PATIENCE = 2  # steps that may bring nothing before more is paid
HIDDEN = 1e-3  # cost of moving what is hidden anyway
TOTAL, ZERO = 10, 200  # readers want totals; and often know zeros, such as what cannot be
TIE = 1e-3  # makes later cells a little dearer, so that the choice is the same everywhere


@dataclass
class Pattern:
    """Which cells of a system are hidden, and how well.

    Attributes:
        hidden: whether each cell is hidden.
        width: for each cell, by how much alternatives that fit what is shown differ, as far as
            they were looked for.
        wanted: for each cell, how much was asked for.
    """

    hidden: np.ndarray
    width: np.ndarray
    wanted: np.ndarray


def suppress(system: System) -> Pattern:
    """Choose which cells to hide: the small ones, and few others, small rather than large.

    Returns:
        A pattern in which every hidden cell that is printed, and every small one, is as wide as
        k or as exempt cells allow. A width of 0 means that nothing can hide the cell.
    """
    cells = list(system.cells.values())
    first = [cell.exemption is None and (cell.small or not cell.printed) for cell in cells]
    search = _Search(system, np.array(first, dtype=bool))
    search.run()
    search.prune()
    return Pattern(search.hidden, search.width, search.wanted)


class _Search:
    """A search for a pattern: what is hidden so far, and the alternatives found so far."""

    def __init__(self, system: System, first: np.ndarray):
        cells = list(system.cells.values())
        self._values = np.array([cell.value for cell in cells], dtype=np.int64)
        self._k = np.array([cell.k for cell in cells], dtype=np.int64)
        self._may_hide = np.array([cell.exemption is None for cell in cells], dtype=bool)
        self._cost = _cost(cells)
        self._alternatives = Alternatives(self._values, system.relation_matrix())
        self._first, self.hidden = first, first.copy()
        guarded = np.array([cell.small or cell.printed for cell in cells], dtype=bool)
        bounds = self._alternatives.bounds(self._may_hide)
        self._possible = np.minimum(self._k, bounds[1] - bounds[0])
        self.wanted = np.where(first & guarded, self._possible, 0)
        self._found: list[Moves] = []
        self._up, self._down = np.zeros_like(self._k), np.zeros_like(self._k)

    @property
    def width(self) -> np.ndarray:
        """By how much alternatives differ in each cell."""
        width: np.ndarray = self._up + self._down
        return width

    def run(self) -> None:
        """Hide more cells until each is as wide as wanted, or as can be."""
        self._move_together(*STEPS[:1])
        if (self.width < self.wanted).sum() > FEW:
            self._move_together(*STEPS[1:])
        while (lacking := np.flatnonzero(self.width < self.wanted)).size:
            cell = int(lacking[0])
            for sign in (1, -1):
                self._stretch(cell, sign)
            for sign in (1, -1):
                self._widen(cell, sign)
            self.wanted[cell] = min(self.wanted[cell], self.width[cell])

    def _move_together(self, *steps: float) -> None:
        """Move all cells that are not wide enough at once, each up or down at random.

        A step costs no more time than one for a single cell, and what is hidden for it serves many.
        """
        random = np.random.default_rng(0)
        for worth in steps:
            idle = 0
            while ((lacking := self.wanted - self.width) > 0).any() and idle < PATIENCE:
                signs = random.choice([-1, 1], len(lacking))
                wish = np.where(lacking > 0, signs * max(worth, 1), 0)
                reach = np.where(signs > 0, self._up, self._down) + np.maximum(lacking, 0)
                free = self._may_hide if worth else self.hidden
                self._take(self._alternatives.farthest(wish, reach, self._cost_now, free))
                better = (self.wanted - self.width < lacking).any()
                idle = 0 if better else idle + 1

    @property
    def _cost_now(self) -> np.ndarray:
        return np.where(self.hidden, HIDDEN, self._cost)

    def _stretch(self, cell: int, sign: int) -> None:
        """Move one cell further up or down among what is hidden already."""
        if amount := self._missing(cell, sign):
            self._take(self._farthest(cell, amount, self.hidden))

    def _widen(self, cell: int, sign: int) -> None:
        """Move one cell further up or down, and hide what must move with it."""
        amount = self._missing(cell, sign)
        if not amount:
            return
        moves = self._cheapest(cell, amount)
        if moves is None:
            most = self._farthest(cell, amount, self._may_hide)
            if abs(most[cell]) <= (self._up if sign > 0 else self._down)[cell]:
                return
            cheapest = self._cheapest(cell, int(most[cell]))
            moves = most if cheapest is None else cheapest
        self._take(moves)

    def _missing(self, cell: int, sign: int) -> int:
        """Return how far up or down a cell must move to be as wide as wanted; 0 if it is."""
        lacking = int(self.wanted[cell] - self.width[cell])
        there = int((self._up if sign > 0 else self._down)[cell])
        return sign * (there + lacking) if lacking > 0 else 0

    def _cheapest(self, cell: int, amount: int) -> Moves | None:
        """Move one cell by ``amount`` so that as little as can be must be hidden."""
        return self._alternatives.cheapest(cell, amount, self._cost_now, self._may_hide)

    def _farthest(self, cell: int, amount: int, free: np.ndarray) -> Moves:
        """Move one cell as far towards ``amount`` as can be if these cells may move."""
        wish, reach = np.zeros(len(self._cost)), np.full(len(self._cost), abs(amount))
        wish[cell] = np.sign(amount)
        return self._alternatives.farthest(wish, reach, 0 * self._cost, free)

    def _take(self, moves: Moves) -> None:
        """Keep an alternative, and hide every cell that moves in it."""
        if not moves.any():
            return
        newly = (moves != 0) & ~self.hidden
        self.hidden |= newly
        self.wanted[newly] = self._possible[newly]
        self._found.append(moves)
        self._up, self._down = np.maximum(self._up, moves), np.maximum(self._down, -moves)

    def prune(self) -> None:
        """Show again what the alternatives found without it make needless, dearest first."""
        found = np.array(self._found, dtype=np.int16).reshape(len(self._found), len(self._k))
        extra = np.flatnonzero(self.hidden & ~self._first)
        for cell in extra[np.argsort(-self._cost[extra], kind="stable")]:
            left = found[found[:, cell] == 0]
            up, down = left.max(axis=0, initial=0), -left.min(axis=0, initial=0)
            wanted = self.wanted.copy()
            wanted[cell] = 0
            if (up + down >= wanted).all():
                self.hidden[cell], self.wanted = False, wanted
                found, self._up, self._down = left, up, down


def _cost(cells: list[Cell]) -> np.ndarray:
    """Return what it costs to hide each cell, for every step that it must move."""
    cost = np.array(
        [
            (1 + np.log2(1 + cell.value))
            * (TOTAL if cell.total else 1)
            * (ZERO if cell.value == 0 else 1)
            for cell in cells
        ]
    )
    return cost * (1 + TIE * np.arange(len(cells)) / max(len(cells), 1))
