"""Versions (事项版本): how the demo catalogue changes over the years."""

import pandas as pd
from numpy.random import Generator

from analysis.sources.demo import calibration as given
from analysis.tables.codes.catalogue import COMMITMENT

ONE_DAY = pd.Timedelta(days=1)


def evolve(rng: Generator, items: pd.DataFrame) -> pd.DataFrame:
    """Return the catalogue with all its versions; what it is at the end of 2022 stays as given.

    Promises are shortened at the start of 2022 and of 2023, five services become tolerance
    services in 2022 and six in 2023, and some services are dropped in 2021 or added in 2023.
    """
    committed = items["case_type"].eq(COMMITMENT) & items["grain"].eq("handling")
    now = items.loc[committed, "promised_limit"]
    longer = (now + rng.integers(1, 4, len(now))).clip(
        upper=items.loc[committed, "statutory_limit"]
    )
    shorter = (now - rng.integers(0, 3, len(now))).clip(lower=1)
    services = items.drop_duplicates("service").set_index("service")
    tolerant = services.index[services["tolerance_ok"]]
    several = services.loc[tolerant, "bureau"].duplicated(keep="first")
    fresh = tolerant[several][: given.TOLERANT - given.TOLERANT_BEFORE]
    later = services.index[~services["tolerance_ok"]][:6]

    first = items.assign(row=items.index)
    first.loc[committed, "promised_limit"] = longer
    first.loc[first["service"].isin(fresh), "tolerance_ok"] = False
    versions = _revise(first, "row", now.index, "2022-01-01", "promised_limit", now)
    versions = _revise(versions, "service", fresh, "2022-06-15", "tolerance_ok", True)
    versions = _revise(versions, "row", now.index, "2023-01-01", "promised_limit", shorter)
    versions = _revise(versions, "service", later, "2023-05-01", "tolerance_ok", True)
    return pd.concat([versions, *_come_and_go(rng, items)], ignore_index=True)


def _revise(
    versions: pd.DataFrame,
    key: str,
    which: pd.Index,
    since: str,
    column: str,
    value: pd.Series | bool,
) -> pd.DataFrame:
    """End the current version of the rows whose ``key`` is among ``which``; add the next one.

    ``value`` is what ``column`` becomes: one value, or a series by catalogue row.
    """
    began = pd.Timestamp(since)
    current = versions[key].isin(which) & versions["valid_to"].isna()
    following = versions[current].copy()
    following[column] = following["row"].map(value) if isinstance(value, pd.Series) else value
    following["item_version"] += 1
    following["valid_from"] = began
    ended = versions.copy()
    ended.loc[current, "valid_to"] = began - ONE_DAY
    return pd.concat([ended, following], ignore_index=True)


def _come_and_go(rng: Generator, items: pd.DataFrame) -> list[pd.DataFrame]:
    """Return services that ended in 2021, and ones that came in 2023: none at the end of 2022."""
    pattern = items[items["grain"].eq("sub") & ~items["in_prov_system"]]
    chosen = pattern.loc[rng.choice(pattern.index, 26, replace=False)].copy()
    chosen["impl_code"] += "X"
    chosen["item_code"] = chosen["impl_code"]
    chosen["item_name"] += "(试点)"
    chosen["tolerance_ok"] = False
    gone, come = chosen.iloc[:12].copy(), chosen.iloc[12:].copy()
    gone["valid_to"] = pd.Timestamp("2021-09-30")
    gone["item_status"] = "3"
    come["valid_from"] = pd.Timestamp("2023-03-01")
    return [gone, come]
