"""Ratings (好差评): what all figures of them share – levels, scope, sources, and how they are counted.

1 is 非常满意 (GB/T 39046); other systems count the other way and are converted on import. No score is
computed: its weights are not public, and 10/8/6/4/2 does not give the published one.
"""

from fractions import Fraction
from functools import partial
from typing import Any

from analysis.statistics import makers
from analysis.statistics.facts import Facts
from analysis.statistics.figure import RATING, Certainty, Figure, Result
from analysis.statistics.needs import RATINGS_NEED
from analysis.statistics.passes.oversight import count
from analysis.statistics.passes.rated import RECTIFICATION_LIMIT
from analysis.statistics.sections import SUPERVISION
from analysis.tables.codes.oversight import SATISFACTION

SCOPE = "年内(截止日前)对行政许可办件的评价(含没有填写事项和未入目录的),每一轮评价各计一条"
LEVELS = tuple(SATISFACTION.terms)
LEVEL, IS_DEFAULT, CASE_ID = (f"evaluations.{c}" for c in ("satisfaction", "is_default", "case_id"))
ORDERS = (*RATINGS_NEED, LEVEL, "evaluations.order_created_at", "evaluations.rectified_at")
# Which levels, under which name.
SATISFIED_3 = (LEVELS[:3], "非常满意、满意和基本满意的评价")
SATISFIED_2 = (LEVELS[:2], "非常满意和满意的评价")
BAD = (LEVELS[3:], "不满意和非常不满意的评价")
VALID = (LEVELS, "有满意度的评价")
NO_DEFAULT = ",不含系统默认评价"
OWN = {"is_default": (0,)}  # the applicants' own
PROVINCE = "广东省政务服务好差评公布数据(各级评价数)"
PRACTICE = "好差评统计通行做法"
RULE_2019 = (
    "广东省政务服务“好差评”管理办法(试行,2019):7个自然日内未评价的默认为基本满意;现行规定未能核对"
)
ORDER_RULE = "好差评统计通行做法:不满意和非常不满意的评价生成差评工单"
NO_LIMIT = f"广东省公布差评按时整改率,期限未能核对,暂按工单生成后{RECTIFICATION_LIMIT}个工作日"
NO_COVER = "本项目建议:评价数可以多于办件数,两者之比不是覆盖率"
Levels = tuple[tuple[str, ...], str]


def ratings(
    facts: Facts, levels: Levels, measure: str = "ratings", **among: tuple[int, ...]
) -> int:
    """Count what a measure of the ratings counts, of certain levels."""
    return count(facts.oversight["ratings"], measure, satisfaction=levels[0], **among)


rating_share = partial(
    makers.share,
    grain=RATING,
    scope=SCOPE,
    section=SUPERVISION,
    source=PRACTICE,
    certainty=Certainty.PRACTICE,
)


def level_count(*, levels: Levels, active: bool = False, **declared: Any) -> Figure:
    """Return how many ratings have certain levels, of all or of the applicants' own.

    ``declared`` are the words of the figure: ``id``, ``variant``, ``term`` and ``english``.
    """
    where = OWN if active else {}
    return makers.count(
        unit="条",
        grain=RATING,
        scope=SCOPE,
        numerator=levels[1] + (NO_DEFAULT if active else ""),
        section=SUPERVISION,
        source=PROVINCE,
        certainty=Certainty.PRACTICE,
        needs=(*RATINGS_NEED, LEVEL, IS_DEFAULT) if active else (*RATINGS_NEED, LEVEL),
        compute=lambda facts: Result(Fraction(ratings(facts, levels, "ratings", **where))),
        **declared,
    )


def level_share(*, levels: Levels, active: bool = False, **declared: Any) -> Figure:
    """Return the share of certain levels, in all ratings or in the applicants' own.

    ``declared`` as in ``level_count``.
    """
    where, suffix = (OWN, NO_DEFAULT) if active else ({}, "")

    def compute(facts: Facts) -> Result:
        part, whole = (ratings(facts, of, "ratings", **where) for of in (levels, VALID))
        return Result(Fraction(part), Fraction(whole))

    return rating_share(
        numerator=levels[1] + suffix,
        denominator=VALID[1] + suffix,
        needs=(*RATINGS_NEED, LEVEL, IS_DEFAULT) if active else (*RATINGS_NEED, LEVEL),
        compute=compute,
        **declared,
    )
