"""What a peer has counted, and all figures of it, as numerator and denominator.

Putting numbers together takes no time. Nothing here is taken from ``analysis``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from of_cases import figures_of_cases
from of_catalogue import Limit, figures_of_catalogue
from of_days import Days, figures_of_days
from of_supervision import figures_of_supervision


@dataclass(frozen=True)
class Counted:
    """What a peer has counted.

    Attributes:
        n: numbers by name, of all tables.
        limits: the limits of the licence items on the platform that have a statutory one.
        completed: working days of commitment cases completed in the year.
        closed: those of commitment cases accepted and completed in the year, without stops.
        still_open: those of commitment cases accepted in the year and open, so far, without stops.
    """

    n: Mapping[str, int | float | Decimal]
    limits: list[Limit]
    completed: Days
    closed: Days
    still_open: Days


def results(counted: Counted) -> dict[str, list[str]]:
    """Return numerator and denominator (empty for counts and medians) by ``id variant``."""
    n = {name: Fraction(value) for name, value in counted.n.items()}
    both = {
        **figures_of_cases(n),
        **figures_of_days(counted.completed, counted.closed, counted.still_open),
        **figures_of_catalogue(n, counted.limits),
        **figures_of_supervision(n),
    }
    return {
        key: [str(value) for value in (made if isinstance(made, tuple) else (made, ""))]
        for key, made in both.items()
    }
