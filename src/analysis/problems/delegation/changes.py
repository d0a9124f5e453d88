"""Changes (前后变化) of each item from before to after a delegation, and month by month around it."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

HALF = 6  # months looked at before and after
LEAST_MONTHS = 3  # months with data that must lie on each side
LEAST_CASES = 30  # on each side
LEAST_IN_MONTH = 5  # for a month of its own


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

    @property
    def unit(self) -> str:
        """The unit of a change, in Chinese."""
        return "%" if self.relative else "个百分点"

    def shown(self, value: float) -> float:
        """Return a change in its unit."""
        return float(100 * np.expm1(value)) if self.relative else value


DURATION = Measure("平均用时", "days", "closed", relative=True)
VOLUME = Measure("受理量", "accepted", "", relative=True)
SUPPLEMENTS = Measure("补正占比", "supplemented", "closed", relative=False)
LATENESS = Measure("超承诺时限占比", "late", "promised", relative=False)


def sides(wave: int, months: Collection[int]) -> tuple[int, int]:
    """Return how many months of the data lie in the half years before and after a delegation.

    Args:
        wave: number of the first whole month after it.
        months: those of the data, numbered.
    """
    return (
        sum(month in months for month in range(wave - HALF, wave)),
        sum(month in months for month in range(wave, wave + HALF)),
    )


def lengths(wave: pd.Series, later: pd.Series, months: Collection[int]) -> pd.Series:
    """Return how many months of the data lie on the side of a delegation that is looked at.

    Args:
        wave: of each row.
        later: whether the half year after it is looked at.
        months: those of the data, numbered.
    """
    both = {each: sides(each, months) for each in wave.unique()}
    counted = [both[each][side] for each, side in zip(wave, later.astype(int), strict=True)]
    return pd.Series(counted, index=wave.index, dtype="float64")


def waves(months: Collection[int]) -> list[int]:
    """Return the months of delegation with enough months of the data on both sides."""
    return [wave for wave in sorted(months) if min(sides(wave, months)) >= LEAST_MONTHS]


def around(stacked: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """Return the months around each stacked row's delegation.

    Args:
        stacked: as ``items.stacks`` returns them.
        sums: as ``panel.Panel`` holds them.

    Returns:
        The columns of both and ``k``, months since the delegation (-6 to 5); ``row``, the place in
        ``stacked``. Months without a case are not there.
    """
    rows = stacked.rename_axis("row").reset_index().merge(sums, on="item_code")
    rows["k"] = rows["month"] - rows["wave"]
    return rows[rows["k"].between(-HALF, HALF - 1)]


def change(near: pd.DataFrame, measure: Measure, months: Collection[int]) -> pd.Series:
    """Return each stacked row's change from before to after, by its place.

    Args:
        near: as ``around`` returns it.
        measure: what is compared.
        months: those of the data, for numbers per month.
    """
    before, after = (_level(near[side], measure) for side in (near["k"] < 0, near["k"] >= 0))
    if not measure.whole:
        wave = near.groupby("row")["wave"].first()
        for side, later in ((before, False), (after, True)):
            side -= np.log(lengths(wave, pd.Series(later, index=wave.index), months))
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
    sums = side.groupby("row")[list({measure.part, measure.base})].sum()
    return _value(sums, measure).where(sums[measure.base] >= LEAST_CASES)


def _value(sums: pd.DataFrame, measure: Measure) -> pd.Series:
    part = sums[measure.part].astype("float64")
    value = part / sums[measure.whole].where(sums[measure.whole] > 0) if measure.whole else part
    return value.where(value > 0).map(np.log) if measure.relative else 100 * value
