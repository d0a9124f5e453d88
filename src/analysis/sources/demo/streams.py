"""Streams (随机数流): a generator of its own for each use, so that a new column leaves others alone."""

from enum import IntEnum

from numpy.random import PCG64, Generator

from analysis.sources.demo.calibration import SEED


class Use(IntEnum):
    """What a stream is drawn for."""

    SUPPLEMENTS = 1
    LATENESS = 2
    COURSE = 3
    STEPS = 4
    PEOPLE = 5
    DETAILS = 6
    RATINGS = 7
    INSPECTIONS = 8
    STAFF = 9
    LOADING = 10
    HABITS = 11
    ABSENCES = 12
    WORKLOAD = 13
    DELEGATION = 14
    DEPARTMENTS = 15
    DUPLICATES = 16
    STAMPS = 17
    RATED = 18
    BUNDLES = 19


def stream(year: int, use: Use) -> Generator:
    """Return the generator of a year (0: of all years) for one use."""
    return Generator(PCG64([SEED, year, use]))
