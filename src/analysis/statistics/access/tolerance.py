"""Tolerance (容缺受理): services on the list, and cases that made use of it.

The list covers all services on application; the cases are licence cases.
"""

from fractions import Fraction

import pandas as pd

from analysis.statistics.access.listed import listed, use_of_list
from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    DEPARTMENT,
    SERVICE,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.ratios import count_of, ratio_of
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


def _lapsed(facts: Facts) -> Result:
    return Result(
        Fraction(facts.n("completed_tolerance", outcome="supp_lapsed")),
        Fraction(facts.n("completed_tolerance")),
    )


FIGURES = (
    listed(
        "tolerant_items_before",
        "容缺受理事项(上年末)",
        "tolerance items, year before",
        "上年末可容缺受理的事项",
        TOLERANCE,
        tolerant,
        ON_LIST,
        before=True,
    ),
    listed(
        "tolerant_departments_before",
        "容缺受理事项所涉部门(上年末)",
        "departments with tolerance items, year before",
        "上年末有容缺受理事项的部门",
        TOLERANCE,
        tolerant,
        ON_LIST,
        grain=DEPARTMENT,
        before=True,
    ),
    listed(
        "tolerant_items",
        "容缺受理事项",
        "tolerance items",
        "可容缺受理的事项",
        TOLERANCE,
        tolerant,
        ON_LIST,
    ),
    listed(
        "tolerant_departments",
        "容缺受理事项所涉部门",
        "departments with tolerance items",
        "有容缺受理事项的部门",
        TOLERANCE,
        tolerant,
        ON_LIST,
        grain=DEPARTMENT,
    ),
    Figure(
        id="tolerant_items_used",
        term="容缺受理事项使用率",
        english="share of tolerance items made use of",
        unit="%",
        kind=Kind.SHARE,
        grain=SERVICE,
        scope="截止日有效、可容缺受理的行政许可事项",
        numerator="年内有容缺受理件的事项",
        denominator="可容缺受理的行政许可事项",
        section=INNOVATION,
        source=TOLERANCE,
        certainty=Certainty.PRACTICE,
        decimals=2,
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
    use_of_list(
        "tolerance_cases",
        "容缺受理件",
        "cases accepted with materials missing",
        "年内受理的容缺受理件",
        TOLERANCE,
        count_of("accepted_tolerance"),
        (*USED, *ACCEPTED),
    ),
    use_of_list(
        "tolerance_case_share",
        "容缺受理件占比",
        "share of cases accepted with materials missing",
        "年内受理的容缺受理件",
        TOLERANCE,
        ratio_of("accepted_tolerance", "accepted"),
        (*USED, *ACCEPTED),
        "年内受理量",
    ),
    use_of_list(
        "tolerance_completed",
        "容缺受理件办结量",
        "tolerance cases completed",
        "年内办结的容缺受理件(不论何年受理)",
        TOLERANCE,
        count_of("completed_tolerance"),
        (*USED, *COMPLETED),
    ),
    use_of_list(
        "tolerance_lapsed_share",
        "容缺受理件逾期未补占比",
        "share of tolerance cases that lapsed",
        "年内以“补正不来”办结的容缺受理件",
        TOLERANCE,
        _lapsed,
        (*USED, *COMPLETED),
        "年内办结的容缺受理件",
    ),
)
