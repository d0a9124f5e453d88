"""Visits (减跑动): how often an applicant must come, or did come; four definitions and one fact.

What 减跑动 0.0024 means nobody prints: the mean number of required visits is the default, the others
stand beside it.
"""

from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    CASE,
    HANDLING,
    LICENCE_CASES,
    PLATFORM_HANDLING,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.needs import ACCEPTED_NEED
from analysis.statistics.ratios import Compute, ratio_of
from analysis.statistics.scopes import PLATFORM_NEEDS, accepted_by_item, has_any, platform_handling
from analysis.statistics.sections import LEGAL
from analysis.tables.codes import FULLY_ONLINE

REQUIRED = (*PLATFORM_NEEDS, "items.site_visits")
ITEMS = "到现场次数已知的业务办理项数"


def _mean_over_items(facts: Facts) -> Result:
    visits = platform_handling(facts)["site_visits"].dropna()
    return Result(Fraction(int(visits.sum())), Fraction(len(visits)))


def _mean_over_cases(facts: Facts) -> Result:
    items = platform_handling(facts).dropna(subset="site_visits")
    n = accepted_by_item(facts).reindex(items["item_code"], fill_value=0).to_numpy()
    visits = items["site_visits"].to_numpy(dtype="int64")
    return Result(Fraction(int((n * visits).sum())), Fraction(int(n.sum())))


def _without(facts: Facts) -> Result:
    items = platform_handling(facts)
    online = has_any(items["online_depth"], FULLY_ONLINE)
    none = items["site_visits"].eq(0).fillna(False) | online
    known = items["site_visits"].notna() | online
    return Result(Fraction(int(none.sum())), Fraction(int(known.sum())))


def _at_most_one(facts: Facts) -> Result:
    visits = platform_handling(facts)["site_visits"].dropna()
    return Result(Fraction(int(visits.le(1).sum())), Fraction(len(visits)))


def _mean(
    variant: str,
    term: str,
    english: str,
    numerator: str,
    denominator: str,
    source: str,
    compute: Compute,
    needs: tuple[str, ...],
    *,
    of_items: bool,
) -> Figure:
    return Figure(
        id="avg_trips",
        variant=variant,
        term=term,
        english=english,
        unit="次",
        kind=Kind.MEAN,
        grain=HANDLING if of_items else CASE,
        scope=PLATFORM_HANDLING if of_items else LICENCE_CASES,
        numerator=numerator,
        denominator=denominator,
        section=LEGAL,
        source=source,
        certainty=Certainty.UNPUBLISHED,
        decimals=4,
        needs=needs,
        compute=compute,
    )


def _share(
    figure_id: str,
    variant: str,
    term: str,
    english: str,
    numerator: str,
    source: str,
    compute: Compute,
    needs: tuple[str, ...],
    denominator: str = ITEMS,
) -> Figure:
    return Figure(
        id=figure_id,
        variant=variant,
        term=term,
        english=english,
        unit="%",
        kind=Kind.SHARE,
        grain=HANDLING,
        scope=PLATFORM_HANDLING,
        numerator=numerator,
        denominator=denominator,
        section=LEGAL,
        source=source,
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=needs,
        compute=compute,
    )


FIGURES = (
    _mean(
        "item_mean",
        "减跑动(平均到现场次数)",
        "mean required visits",
        "Σ到办事现场次数",
        ITEMS,
        "口径未公开,按平均到现场次数计算",
        _mean_over_items,
        REQUIRED,
        of_items=True,
    ),
    _mean(
        "case_mean",
        "减跑动(平均到现场次数,按办件加权)",
        "mean required visits weighted by cases",
        "Σ年内受理量×到办事现场次数",
        "Σ年内受理量(到现场次数不明的业务办理项除外)",
        "“减跑动”的另一种读法;未见来源",
        _mean_over_cases,
        (*ACCEPTED_NEED, *REQUIRED),
        of_items=True,
    ),
    _mean(
        "actual",
        "减跑动(实际到现场次数)",
        "mean visits made",
        "Σ实际到现场次数",
        "年内办结、实际到现场次数已知的办件",
        "“减跑动”的另一种读法;未见来源",
        ratio_of("completed_visits", "completed_visits_known"),
        ("cases.site_visits_actual", "cases.accepted_at", "cases.closed_at", "cases.outcome"),
        of_items=False,
    ),
    _share(
        "visits_zero_share",
        "",
        "零跑动事项占比",
        "share of items without a visit",
        "到办事现场次数为0,或网上办理深度达到办理、结果信息反馈或电子证照反馈的业务办理项",
        "在线政务服务评估通行公式",
        _without,
        (*REQUIRED, "items.online_depth"),
        "到现场次数已知,或网上办理深度达到上述的业务办理项数",
    ),
    _share(
        "at_most_one_trip_rate",
        "visits_le1_share",
        "最多跑一次率",
        "share of items with at most one visit",
        "到办事现场次数不超过1次的业务办理项",
        "事项管理系统通行做法",
        _at_most_one,
        REQUIRED,
    ),
)
