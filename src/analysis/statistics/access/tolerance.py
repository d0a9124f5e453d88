"""Tolerance (容缺受理): services on the list, and cases that made use of it.

The list covers all services on application; the cases are licence cases.
"""

from fractions import Fraction
from functools import partial

import pandas as pd

from analysis.statistics.access.listed import listed
from analysis.statistics.facts import Facts
from analysis.statistics.figure import DEPARTMENT, SERVICE, Certainty, Result
from analysis.statistics.makers import case_count, case_share, share
from analysis.statistics.ratios import count_of, ratio_of, share_of
from analysis.statistics.scopes import LICENCE_NEEDS, SERVICE_NEEDS, licences, services
from analysis.statistics.sections import INNOVATION

TOLERANCE = "广东省优化营商环境条例(2022)第32条"
ON_LIST, USED = ("items.tolerance_ok",), ("cases.tolerance_used",)
ACCEPTED = ("cases.accepted_at",)
COMPLETED = ("cases.accepted_at", "cases.closed_at", "cases.outcome")


def tolerant(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services that may be accepted with secondary materials missing (容缺受理)."""
    found = services(items)
    return found[found["tolerance_ok"].fillna(False)]


def _used_items(facts: Facts) -> Result:
    items = licences(tolerant(facts.in_force))
    used = items["item_code"].isin(facts.coded_rows("accepted_tolerance")["item_code"].unique())
    return Result(
        Fraction(items.loc[used, "impl_code"].nunique()), Fraction(items["impl_code"].nunique())
    )


_tolerant = partial(listed, source=TOLERANCE, needs=ON_LIST, select=tolerant)
_cases = partial(case_count, section=INNOVATION, source=TOLERANCE, certainty=Certainty.PRACTICE)
_case_share = partial(
    case_share, section=INNOVATION, source=TOLERANCE, certainty=Certainty.PRACTICE
)

FIGURES = (
    _tolerant(
        id="tolerant_items_before",
        term="容缺受理事项(上年末)",
        english="tolerance items, year before",
        numerator="上年末可容缺受理的事项",
        before=True,
    ),
    _tolerant(
        id="tolerant_departments_before",
        term="容缺受理事项所涉部门(上年末)",
        english="departments with tolerance items, year before",
        grain=DEPARTMENT,
        numerator="上年末有容缺受理事项的部门",
        before=True,
    ),
    _tolerant(
        id="tolerant_items",
        term="容缺受理事项",
        english="tolerance items",
        numerator="可容缺受理的事项",
    ),
    _tolerant(
        id="tolerant_departments",
        term="容缺受理事项所涉部门",
        english="departments with tolerance items",
        grain=DEPARTMENT,
        numerator="有容缺受理事项的部门",
    ),
    share(
        id="tolerant_items_used",
        term="容缺受理事项使用率",
        english="share of tolerance items made use of",
        grain=SERVICE,
        scope="截止日有效、可容缺受理的行政许可事项",
        numerator="年内有容缺受理件的事项",
        denominator="可容缺受理的行政许可事项",
        section=INNOVATION,
        source=TOLERANCE,
        certainty=Certainty.PRACTICE,
        needs=(
            *LICENCE_NEEDS,
            *SERVICE_NEEDS,
            "items.item_code",
            "items.impl_code",
            *ON_LIST,
            "cases.item_code",
            *USED,
            *ACCEPTED,
        ),
        compute=_used_items,
    ),
    _cases(
        id="tolerance_cases",
        term="容缺受理件",
        english="cases accepted with materials missing",
        numerator="年内受理的容缺受理件",
        needs=(*USED, *ACCEPTED),
        compute=count_of("accepted_tolerance"),
    ),
    _case_share(
        id="tolerance_case_share",
        term="容缺受理件占比",
        english="share of cases accepted with materials missing",
        numerator="年内受理的容缺受理件",
        denominator="年内受理量",
        needs=(*USED, *ACCEPTED),
        compute=ratio_of("accepted_tolerance", "accepted"),
    ),
    _cases(
        id="tolerance_completed",
        term="容缺受理件办结量",
        english="tolerance cases completed",
        numerator="年内办结的容缺受理件(不论何年受理)",
        needs=(*USED, *COMPLETED),
        compute=count_of("completed_tolerance"),
    ),
    _case_share(
        id="tolerance_lapsed_share",
        term="容缺受理件逾期未补占比",
        english="share of tolerance cases that lapsed",
        numerator="年内以“补正不来”办结的容缺受理件",
        denominator="年内办结的容缺受理件",
        needs=(*USED, *COMPLETED),
        compute=share_of("completed_tolerance", outcome="supp_lapsed"),
    ),
)
