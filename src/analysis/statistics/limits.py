"""Limits (办结时限): what the catalogue promises and the law allows, in working days."""

from fractions import Fraction
from functools import cache
from math import nan

import numpy as np
import pandas as pd

# 劳社部发〔2008〕3号: 250 working days a year; a month is a twelfth of them.
WORKING_DAYS = {
    "W": Fraction(1),
    "N": Fraction(250, 365),
    "M": Fraction(250, 12),
    "Y": Fraction(250),
    "H": Fraction(1, 8),
}
CONVERSION = "非工作日单位按每年250个工作日、每日8小时折算(劳社部发〔2008〕3号)"
LIMIT_NEEDS = tuple(
    f"items.{column}"
    for column in (
        "statutory_limit",
        "statutory_unit",
        "no_statutory_limit",
        "promised_limit",
        "promised_unit",
    )
)


def in_days(items: pd.DataFrame, limit: str) -> pd.Series:
    """Return the ``statutory`` or ``promised`` limits in working days: fractions, or nan.

    A limit without its unit is not known. A limit of 0.1 is a tenth, and not the nearest binary number.
    """
    value, unit = items[f"{limit}_limit"], items[f"{limit}_unit"]
    known = (value.notna() & unit.notna()).to_numpy()
    days = np.full(len(items), nan, dtype="object")
    days[known] = [*map(_working_days, value[known], unit[known])]
    return pd.Series(days, index=items.index, dtype="object")


@cache  # thousands of items have a few dozen limits, and a fraction read from text is slow
def _working_days(value: float, unit: str) -> Fraction:
    return Fraction(str(value)) * WORKING_DAYS[unit]


def limits(items: pd.DataFrame) -> pd.DataFrame:
    """Return statutory and promised limits in working days, of items that have both.

    Returns:
        Columns ``statutory`` and ``promised``, exact fractions.
    """
    limited = items[~items["no_statutory_limit"].fillna(False) & items["statutory_limit"].gt(0)]
    return pd.DataFrame(
        {name: in_days(limited, name) for name in ("statutory", "promised")}
    ).dropna()
