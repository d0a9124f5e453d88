"""Effects (前后差异之差): how delegated items changed beyond the others of their departments.

Each item's change is one observation, so months that hang together do no harm (Bertrand, Duflo &
Mullainathan 2004); departments and months of delegation are compared within themselves. The clusters are
the departments: items that one department took over together share whatever else happened to them then,
and its other items are the controls of all its delegations (Cameron & Miller 2015: the coarsest level).
So one department alone says nothing, however many items it took over.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.problems.clustered import Design, Estimate, dummies
from analysis.problems.delegation.changes import (
    Measure,
    around,
    change,
    monthly,
    slope_before,
    waves,
)
from analysis.problems.delegation.items import licence_items, stacks
from analysis.problems.delegation.panel import Panel, acceptances, handled
from analysis.problems.grounds import Grounds

# With fewer the t distribution says too much (Tipton 2015; Pustejovsky & Tipton 2018).
LEAST_DEGREES = 4
DECIMALS = 9  # beyond them a change is what rounding left of none


@dataclass(frozen=True)
class Effect:
    """How delegated items changed beyond the others.

    Attributes:
        rows: what was compared, as ``items.stacks`` returns it; ``treated`` ones and controls.
        estimate: of logarithms if relative, else in percentage points; None where it cannot be told.
    """

    rows: pd.DataFrame
    estimate: Estimate | None

    @property
    def treated(self) -> int:
        """How many delegated items."""
        return int(self.rows["treated"].sum())

    @property
    def controls(self) -> int:
        """How many items beside them."""
        return int(self.rows.loc[~self.rows["treated"], "item_code"].nunique())

    @property
    def departments(self) -> int:
        """How many departments."""
        return int(self.rows["dept_code"].nunique())


@dataclass(frozen=True)
class Stacked:
    """Delegated items and controls with the months around each delegation.

    Attributes:
        rows: as ``items.stacks`` returns them.
        near: as ``changes.around`` returns them.
        months: those of the data, numbered.
    """

    rows: pd.DataFrame
    near: pd.DataFrame
    months: tuple[int, ...]


def of_acceptances(grounds: Grounds) -> Stacked:
    """Return what is compared of the cases accepted."""
    return stacked(licence_items(grounds), acceptances(grounds))


def of_handled(grounds: Grounds) -> Stacked:
    """Return what is compared of the commitment cases."""
    return stacked(licence_items(grounds), handled(grounds))


def stacked(items: pd.DataFrame, data: Panel) -> Stacked:
    """Return what is compared, of the delegations with enough months of the data on both sides."""
    rows = stacks(items, waves(data.months))
    return Stacked(rows, around(rows, data.sums), data.months)


def effect(of: Stacked, measure: Measure) -> Effect:
    """Return how delegated items changed beyond the others."""
    return contrast(of.rows, change(of.near, measure, of.months))


def trend_before(of: Stacked, measure: Measure, compared: pd.DataFrame) -> Effect:
    """Return by how much more a month the delegated items were changing before (平行趋势检验).

    Args:
        of: the items with their months.
        measure: what is compared.
        compared: the rows of the effect, whose trend is asked for.
    """
    slopes = slope_before(monthly(of.near, measure))
    return contrast(of.rows, slopes[slopes.index.isin(compared.index)])


def event_study(of: Stacked, measure: Measure) -> pd.DataFrame:
    """Return the difference month by month around the delegation (事件研究).

    Returns:
        ``k`` months since the delegation, ``value``, ``low``, ``high``, ``treated``, ``controls``;
        months whose interval cannot be told are left out.
    """
    months = monthly(of.near, measure)
    found = {k: contrast(of.rows, months[k].dropna()) for k in sorted(months.columns)}
    rows = [
        (k, each.estimate.value, each.estimate.low, each.estimate.high, each.treated, each.controls)
        for k, each in found.items()
        if each.estimate is not None
    ]
    return pd.DataFrame(rows, columns=["k", "value", "low", "high", "treated", "controls"])


def contrast(rows: pd.DataFrame, changes: pd.Series) -> Effect:
    """Compare the changes of delegated items with those of the others of their departments.

    Args:
        rows: as ``items.stacks`` returns them.
        changes: by place in ``rows``, in any unit.
    """
    there = rows.loc[changes.index]
    within = pd.factorize(there["dept_code"] + "|" + there["wave"].astype("str"))[0]
    both = there.groupby(within)["treated"].transform("nunique") == 2
    there, within = there[both], within[both.to_numpy()]
    y = changes[both].round(DECIMALS)
    if there.empty:
        return Effect(there, None)
    groups = pd.factorize(there["dept_code"])[0]
    design = Design.of(there["treated"].astype(float), groups, dummies(within))
    if design is None or design.degrees < LEAST_DEGREES:
        return Effect(there, None)
    return Effect(there, design.estimate(y))
