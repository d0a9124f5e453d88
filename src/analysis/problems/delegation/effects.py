"""Effects (前后差异之差): how delegated items changed beyond the others of their departments.

Each item's change is one observation, so months that hang together do no harm (Bertrand, Duflo &
Mullainathan 2004); departments and months of delegation are compared within themselves; an item that is
a control of several delegations makes one cluster.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.problems.clustered import Design, Estimate, dummies
from analysis.problems.delegation.changes import (
    LEAST_MONTHS,
    Measure,
    around,
    change,
    monthly,
    slope_before,
)
from analysis.problems.delegation.items import licence_items, stacks
from analysis.problems.delegation.panel import panel
from analysis.problems.grounds import Grounds

LEAST_TREATED = 5  # items: with fewer an interval does not hold what it promises


@dataclass(frozen=True)
class Effect:
    """How delegated items changed beyond the others.

    Attributes:
        estimate: in per cent if relative, else in percentage points.
        treated: delegated items.
        controls: items beside them.
    """

    estimate: Estimate
    treated: int
    controls: int


@dataclass(frozen=True)
class Stacked:
    """Delegated items and controls with the months around each delegation.

    Attributes:
        rows: as ``items.stacks`` returns them.
        near: as ``changes.around`` returns them.
        span: first and last month of the data.
    """

    rows: pd.DataFrame
    near: pd.DataFrame
    span: tuple[int, int]


def stacked(grounds: Grounds) -> Stacked:
    """Return what is compared; computed once for all questions."""
    data = grounds.once(panel)
    span = (int(data["month"].min()), int(data["month"].max())) if len(data) else (0, 0)
    rows = stacks(licence_items(grounds), *span, LEAST_MONTHS)
    return Stacked(rows, around(rows, data), span)


def effect(of: Stacked, measure: Measure) -> Effect | None:
    """Return how delegated items changed beyond the others; None with too few of them."""
    return contrast(of.rows, change(of.near, measure, of.span))


def trend_before(of: Stacked, measure: Measure) -> Effect | None:
    """Return by how much more a month the delegated items were changing before (平行趋势检验)."""
    return contrast(of.rows, slope_before(monthly(of.near, measure)))


def event_study(of: Stacked, measure: Measure) -> pd.DataFrame:
    """Return the difference month by month around the delegation (事件研究).

    Returns:
        ``k`` months since the delegation, ``value``, ``low``, ``high``, ``treated``, ``controls``;
        months with too few items are left out.
    """
    months = monthly(of.near, measure)
    found = {k: contrast(of.rows, months[k].dropna()) for k in sorted(months.columns)}
    rows = [
        (k, each.estimate.value, each.estimate.low, each.estimate.high, each.treated, each.controls)
        for k, each in found.items()
        if each is not None
    ]
    return pd.DataFrame(rows, columns=["k", "value", "low", "high", "treated", "controls"])


def contrast(rows: pd.DataFrame, changes: pd.Series) -> Effect | None:
    """Compare the changes of delegated items with those of the others of their departments.

    Args:
        rows: as ``items.stacks`` returns them.
        changes: by place in ``rows``, in any unit.
    """
    there = rows.loc[changes.index]
    within = pd.factorize(there["dept_code"] + "|" + there["wave"].astype("str"))[0]
    both = there.groupby(within)["treated"].transform("nunique") == 2
    there, within, y = there[both], within[both.to_numpy()], changes[both]
    treated = int(there["treated"].sum())
    if treated < LEAST_TREATED:
        return None
    groups = pd.factorize(there["item_code"])[0]
    design = Design.of(there["treated"].astype(float), groups, dummies(within))
    if design is None:
        return None
    controls = there.loc[~there["treated"], "item_code"].nunique()
    return Effect(design.estimate(y), treated, int(controls))
