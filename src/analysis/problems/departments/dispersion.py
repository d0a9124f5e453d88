"""Over-dispersion (过度离散): items of one department differ by more than chance lets them."""

import pandas as pd
from scipy.stats import chi2

ALPHA = 0.05  # of the test that items differ at all
LEAST_OF_ITEM = 5.0  # events expected: below it chi-square statistics do not hold (Cochran 1954)


def concentration(rows: pd.DataFrame) -> pd.Series:
    """Return by ``dept_code`` the sum of the squared shares of its items: 1 where it has but one.

    Args:
        rows: as ``reference.against_others`` returns them.
    """
    return (_share(_by_item(rows)) ** 2).groupby("dept_code").sum()


def unlikeness(rows: pd.DataFrame) -> float:
    """Return how unlike the items of one department are: the variance of their levels.

    An item's events vary as a Poisson count of expectation ``e``, and its level as one of variance
    ``tau2`` beside: together by ``e + tau2 e²``. Within a department, whose own level is taken from
    its events, the squares of the differences give ``tau2`` by moments, pooled. Only items of which
    enough events are expected tell anything: beside a large item a tiny one would say how far both
    are off, and be all that is known. Where Pearson's chi-square does not show that items differ,
    they are taken not to: an estimate from a few small items would be nearly all chance, and cost
    the power to see a department of twice the rate.

    Args:
        rows: as ``reference.against_others`` returns them.
    """
    items = _by_item(rows)
    events = items["events"].groupby("dept_code").transform("sum")
    items = items[_share(items) * events >= LEAST_OF_ITEM]
    share = _share(items)
    level = share * items["events"].groupby("dept_code").transform("sum")
    together = (share**2).groupby("dept_code").transform("sum")
    items, share, level = items[level > 0], share[level > 0], level[level > 0]
    squares = float(((items["events"] - level) ** 2 / level).sum())
    degrees = len(items) - items.index.get_level_values("dept_code").nunique()
    if not degrees or chi2.sf(squares, degrees) > ALPHA:
        return 0.0
    room = float((level * (1 - 2 * share + together)).sum())
    return (squares - degrees) / room


def _by_item(rows: pd.DataFrame) -> pd.DataFrame:
    expected = rows["n"] * rows["rest_events"] / rows["rest_n"]
    items = rows.assign(expected=expected).groupby(["dept_code", "item_code"])
    return items[["n", "events", "expected"]].sum()


def _share(items: pd.DataFrame) -> pd.Series:
    """Return each item's share of what is expected of its department; of its cases, where nothing is."""
    of = items.groupby("dept_code").transform("sum")
    return (items["expected"] / of["expected"]).where(of["expected"] > 0, items["n"] / of["n"])
