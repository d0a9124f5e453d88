"""Cover of ratings (评价覆盖率): how many of the completed cases were rated, and how often."""

from fractions import Fraction
from functools import partial

from analysis.statistics.facts import Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.makers import case_share
from analysis.statistics.needs import COMPLETED_NEED, RATED_NEED
from analysis.statistics.passes.oversight import count
from analysis.statistics.ratios import Compute
from analysis.statistics.sections import SUPERVISION
from analysis.statistics.supervision.ratings import CASE_ID, IS_DEFAULT, NO_COVER


def _of_cases(part: str, whole: str) -> Compute:
    def compute(facts: Facts) -> Result:
        rows = facts.oversight["rated_cases"]
        return Result(Fraction(count(rows, part)), Fraction(count(rows, whole)))

    return compute


_cover = partial(
    case_share,
    id="rating_cover",
    denominator="年内办结量",
    section=SUPERVISION,
    source=NO_COVER,
    certainty=Certainty.PRACTICE,
)

FIGURES = (
    _cover(
        variant="all",
        term="办件评价覆盖率",
        english="share of completed cases that were rated",
        numerator="其中截止日前有评价的(含没有填满意度的;一件多评只计一件)",
        needs=(*COMPLETED_NEED, *RATED_NEED, CASE_ID),
        compute=_of_cases("rated", "completed"),
    ),
    _cover(
        variant="active",
        term="办件主动评价覆盖率",
        english="share of completed cases that applicants rated",
        numerator="其中截止日前有主动评价的(含没有填满意度的;一件多评只计一件,系统默认评价不计)",
        needs=(*COMPLETED_NEED, *RATED_NEED, CASE_ID, IS_DEFAULT),
        compute=_of_cases("rated_actively", "completed"),
    ),
    Figure(
        id="ratings_per_case",
        term="件均评价数",
        english="ratings per rated case",
        unit="条",
        kind=Kind.MEAN,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内办结的办件在截止日前的评价",
        denominator="年内办结、截止日前有评价的办件",
        section=SUPERVISION,
        source="本项目建议:大于1即有的办件不止一条评价",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=(*COMPLETED_NEED, *RATED_NEED, CASE_ID),
        compute=_of_cases("ratings", "rated"),
    ),
)
