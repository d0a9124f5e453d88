"""Cover of ratings (评价覆盖率): how many of the completed cases were rated, and how often."""

from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Kind, Result
from analysis.statistics.passes.oversight import count
from analysis.statistics.supervision.ratings import (
    CASE_ID,
    IS_DEFAULT,
    NO_COVER,
    Compute,
    rating_figure,
)


def _of_cases(part: str, whole: str) -> Compute:
    def compute(facts: Facts) -> Result:
        rows = facts.oversight["rated_cases"]
        return Result(Fraction(count(rows, part)), Fraction(count(rows, whole)))

    return compute


FIGURES = (
    rating_figure(
        ("rating_cover", "all"),
        "办件评价覆盖率",
        "share of completed cases that were rated",
        "其中截止日前有评价的(含没有填满意度的;一件多评只计一件)",
        "年内办结量",
        _of_cases("rated", "completed"),
        (CASE_ID,),
        of_cases=True,
        source=NO_COVER,
    ),
    rating_figure(
        ("rating_cover", "active"),
        "办件主动评价覆盖率",
        "share of completed cases that applicants rated",
        "其中截止日前有主动评价的(含没有填满意度的;一件多评只计一件,系统默认评价不计)",
        "年内办结量",
        _of_cases("rated_actively", "completed"),
        (CASE_ID, IS_DEFAULT),
        of_cases=True,
        source=NO_COVER,
    ),
    rating_figure(
        ("ratings_per_case", ""),
        "件均评价数",
        "ratings per rated case",
        "年内办结的办件在截止日前的评价",
        "年内办结、截止日前有评价的办件",
        _of_cases("ratings", "rated"),
        (CASE_ID,),
        of_cases=True,
        kind=Kind.MEAN,
        source="本项目建议:大于1即有的办件不止一条评价",
    ),
)
