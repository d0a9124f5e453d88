"""Cases by item and kind (事项结构): what departments are compared in, and within what.

The kind of a case is its case type, the band of its item's statutory limit, and its channel.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.questions import LIMITS as PROMISED
from analysis.statistics.facts import Facts
from analysis.statistics.limits import in_days
from analysis.statistics.needs import ACCEPTED_NEED, COMPLETED_NEED

KEYS = ["item_code", "dept_code", "apply_channel", "case_type"]
BANDS = (0.0, 10.0, 20.0)  # working days: up to 10, up to 20, longer
MIX_NEED = ("cases.dept_code", "items.statutory_limit", "items.statutory_unit")


@dataclass(frozen=True)
class Aspect:
    """What departments are compared in.

    Attributes:
        term: of the events, in Chinese.
        events: tally rows of the cases in which it happens.
        cases: tally rows of the cases in which it could.
        scope: which cases these are, in Chinese.
        needs: as ``Figure.needs``.
    """

    term: str
    events: Callable[[Facts], pd.DataFrame]
    cases: Callable[[Facts], pd.DataFrame]
    scope: str
    needs: tuple[str, ...]


def _promised(facts: Facts) -> pd.DataFrame:
    return facts.rows("promised_margin")


def _broken(facts: Facts) -> pd.DataFrame:
    rows = _promised(facts)
    return rows[rows["value"] < 0]


def _supplemented(facts: Facts) -> pd.DataFrame:
    known, once = facts.rows("accepted_supp_known"), facts.rows("accepted_one_pass")
    both = pd.concat([known, once.assign(n=-once["n"])])
    return both.groupby(KEYS)["n"].sum().reset_index()


BROKEN = Aspect(
    "超承诺时限办结",
    _broken,
    _promised,
    "年内办结、有承诺时限的行政许可办件",
    (*COMPLETED_NEED, *MIX_NEED, *PROMISED),
)
SUPPLEMENTED = Aspect(
    "经过补正",
    _supplemented,
    lambda facts: facts.rows("accepted_supp_known"),
    "年内受理、补正次数已知的行政许可办件",
    (*ACCEPTED_NEED, *MIX_NEED, "cases.supp_rounds"),
)
REFUSED = Aspect(
    "不予许可",
    lambda facts: facts.rows("completed", outcome="refused"),
    lambda facts: facts.rows("completed"),
    "年内办结的行政许可办件",
    (*COMPLETED_NEED, *MIX_NEED, "cases.outcome=refused"),
)
ASPECTS = (BROKEN, SUPPLEMENTED, REFUSED)


def strata(grounds: Grounds, aspect: Aspect) -> pd.DataFrame:
    """Count events and cases by department, item and kind.

    Returns:
        ``dept_code``, ``item_code``, ``kind``, ``n`` cases, ``events``.
    """
    facts = grounds.facts
    cases = aspect.cases(facts).groupby(KEYS)["n"].sum()
    events = aspect.events(facts).groupby(KEYS)["n"].sum().reindex(cases.index, fill_value=0)
    table = pd.DataFrame({"n": cases, "events": events}).reset_index()
    items = facts.items.drop_duplicates("item_code", keep="last").set_index("item_code")
    limit = table["item_code"].map(in_days(items, "statutory").astype("float64"))
    band = np.searchsorted(BANDS, limit.fillna(0.0)).astype(str)
    table["kind"] = table["case_type"] + "|" + band + "|" + table["apply_channel"]
    return table.groupby(["dept_code", "item_code", "kind"], as_index=False)[["n", "events"]].sum()
