"""Supplements (补正): of one item, of one bureau more than of others, and applicants told again."""

from typing import Any

import numpy as np
from numpy.random import Generator

from analysis.sources.demo.cohort import Handling
from analysis.sources.demo.days import Bools, Ints
from analysis.sources.demo.planting.plant import Plant
from analysis.sources.demo.years import Made

ITEM, BUREAU = "建设项目用地预审与选址意见书核发(新办)—一般情形", "示例区农业农村局"
# Supplemented cases of an item, or of all items of a bureau alike, beyond what they have by themselves.
MORE = {2022: (ITEM, 2_500), 2023: (BUREAU, 500)}
TOLD_AGAIN = {2021: 60, 2022: 3_600, 2023: 1_000}  # cases, of those supplemented
THRICE = 0.2  # of these


def asked_more(rng: Generator, handling: Handling, made: Made, among: Bools) -> Ints:
    """Return which cases of the item or bureau are supplemented beside those that are anyway.

    Args:
        rng: for choosing.
        handling: the items.
        made: the cohort.
        among: the cases of the year that could be supplemented and are not.
    """
    name, n = MORE.get(made.year, (BUREAU, 0))
    mine = (handling.name == name) | (handling.bureau == name)
    return np.asarray(rng.choice(np.flatnonzero(among & mine[made.cases.item]), n, replace=False))


def rounds(rng: Generator, year: int, among: Bools) -> Ints:
    """Return how often each supplemented case is told: once, some twice, few three times.

    Args:
        rng: for choosing.
        year: the cohort's year.
        among: the cases with the time for three rounds, accepted and closed within the year.
    """
    told = np.ones(len(among), dtype=np.int64)
    n = TOLD_AGAIN.get(year, 0)
    again = rng.choice(np.flatnonzero(among), n, replace=False)
    told[again] = 2 + (rng.random(n) < THRICE)
    return told


def _truth(year: int) -> dict[str, Any]:
    name, n = MORE.get(year, ("", 0))
    return {
        "item_supplemented_more": {ITEM: n if name == ITEM else 0},
        "department_supplemented_more": {BUREAU: n if name == BUREAU else 0},
        "told_again": TOLD_AGAIN.get(year, 0),
    }


PLANT = Plant("supplements", _truth)
