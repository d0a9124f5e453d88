"""Bad ratings (差评): how many, and whether they were rectified, and in time (差评整改)."""

from fractions import Fraction

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import Certainty, Result
from analysis.statistics.passes.rated import RECTIFICATION_LIMIT
from analysis.statistics.supervision.ratings import (
    BAD,
    NO_LIMIT,
    ORDER_RULE,
    ORDERS,
    rating_count,
    rating_figure,
    rating_share,
    ratings,
)


def _fixed(facts: Facts) -> Result:
    rectified, ordered = (ratings(facts, BAD, measure) for measure in ("rectified", "ordered"))
    return Result(Fraction(rectified), Fraction(ordered))


def _fixed_on_time(facts: Facts) -> Result:
    done, late = (ratings(facts, BAD, f"rectified_{when}") for when in ("in_time", "late"))
    return Result(Fraction(done), Fraction(done + late))


FIGURES = (
    rating_count(("bad_ratings", ""), "差评数", "bad ratings", BAD),
    rating_share(("bad_rate", "all"), "差评率", "share of bad ratings", BAD),
    rating_share(
        ("bad_rate", "active"),
        "主动评价差评率",
        "share of bad ratings, by applicants only",
        BAD,
        active=True,
    ),
    rating_figure(
        ("bad_fixed", ""),
        "差评整改率",
        "bad ratings rectified",
        "其中截止日前已整改的",
        "截止日前已生成工单的差评",
        _fixed,
        ORDERS,
        source=ORDER_RULE,
    ),
    rating_figure(
        ("bad_fixed_on_time", ""),
        "差评按时整改率",
        "bad ratings rectified in time",
        f"工单生成后{RECTIFICATION_LIMIT}个工作日内整改的差评(生成当日不计)",
        "按时整改的,加逾期才整改和截止日已逾期仍未整改的;未到期又未整改的不计",
        _fixed_on_time,
        (CALENDAR, *ORDERS),
        source=NO_LIMIT,
        certainty=Certainty.UNPUBLISHED,
    ),
)
