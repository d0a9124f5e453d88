"""Satisfaction (满意率), in every variant, and how many of the ratings came by default (默认评价)."""

from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Result
from analysis.statistics.supervision.ratings import (
    IS_DEFAULT,
    LEVEL,
    RULE_2019,
    SATISFIED_2,
    SATISFIED_3,
    VALID,
    rating_count,
    rating_figure,
    rating_share,
    ratings,
)


def _default_share(facts: Facts) -> Result:
    by_default = ratings(facts, VALID, is_default=(1,))
    return Result(Fraction(by_default), Fraction(ratings(facts, VALID)))


FIGURES = (
    rating_count(("ratings", ""), "评价数", "ratings", VALID),
    rating_count(("ratings", "active"), "主动评价数", "ratings by applicants", VALID, active=True),
    rating_share(("satisfaction_rate", "all3"), "满意率(含基本满意)", "three levels", SATISFIED_3),
    rating_share(("satisfaction_rate", "top2"), "满意率(不含基本满意)", "two levels", SATISFIED_2),
    rating_share(
        ("satisfaction_rate", "active_all3"),
        "主动评价满意率(含基本满意)",
        "three levels, by applicants only",
        SATISFIED_3,
        active=True,
    ),
    rating_share(
        ("satisfaction_rate", "active_top2"),
        "主动评价满意率(不含基本满意)",
        "two levels, by applicants only",
        SATISFIED_2,
        active=True,
    ),
    rating_figure(
        ("default_rating_share", ""),
        "默认评价占比",
        "share of ratings by default",
        f"{VALID[1]}中的系统默认评价",
        VALID[1],
        _default_share,
        (LEVEL, IS_DEFAULT),
        source=RULE_2019,
    ),
)
