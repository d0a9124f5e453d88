"""Scopes (范围): the rows of the catalogue that figures are over."""

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.tables.codes import LICENCE


def platform_handling(facts: Facts) -> pd.DataFrame:
    """Return the licence items on the provincial system, in force, at their finest grain."""
    items = facts.in_force
    return items[(items["item_type"] == LICENCE) & items["in_prov_system"].fillna(False)]
