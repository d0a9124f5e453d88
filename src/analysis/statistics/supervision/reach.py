"""Reach of supervision (检查覆盖): how many licence holders were inspected, and how soon.

A holder counts once however often it was licensed or inspected, so nothing here adds up over
departments or places. Whose licence is still valid the tables do not say: the only holders known are
those licensed in the year.
"""

from fractions import Fraction
from functools import partial

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import HOLDER, Certainty, Figure, Kind, Result
from analysis.statistics.needs import COMPLETED_NEED, INSPECTIONS_NEED
from analysis.statistics.passes.holders import PLACE
from analysis.statistics.passes.oversight import count
from analysis.statistics.ratios import Compute, median_of
from analysis.statistics.sections import SUPERVISION
from analysis.statistics.supervision.inspections import SCOPE

HOLDER_KEY = "inspections.holder_key"
KEYS = (
    *COMPLETED_NEED,
    "cases.outcome=approved",
    "cases.applicant_key",
    *INSPECTIONS_NEED,
    HOLDER_KEY,
)
LICENSED = "年内(截止日前)办结、准予许可的被许可人"
FIRMS = f"{LICENSED},申请人类型为企业"
NOT_COUNTED = "以前年度许可的不在本年办件中,不计"
NOT_ADDED = "同一被许可人只计一个,各部门、各地的数不能相加"
OWN = "本项目建议:数据中没有许可证件的有效期,在册的被许可人总数无从知道"
UNLINKED = "数据不足:检查表的被许可人标识与办件表的申请人标识没有一个相同,两表对不起来"


def holders(facts: Facts) -> pd.DataFrame:
    """Return the counts of holders: of the whole place, or of the one department."""
    rows = facts.oversight["holders"]
    whole = rows["grain"] == PLACE
    return rows[whole] if whole.any() else rows


def _distinct(measure: str) -> Compute:
    return lambda facts: Result(Fraction(count(holders(facts), measure)))


def _inspected(suffix: str = "") -> Compute:
    """Return what share of the holders licensed was inspected: of all, or of those of a suffix."""

    def compute(facts: Facts) -> Result:
        rows = holders(facts)
        if count(rows, "unlinked"):
            return Result(None, reason=UNLINKED)
        inspected, licensed = f"licensed_inspected{suffix}", f"licensed{suffix}"
        return Result(Fraction(count(rows, inspected)), Fraction(count(rows, licensed)))

    return compute


def _lag(facts: Facts) -> Result:
    rows = holders(facts)
    if count(rows, "unlinked"):
        return Result(None, reason=UNLINKED)
    return median_of(rows[rows["measure"] == "lag"].groupby("value")["n"].sum())


_of_holders = partial(
    Figure, grain=HOLDER, section=SUPERVISION, source=OWN, certainty=Certainty.UNPUBLISHED
)
_count = partial(_of_holders, kind=Kind.COUNT, unit="个")
_coverage = partial(
    _of_holders,
    id="inspection_coverage",
    kind=Kind.SHARE,
    unit="%",
    numerator="其中年内被检查过的(不论由哪个部门检查)",
    decimals=2,
)

FIGURES = (
    _count(
        id="holders_inspected",
        term="被检查的被许可人",
        english="holders inspected",
        scope=f"{SCOPE};{NOT_ADDED}",
        numerator="被许可人标识,去重",
        needs=(*INSPECTIONS_NEED, HOLDER_KEY),
        compute=_distinct("inspected"),
    ),
    _count(
        id="holders_licensed",
        variant="all",
        term="年内被许可人",
        english="holders licensed in the year",
        scope=f"{LICENSED};{NOT_ADDED}",
        numerator="申请人标识,去重",
        needs=KEYS,
        compute=_distinct("licensed"),
    ),
    _coverage(
        variant="all",
        term="检查覆盖率",
        english="share of holders licensed in the year that were inspected",
        scope=f"{LICENSED};{NOT_COUNTED};{NOT_ADDED}",
        denominator=LICENSED,
        needs=KEYS,
        compute=_inspected(),
    ),
    _count(
        id="holders_licensed",
        variant="firms",
        term="年内被许可人(企业)",
        english="holders licensed in the year, firms",
        scope=f"{FIRMS};{NOT_ADDED}",
        numerator="申请人标识,去重",
        needs=(*KEYS, "cases.applicant_type"),
        compute=_distinct("licensed_firms"),
    ),
    _coverage(
        variant="firms",
        term="检查覆盖率(企业)",
        english="share of holders licensed in the year that were inspected, firms",
        scope=f"{FIRMS};{NOT_COUNTED};{NOT_ADDED}",
        denominator=FIRMS,
        needs=(*KEYS, "cases.applicant_type"),
        compute=_inspected("_firms"),
    ),
    _of_holders(
        id="permit_to_inspection_days",
        term="许可至首次检查的天数(中位数)",
        english="median days from permit to first inspection",
        unit="天",
        kind=Kind.MEDIAN,
        scope=f"{LICENSED},许可后已被检查的(不论由哪个部门检查);{NOT_ADDED}",
        numerator="年内首次准予许可的决定日至其后首次检查的自然日的中位数;截止日尚未检查的不计,所以偏短",
        decimals=1,
        needs=(*KEYS, "cases.decided_at"),
        compute=_lag,
    ),
)
