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
    level_count,
    level_share,
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
    level_count(
        id="bad_ratings",
        term="差评数",
        english="bad ratings",
        levels=BAD,
    ),
    level_share(
        id="bad_rate",
        variant="all",
        term="差评率",
        english="share of bad ratings",
        levels=BAD,
    ),
    level_share(
        id="bad_rate",
        variant="active",
        term="主动评价差评率",
        english="share of bad ratings, by applicants only",
        levels=BAD,
        active=True,
    ),
    rating_share(
        id="bad_fixed",
        term="差评整改率",
        english="bad ratings rectified",
        numerator="其中截止日前已整改的",
        denominator="截止日前已生成工单的差评",
        source=ORDER_RULE,
        needs=ORDERS,
        compute=_fixed,
    ),
    rating_share(
        id="bad_fixed_on_time",
        term="差评按时整改率",
        english="bad ratings rectified in time",
        numerator=f"工单生成后{RECTIFICATION_LIMIT}个工作日内整改的差评(生成当日不计)",
        denominator="按时整改的,加逾期才整改和截止日已逾期仍未整改的;未到期又未整改的不计",
        source=NO_LIMIT,
        certainty=Certainty.UNPUBLISHED,
        needs=(CALENDAR, *ORDERS),
        compute=_fixed_on_time,
    ),
)
