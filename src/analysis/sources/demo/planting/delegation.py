"""Delegated powers (事权下放): from the day of delegation on, their cases take longer."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.sources.demo.days import DAY
from analysis.sources.demo.planting.lengthen import lengthen
from analysis.sources.demo.planting.plant import Cohort, Plant
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.years import Made
from analysis.tables.codes.catalogue import COMMITMENT

LONGER = 1.25
ROOM = 5  # promised working days, so that there are some to take longer in
WAVES = ("2022-04-01", "2022-09-01", "2021-07-01")
MATTERS = ("power_source", "delegated_from", "delegated_on")


def delegate(items: pd.DataFrame) -> pd.DataFrame:
    """Let every second commitment item of a bureau be delegated, the largest one not.

    So there are cases to compare with in the same bureau. All items of a service go together.
    """
    committed = items["grain"].eq("handling") & items["case_type"].eq(COMMITMENT)
    committed &= items["promised_limit"] >= ROOM
    order = items[committed].sort_values(["bureau", "weight"], ascending=[True, False])
    services = order.drop_duplicates("service")
    second = services[services.groupby("bureau").cumcount() % 2 == 1]
    since = pd.Series(pd.to_datetime(np.resize(WAVES, len(second))), index=second["service"])
    left = order["service"][~order["service"].isin(since.index)]
    items = items.copy()
    kept, delegated = items["service"].isin(left), items["service"].isin(since.index)
    items.loc[kept, MATTERS] = ["1", None, None]
    items.loc[delegated, "power_source"] = "2"
    items.loc[delegated, "delegated_from"] = "示例市有关部门"
    items.loc[delegated, "delegated_on"] = items["service"].map(since)
    return items


def _longer(cohort: Cohort) -> Made:
    """Lengthen the commitment cases that were accepted after the delegation."""
    since = (
        cohort.catalogue.base["delegated_on"].to_numpy().astype("datetime64[s]").astype(np.int64)
    )
    since = np.where(cohort.catalogue.base["delegated_on"].isna(), np.iinfo(np.int64).max, since)
    cases, known = cohort.made.cases, cohort.finished & ~cohort.immediate
    accepted = cohort.days.day(np.where(known, cases.accepted, 0)) * DAY
    after = known & (accepted >= since[cases.item])
    rng = stream(cohort.year, Use.DELEGATION)
    return lengthen(cohort, rng, np.full(len(cases), LONGER), after, cases.item)


def _truth(year: int) -> dict[str, Any]:
    return {"duration_factor": LONGER, "volume_factor": 1.0, "delegated_on": list(WAVES)}


PLANT = Plant("delegation", _truth, course=_longer)
