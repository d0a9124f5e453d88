"""Changes (前后变化) of each item from before to after a delegation, and month by month around it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

HALF = 6  # months looked at before and after
LEAST_MONTHS = 3  # months that must lie on each side
LEAST_CASES = 30  # on each side
LEAST_IN_MONTH = 5  # for a month of its own
SIDES = ("accepted", "closed", "days", "supplemented", "late")


@dataclass(frozen=True)
class Measure:
    """What is compared before and after.

    Attributes:
        term: in Chinese.
        part: the sum looked at.
        whole: the sum that it is divided by; empty for a number per month.
        relative: whether the change is relative (of logarithms) or of shares.
    """

    term: str
    part: str
    whole: str
    relative: bool

    @property
    def base(self) -> str:
        """The sum that must be large enough."""
        return self.whole or self.part


DURATION = Measure("平均用时", "days", "closed", relative=True)
VOLUME = Measure("受理量", "accepted", "", relative=True)
SUPPLEMENTS = Measure("补正占比", "supplemented", "closed", relative=False)
LATENESS = Measure("超承诺时限占比", "late", "closed", relative=False)


def around(stacked: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """Return the months of the panel around each stacked row's delegation.

    Returns:
        The columns of both and ``k``, months since the delegation (-6 to 5); ``row``, the place in
        ``stacked``. Months without a case are not there.
    """
    rows = stacked.rename_axis("row").reset_index().merge(panel, on="item_code")
    rows["k"] = rows["month"] - rows["wave"]
    return rows[rows["k"].between(-HALF, HALF - 1)]


def change(near: pd.DataFrame, measure: Measure, span: tuple[int, int]) -> pd.Series:
    """Return each stacked row's change from before to after, by its place.

    Args:
        near: as ``around`` returns it.
        measure: what is compared.
        span: first and last month of the data, for numbers per month.
    """
    before, after = (_level(near[side], measure) for side in (near["k"] < 0, near["k"] >= 0))
    if not measure.whole:
        waves = near.groupby("row")["wave"].first()
        before = before - np.log(np.minimum(waves - span[0], HALF).astype(float))
        after = after - np.log(np.minimum(span[1] - waves + 1, HALF).astype(float))
    return (after - before).dropna()


def monthly(near: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return each stacked row's values month by month, less its value before: a column a ``k``."""
    value = _value(near, measure).where(near[measure.base] >= LEAST_IN_MONTH)
    wide = value.groupby([near["row"], near["k"]]).first().unstack("k")
    return wide.sub(_level(near[near["k"] < 0], measure), axis=0)


def slope_before(months: pd.DataFrame) -> pd.Series:
    """Return each stacked row's slope a month before the delegation; three months at least."""
    early = months[[k for k in months.columns if int(k) < 0]]
    k = pd.DataFrame(
        np.broadcast_to(np.array(early.columns, dtype=float), early.shape),
        index=early.index,
        columns=early.columns,
    ).where(early.notna())
    centred = k.sub(k.mean(axis=1), axis=0)
    slope = (centred * early).sum(axis=1) / (centred**2).sum(axis=1)
    return slope[early.notna().sum(axis=1) >= LEAST_MONTHS].dropna()


def _level(side: pd.DataFrame, measure: Measure) -> pd.Series:
    """Return each stacked row's value over a side; null with too few cases."""
    sums = side.groupby("row")[list(SIDES)].sum()
    return _value(sums, measure).where(sums[measure.base] >= LEAST_CASES)


def _value(sums: pd.DataFrame, measure: Measure) -> pd.Series:
    part = sums[measure.part].astype("float64")
    value = part / sums[measure.whole].where(sums[measure.whole] > 0) if measure.whole else part
    return value.where(value > 0).map(np.log) if measure.relative else 100 * value
