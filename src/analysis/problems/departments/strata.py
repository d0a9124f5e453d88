"""Strata (事项结构): kinds of cases that departments are compared within.

Where several departments handle one item, cases of that item are compared. Most items have one
department; their cases are compared with those of the same case type, statutory limit and channel.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.statistics.facts import Facts

KEYS = ["item_code", "dept_code", "apply_channel", "case_type"]
LIMITS = (0.0, 10.0, 20.0)  # working days: up to 10, up to 20, longer


@dataclass(frozen=True)
class Aspect:
    """What departments are compared in.

    Attributes:
        term: of the events, in Chinese.
        events: tally rows of the cases in which it happens.
        cases: tally rows of the cases in which it could.
    """

    term: str
    events: Callable[[Facts], pd.DataFrame]
    cases: Callable[[Facts], pd.DataFrame]


def _promised(facts: Facts) -> pd.DataFrame:
    return facts.rows("promised_margin")


def _broken(facts: Facts) -> pd.DataFrame:
    rows = _promised(facts)
    return rows[rows["value"] < 0]


def _supplemented(facts: Facts) -> pd.DataFrame:
    known, once = facts.rows("accepted_supp_known"), facts.rows("accepted_one_pass")
    both = pd.concat([known, once.assign(n=-once["n"])])
    return both.groupby(KEYS)["n"].sum().reset_index()


BROKEN = Aspect("超承诺时限办结", _broken, _promised)
SUPPLEMENTED = Aspect("经过补正", _supplemented, lambda facts: facts.rows("accepted_supp_known"))
REFUSED = Aspect(
    "不予许可",
    lambda facts: facts.rows("completed", outcome="refused"),
    lambda facts: facts.rows("completed"),
)


def strata(grounds: Grounds, aspect: Aspect) -> pd.DataFrame:
    """Count events and cases by department, item and stratum.

    Returns:
        ``dept_code``, ``item_code``, ``stratum``, ``n`` cases, ``events``.
    """
    facts = grounds.facts
    cases = aspect.cases(facts).groupby(KEYS)["n"].sum()
    events = aspect.events(facts).groupby(KEYS)["n"].sum().reindex(cases.index, fill_value=0)
    table = pd.DataFrame({"n": cases, "events": events}).reset_index()
    departments = table.groupby("item_code")["dept_code"].transform("nunique")
    limits = facts.items.drop_duplicates("item_code", keep="last").set_index("item_code")
    limit = table["item_code"].map(limits["statutory_limit"].astype("float64"))
    band = np.searchsorted(LIMITS, limit.fillna(0.0)).astype(str)
    kind = table["case_type"] + "|" + band + "|" + table["apply_channel"]
    stratum = kind.where(departments == 1, table["item_code"])
    return (
        table.assign(stratum=stratum)
        .groupby(["dept_code", "item_code", "stratum"], as_index=False)[["n", "events"]]
        .sum()
    )
