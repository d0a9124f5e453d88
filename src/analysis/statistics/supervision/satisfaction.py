"""Satisfaction (满意率), in every variant, and how many of the ratings came by default (默认评价)."""

from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Result
from analysis.statistics.needs import RATINGS_NEED
from analysis.statistics.supervision.ratings import (
    IS_DEFAULT,
    LEVEL,
    RULE_2019,
    SATISFIED_2,
    SATISFIED_3,
    VALID,
    level_count,
    level_share,
    rating_share,
    ratings,
)


def _default_share(facts: Facts) -> Result:
    by_default = ratings(facts, VALID, is_default=(1,))
    return Result(Fraction(by_default), Fraction(ratings(facts, VALID)))


FIGURES = (
    level_count(
        id="ratings",
        term="评价数",
        english="ratings",
        levels=VALID,
    ),
    level_count(
        id="ratings",
        variant="active",
        term="主动评价数",
        english="ratings by applicants",
        levels=VALID,
        active=True,
    ),
    level_share(
        id="satisfaction_rate",
        variant="all3",
        term="满意率(含基本满意)",
        english="three levels",
        levels=SATISFIED_3,
    ),
    level_share(
        id="satisfaction_rate",
        variant="top2",
        term="满意率(不含基本满意)",
        english="two levels",
        levels=SATISFIED_2,
    ),
    level_share(
        id="satisfaction_rate",
        variant="active_all3",
        term="主动评价满意率(含基本满意)",
        english="three levels, by applicants only",
        levels=SATISFIED_3,
        active=True,
    ),
    level_share(
        id="satisfaction_rate",
        variant="active_top2",
        term="主动评价满意率(不含基本满意)",
        english="two levels, by applicants only",
        levels=SATISFIED_2,
        active=True,
    ),
    rating_share(
        id="default_rating_share",
        term="默认评价占比",
        english="share of ratings by default",
        numerator=f"{VALID[1]}中的系统默认评价",
        denominator=VALID[1],
        source=RULE_2019,
        needs=(*RATINGS_NEED, LEVEL, IS_DEFAULT),
        compute=_default_share,
    ),
)
