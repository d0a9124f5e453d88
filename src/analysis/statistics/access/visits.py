"""Visits (减跑动): how often an applicant must come, or did come; four definitions and one fact.

What 减跑动 0.0024 means nobody prints: the mean number of required visits is the default, the others
stand beside it.
"""

from fractions import Fraction
from functools import partial

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
from analysis.statistics.makers import item_share
from analysis.statistics.needs import ACCEPTED_NEED
from analysis.statistics.ratios import ratio_of
from analysis.statistics.scopes import PLATFORM_NEEDS, accepted_by_item, has_any, platform_handling
from analysis.statistics.sections import LEGAL
from analysis.tables.codes.catalogue import FULLY_ONLINE

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


_mean = partial(
    Figure,
    id="avg_trips",
    unit="次",
    kind=Kind.MEAN,
    grain=HANDLING,
    scope=PLATFORM_HANDLING,
    section=LEGAL,
    certainty=Certainty.UNPUBLISHED,
    decimals=4,
)


_share = partial(item_share, section=LEGAL, certainty=Certainty.PRACTICE)

FIGURES = (
    _mean(
        variant="item_mean",
        term="减跑动(平均到现场次数)",
        english="mean required visits",
        numerator="Σ到办事现场次数",
        denominator=ITEMS,
        source="口径未公开,按平均到现场次数计算",
        needs=REQUIRED,
        compute=_mean_over_items,
    ),
    _mean(
        variant="case_mean",
        term="减跑动(平均到现场次数,按办件加权)",
        english="mean required visits weighted by cases",
        numerator="Σ年内受理量×到办事现场次数",
        denominator="Σ年内受理量(到现场次数不明的业务办理项除外)",
        source="“减跑动”的另一种读法;未见来源",
        needs=(*ACCEPTED_NEED, *REQUIRED),
        compute=_mean_over_cases,
    ),
    _mean(
        variant="actual",
        term="减跑动(实际到现场次数)",
        english="mean visits made",
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="Σ实际到现场次数",
        denominator="年内办结、实际到现场次数已知的办件",
        source="“减跑动”的另一种读法;未见来源",
        needs=("cases.site_visits_actual", "cases.accepted_at", "cases.closed_at", "cases.outcome"),
        compute=ratio_of("completed_visits", "completed_visits_known"),
    ),
    _share(
        id="visits_zero_share",
        term="零跑动事项占比",
        english="share of items without a visit",
        numerator="到办事现场次数为0,或网上办理深度达到办理、结果信息反馈或电子证照反馈的业务办理项",
        denominator="到现场次数已知,或网上办理深度达到上述的业务办理项数",
        source="在线政务服务评估通行公式",
        needs=(*REQUIRED, "items.online_depth"),
        compute=_without,
    ),
    _share(
        id="at_most_one_trip_rate",
        variant="visits_le1_share",
        term="最多跑一次率",
        english="share of items with at most one visit",
        numerator="到办事现场次数不超过1次的业务办理项",
        denominator=ITEMS,
        source="事项管理系统通行做法",
        needs=REQUIRED,
        compute=_at_most_one,
    ),
)
