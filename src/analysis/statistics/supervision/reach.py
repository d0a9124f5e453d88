"""Reach of supervision (检查覆盖): how many licence holders were inspected, and how soon.

A holder counts once however often it was licensed or inspected, so nothing here adds up over
departments or places. Whose licence is still valid the tables do not say: the only holders known are
those licensed in the year.
"""

from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import HOLDER, Certainty, Figure, Kind, Result
from analysis.statistics.passes.holders import PLACE
from analysis.statistics.passes.oversight import count
from analysis.statistics.ratios import median_of
from analysis.statistics.sections import SUPERVISION
from analysis.statistics.supervision.inspections import SCOPE

HOLDER_KEY, APPLICANT_KEY = "inspections.holder_key", "cases.applicant_key"
LICENSED = "年内(截止日前)办结、准予许可的被许可人"
NOT_ADDED = "同一被许可人只计一个,各部门、各地的数不能相加"
OWN = "本项目建议:数据中没有许可证件的有效期,在册的被许可人总数无从知道"
UNLINKED = "数据不足:检查表的被许可人标识与办件表的申请人标识没有一个相同,两表对不起来"
Compute = Callable[[Facts], Result]


def holders(facts: Facts) -> pd.DataFrame:
    """Return the counts of holders: of the whole place, or of the one department."""
    rows = facts.oversight["holders"]
    whole = rows["grain"] == PLACE
    return rows[whole] if whole.any() else rows


def _distinct(measure: str) -> Compute:
    return lambda facts: Result(Fraction(count(holders(facts), measure)))


def _coverage(suffix: str) -> Compute:
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


def _figure(
    key: tuple[str, str],
    term: str,
    english: str,
    kind: Kind,
    scope: str,
    numerator: str,
    compute: Compute,
    needs: tuple[str, ...],
    *,
    denominator: str = "",
) -> Figure:
    figure_id, variant = key
    return Figure(
        id=figure_id,
        variant=variant,
        term=term,
        english=english,
        unit={Kind.SHARE: "%", Kind.MEDIAN: "天"}.get(kind, "个"),
        kind=kind,
        grain=HOLDER,
        scope=f"{scope};{NOT_ADDED}",
        numerator=numerator,
        denominator=denominator,
        section=SUPERVISION,
        source=OWN,
        certainty=Certainty.UNPUBLISHED,
        decimals={Kind.SHARE: 2, Kind.MEDIAN: 1}.get(kind, 0),
        needs=(HOLDER_KEY, *needs),
        compute=compute,
    )


def _licensed(
    variant: str, suffix: str, term: str, english: str, who: str, needs: tuple[str, ...]
) -> tuple[Figure, Figure]:
    """Return how many holders were licensed, and what share of them was inspected."""
    return (
        _figure(
            ("holders_licensed", variant),
            f"年内被许可人{term}",
            f"holders licensed in the year{english}",
            Kind.COUNT,
            f"{LICENSED}{who}",
            "申请人标识,去重",
            _distinct(f"licensed{suffix}"),
            (APPLICANT_KEY, *needs),
        ),
        _figure(
            ("inspection_coverage", variant),
            f"检查覆盖率{term}",
            f"share of holders licensed in the year that were inspected{english}",
            Kind.SHARE,
            f"{LICENSED}{who};以前年度许可的不在本年办件中,不计",
            "其中年内被检查过的(不论由哪个部门检查)",
            _coverage(suffix),
            (APPLICANT_KEY, *needs),
            denominator=f"{LICENSED}{who}",
        ),
    )


FIGURES = (
    _figure(
        ("holders_inspected", ""),
        "被检查的被许可人",
        "holders inspected",
        Kind.COUNT,
        SCOPE,
        "被许可人标识,去重",
        _distinct("inspected"),
        (),
    ),
    *_licensed("all", "", "", "", "", ()),
    *_licensed(
        "firms", "_firms", "(企业)", ", firms", ",申请人类型为企业", ("cases.applicant_type",)
    ),
    _figure(
        ("permit_to_inspection_days", ""),
        "许可至首次检查的天数(中位数)",
        "median days from permit to first inspection",
        Kind.MEDIAN,
        f"{LICENSED},许可后已被检查的(不论由哪个部门检查)",
        "年内首次准予许可的决定日至其后首次检查的自然日的中位数;截止日尚未检查的不计,所以偏短",
        _lag,
        (APPLICANT_KEY, "cases.decided_at"),
    ),
)
