"""Comparisons (比较): the departments in all aspects, judged together, and who cannot be compared."""

from dataclasses import dataclass

import pandas as pd

from analysis.problems.departments.family import judged_together
from analysis.problems.departments.shrinkage import shrunk
from analysis.problems.departments.standardised import standardised
from analysis.problems.departments.strata import ASPECTS, BROKEN, Aspect, strata
from analysis.problems.grounds import Grounds
from analysis.statistics.needs import insufficient

LEAST = 3  # departments: two have no common level to lie around


@dataclass(frozen=True)
class Comparison:
    """What departments come to in one aspect.

    Attributes:
        table: as ``family.judged_together`` returns it, with ``shrunk``; no rows without cases.
        left_out: codes of the departments that have cases and cannot be compared.
    """

    table: pd.DataFrame
    left_out: tuple[str, ...]


def compared(grounds: Grounds, aspect: Aspect) -> Comparison:
    """Return the departments' ratios in one aspect, their p values adjusted over all aspects."""
    found = grounds.once(_comparisons).get(aspect.term)
    return found or Comparison(pd.DataFrame(), ())


def _comparisons(grounds: Grounds) -> dict[str, Comparison]:
    """Compare departments in all aspects that there are columns for: they are one family."""
    counted = {
        aspect.term: strata(grounds, aspect)
        for aspect in ASPECTS
        if not insufficient(grounds.facts, aspect.needs)
    }
    tables = {term: standardised(counts) for term, counts in counted.items() if len(counts)}
    out = {
        term: set(counted[term]["dept_code"]) - set(table.index) for term, table in tables.items()
    }
    # Of two nobody can say who is off.
    many = {term: table for term, table in tables.items() if len(table) >= LEAST}
    return {
        term: Comparison(table.assign(shrunk=shrunk(table)), tuple(sorted(map(str, out[term]))))
        for term, table in judged_together(many, BROKEN.term).items()
    }
