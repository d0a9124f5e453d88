"""Items left out (未比较的下放事项) of a comparison, and how many cases they are."""

from dataclasses import dataclass

import pandas as pd

from analysis.problems.delegation.changes import LEAST_CASES, LEAST_MONTHS, VOLUME, lengths, waves
from analysis.problems.delegation.effects import Effect, Stacked
from analysis.problems.delegation.items import dated

# A change of less than half of the cases is not that of the delegated items.
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Volume:
    """Cases accepted a month: of the half years before and after, the months that the data cover.

    Attributes:
        before: the delegation.
        after: it.
    """

    before: float
    after: float

    def __str__(self) -> str:
        return f"月均受理由下放前的{self.before:,.1f}件变为下放后的{self.after:,.1f}件"


def left_out(items: pd.DataFrame, of: Stacked, found: Effect) -> tuple[int, str]:
    """Return how many delegated items were not compared, and why, in Chinese.

    Args:
        items: as ``items.licence_items`` returns them.
        of: what there was to compare.
        found: what was compared.
    """
    all_of = int(items["delegated"].sum())
    in_time, beside = len(dated(items, waves(of.months))), int(of.rows["treated"].sum())
    reasons = {
        f"没有下放日期,或数据没有下放前后各{LEAST_MONTHS}个月的": all_of - in_time,
        "同部门没有未下放事项可比的": in_time - beside,
        f"前后不都有{LEAST_CASES}件,或同部门没有这样的未下放事项的": beside - found.treated,
    }
    said = "、".join(f"{reason}{n}项" for reason, n in reasons.items() if n)
    return all_of - found.treated, said


def not_compared(of: Stacked, found: Effect) -> Volume:
    """Return the cases of the delegated items that could not be compared."""
    treated = of.rows.index[of.rows["treated"]]
    return _volume(of, treated.difference(found.rows.index))


def compared(of: Stacked, found: Effect) -> Volume:
    """Return the cases of the delegated items that were compared."""
    return _volume(of, found.rows.index[found.rows["treated"]])


def _volume(of: Stacked, places: pd.Index) -> Volume:
    near = of.near[of.near["row"].isin(places)]
    share = near[VOLUME.part] / lengths(near["wave"], near["k"] >= 0, of.months)
    later = near["k"] >= 0
    return Volume(float(share[~later].sum()), float(share[later].sum()))
