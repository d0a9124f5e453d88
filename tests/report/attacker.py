"""An attacker on suppressed tables, who can add and subtract and knows nothing of the program.

He is told which numbers there are (each by a name), which are shown, what adds up to what, and which
rates are printed. He works out what is left open: by exact elimination, by linear programming, and
in whole numbers.
"""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array


@dataclass
class Attacker:
    """What is known: ``sums`` are lists of (name, coefficient) that add up to 0."""

    shown: dict
    sums: list[list[tuple[object, int]]]
    rates: list[tuple[object, object, float, float]] = field(default_factory=list)

    def __post_init__(self):
        named = [name for each in self.sums for name, _ in each]
        named += [name for rate in self.rates for name in rate[:2]]
        self.open = [name for name in dict.fromkeys(named) if name not in self.shown]

    def determined(self):
        """Names of numbers that follow by adding and subtracting alone."""
        rows = []
        for each in self.sums:
            row = [Fraction(0)] * len(self.open)
            for name, coefficient in each:
                if name not in self.shown:
                    row[self.open.index(name)] += coefficient
            rows.append(row)
        reduced = eliminate(rows)
        alone = [row for row in reduced if sum(entry != 0 for entry in row) == 1]
        return {self.open[next(n for n, entry in enumerate(row) if entry)] for row in alone}

    def ranges(self, names, *, whole):
        """Smallest and largest value of each number that fits; whole numbers only if asked."""
        equal, less, right, most = self._program()
        at = {name: n for n, name in enumerate(self.open)}
        found = {}
        for name in names:
            if name not in at:
                continue  # in no relation: nothing is known
            ends = []
            for sign in (1, -1):
                goal = np.zeros(len(self.open))
                goal[at[name]] = sign
                ends.append(sign * self._least(goal, equal, right, less, most, whole=whole))
            found[name] = tuple(ends)
        return found

    def _program(self):
        equal, right, less, most = [], [], [], []
        for each in self.sums:
            row, known = self._row(each)
            equal.append(row)
            right.append(-known)
        for above, below, low, high in self.rates:
            for bound, sign in ((high, 1), (low, -1)):
                row, known = self._row([(above, sign), (below, -sign * bound)])
                less.append(row)
                most.append(-known + 1e-9)
        # Full pages have a thousand relations of a few numbers each.
        return *(csr_array(np.array(rows)) if rows else None for rows in (equal, less)), right, most

    def _row(self, terms):
        row, known = np.zeros(len(self.open)), 0
        for name, coefficient in terms:
            if name in self.shown:
                known += coefficient * self.shown[name]
            else:
                row[self.open.index(name)] += coefficient
        return row, known

    def _least(self, goal, equal, right, less, most, *, whole):
        far = max([100_000, *(10 * abs(n) for n in self.shown.values())])  # stands for no bound
        if whole:
            limits = [] if equal is None else [LinearConstraint(equal, right, right)]
            limits += [] if less is None else [LinearConstraint(less, -np.inf, most)]
            result = milp(
                goal, constraints=limits, bounds=Bounds(0, far), integrality=np.ones(len(goal))
            )
        else:
            result = linprog(
                goal,
                A_ub=less,
                b_ub=most or None,
                A_eq=equal,
                b_eq=right or None,
                bounds=(0, far),
            )
        assert result.success, result.message  # the truth fits
        return result.fun


def eliminate(rows):
    """Reduce rows of fractions until each has a column of its own."""
    rows, reduced = [list(row) for row in rows], []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [entry / pivot[column] for entry in pivot]
        rows = [without(row, pivot, column) for row in rows]
        reduced = [*(without(row, pivot, column) for row in reduced), pivot]
    return reduced


def without(row, pivot, column):
    factor = row[column]
    return [entry - factor * of_pivot for entry, of_pivot in zip(row, pivot, strict=True)]
