"""A cohort (申请年度批次): the cases that are applied for in one year, class by class.

A class is what becomes of a case at the year's end. Its size is given, so the totals of a year hold
exactly: item, waits and working days are drawn first, then a day of application such that the case
falls into its class.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analysis.sources.demo.days import Days, Ints

NEVER = np.int64(10**9)  # a working-day number after all others: it does not happen


@dataclass(frozen=True)
class Handling:
    """The handling items as arrays: one entry each.

    Attributes:
        weight: share of the cases.
        immediate: whether they are handled at once.
        statutory: statutory limit in working days.
        promised: promised limit in working days, in each year.
        careful: relative tendency to refuse.
        name: name of the item.
        bureau: name of its bureau.
    """

    weight: NDArray[np.float64]
    immediate: NDArray[np.bool_]
    statutory: Ints
    promised: dict[int, Ints]
    careful: NDArray[np.float64]
    name: NDArray[np.object_]
    bureau: NDArray[np.object_]


@dataclass(frozen=True)
class Cases:
    """Cases as arrays: item, day of application, and working-day numbers of what happened.

    Attributes:
        item: place of the handling item in ``Handling``.
        applied: day of application, days since 1970.
        accepted, refused, closed: working-day numbers of acceptance, of the decision not to
            accept, and of closing; ``NEVER`` for what does not happen.
        extended, stopped, stopped_other: working days of extension and of stops.
        outcome: place in ``OUTCOMES``; 0 until it is decided.
    """

    item: Ints
    applied: Ints
    accepted: Ints
    refused: Ints
    closed: Ints
    extended: Ints
    stopped: Ints
    stopped_other: Ints
    outcome: Ints

    def __len__(self) -> int:
        return len(self.item)

    def take(self, which: NDArray[np.bool_] | Ints) -> "Cases":
        """Return some of the cases."""
        return replace(self, **{name: column[which] for name, column in vars(self).items()})


def stack(parts: list[Cases]) -> Cases:
    """Put cases one after another."""
    names = vars(parts[0])
    return Cases(**{name: np.concatenate([vars(part)[name] for part in parts]) for name in names})


@dataclass(frozen=True)
class Maker:
    """Draws the classes of one year's cohort."""

    rng: Generator
    days: Days
    handling: Handling
    year: int

    def finished(self, n: int, *, late: int = 0) -> Cases:
        """Accepted and closed within the year; the first ``late`` after the statutory limit."""
        item = self._items(self.handling.weight, n)
        taken = self._taken(item)
        taken["days"][:late] = self._allowed(item, taken)[:late] + self.rng.integers(1, 13, late)
        wait = self._wait(item)
        applied = self._by_year_end(wait + taken["days"])
        accepted = self.days.number(applied) + wait
        return self._cases(item, applied, accepted, accepted + taken["days"], taken)

    def open_at_end(self, n: int, *, late: int = 0) -> Cases:
        """Accepted within the year, closed in the next one; the first ``late`` are late already."""
        h = self.handling
        item = self._items(h.weight * (h.promised[self.year] + 0.02 * h.immediate), n)
        taken = self._taken(item)
        taken["days"] = np.maximum(taken["days"], 1)
        accepted = self._last - self.rng.integers(0, taken["days"])
        overdue = self._allowed(item, taken)[:late] + self.rng.integers(1, 15, late)
        accepted[:late] = self._last - overdue
        taken["days"][:late] = overdue + self.rng.integers(1, 10, late)
        applied = self.days.day(accepted - self._wait(item))
        return self._cases(item, applied, accepted, accepted + taken["days"], taken)

    def pending_at_end(self, n: int, *, refused: int, ended: int) -> Cases:
        """Applied for within the year and decided upon in the next one."""
        item = self._items(np.sqrt(self.handling.weight), n)
        taken = self._taken(item)
        wait = self.rng.integers(1, 7, n)
        started = self._last - self.rng.integers(0, wait)
        decided = started + wait
        cases = self._cases(item, self.days.day(started), decided, decided + taken["days"], taken)
        fate = np.arange(n)
        return _turned_down(cases, fate < refused, (fate >= refused) & (fate < refused + ended))

    def not_accepted(self, n: int, *, ended: bool = False) -> Cases:
        """Not accepted within the year, or ended before any decision on acceptance."""
        item = self._items(self.handling.weight**0.7 * self.handling.careful, n)
        wait = self.rng.integers(0, 6, n)
        applied = self._by_year_end(wait)
        decided = self.days.number(applied) + wait
        cases = self._cases(item, applied, decided, decided, self._taken(item))
        every = np.ones(n, dtype=bool)
        return _turned_down(cases, ~every, every) if ended else _turned_down(cases, every, ~every)

    @property
    def _last(self) -> int:
        return self.days.last_number(self.year)

    def _by_year_end(self, needed: Ints) -> Ints:
        """Draw days of application that leave ``needed`` working days until the year's end."""
        return self.days.draw(self.rng, self.year, self._last - needed)

    def _items(self, weight: NDArray[np.float64], n: int) -> Ints:
        cumulated = np.cumsum(weight)
        drawn = self.rng.random(n) * cumulated[-1]
        return np.asarray(np.searchsorted(cumulated, drawn, side="right"))

    def _wait(self, item: Ints) -> Ints:
        """Working days until acceptance: mostly none, a few for what is looked through first."""
        n = len(item)
        share = np.where(self.handling.immediate[item], 0.04, 0.45)
        return np.where(self.rng.random(n) < share, 1 + self.rng.poisson(0.7, n), 0)

    def _taken(self, item: Ints) -> dict[str, Ints]:
        """Working days from acceptance to closing, extension and stops; never late by statute."""
        rng, n = self.rng, len(item)
        immediate, promised = self.handling.immediate[item], self.handling.promised[self.year][item]

        def some(share: float, most: int) -> Ints:
            there = ~immediate & (rng.random(n) < share)
            return np.where(there, rng.integers(1, most + 1, n), 0)

        extended, stopped, other = some(0.012, 10), some(0.05, 15), some(0.03, 8)
        usual = 1 + np.floor((promised - 1) * rng.beta(2.0, 2.6, n)).astype(np.int64)
        days = np.where(
            extended > 0, promised + rng.integers(1, np.maximum(extended, 1) + 1), usual
        )
        days += np.where(stopped + other > 0, rng.integers(0, stopped + other + 1), 0)
        days = np.where(immediate, rng.random(n) < 0.004, days)
        broken = rng.random(n) < 0.005
        days = np.where(broken, promised + extended + stopped + other + rng.integers(1, 4, n), days)
        taken = {"days": days, "extended": extended, "stopped": stopped, "stopped_other": other}
        taken["days"] = np.minimum(days, self._allowed(item, taken)).astype(np.int64)
        return taken

    def _allowed(self, item: Ints, taken: dict[str, Ints]) -> Ints:
        """Working days allowed by statute: limit, legal extension, Art. 45 stops."""
        allowed = self.handling.statutory[item] + np.minimum(taken["extended"], 10)
        return np.asarray(allowed + taken["stopped"])

    def _cases(
        self, item: Ints, applied: Ints, accepted: Ints, closed: Ints, taken: dict[str, Ints]
    ) -> Cases:
        return Cases(
            item=item,
            applied=applied,
            accepted=accepted,
            refused=np.full(len(item), NEVER),
            closed=closed,
            extended=taken["extended"],
            stopped=taken["stopped"],
            stopped_other=taken["stopped_other"],
            outcome=np.zeros(len(item), dtype=np.int64),
        )


def _turned_down(cases: Cases, refused: NDArray[np.bool_], ended: NDArray[np.bool_]) -> Cases:
    """Turn some cases into ones not accepted, and some into ones closed before acceptance."""
    decided, zero = cases.accepted, np.where(refused | ended, 0, 1)
    return replace(
        cases,
        accepted=np.where(refused | ended, NEVER, decided),
        refused=np.where(refused, decided, NEVER),
        closed=np.where(refused, NEVER, np.where(ended, decided, cases.closed)),
        extended=cases.extended * zero,
        stopped=cases.stopped * zero,
        stopped_other=cases.stopped_other * zero,
    )
