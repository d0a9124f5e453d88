"""Absences (缺员): months in which fewer people of a bureau approve, so that load varies by bureau."""

import numpy as np
from numpy.typing import NDArray

from analysis.sources.demo.streams import Use, stream

THERE = 0.6  # of the usual staff, in such a month
MONTHS = 3  # a year and bureau


def present(year: int, bureaux: int) -> NDArray[np.float64]:
    """Return the share of the approving staff that is there, shape (bureaux, 12)."""
    away = stream(year, Use.ABSENCES).random((bureaux, 12)).argsort(axis=1) < MONTHS
    return np.where(away, THERE, 1.0)
