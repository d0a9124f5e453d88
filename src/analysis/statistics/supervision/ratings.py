"""Ratings (好差评): satisfaction in every variant, ratings by default, bad ratings and their handling.

1 is 非常满意 (GB/T 39046); other systems count the other way and are converted on import. No score is
computed: its weights are not public, and 10/8/6/4/2 does not give the published one.
"""

from collections.abc import Callable
from fractions import Fraction

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import (
    CASE,
    LICENCE_CASES,
    RATING,
    SUPERVISION,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.passes.oversight import count
from analysis.statistics.passes.rated import RECTIFICATION_LIMIT
from analysis.tables.codes import SATISFACTION

SCOPE = "年内(截止日前)对行政许可办件的评价(含没有填写事项和未入目录的),每一轮评价各计一条"
LEVELS = tuple(SATISFACTION.terms)
LEVEL, IS_DEFAULT, CASE_ID = (f"evaluations.{c}" for c in ("satisfaction", "is_default", "case_id"))
ORDERS = (LEVEL, "evaluations.order_created_at", "evaluations.rectified_at")
# Which levels, under which name.
SATISFIED_3 = (LEVELS[:3], "非常满意、满意和基本满意的评价")
SATISFIED_2 = (LEVELS[:2], "非常满意和满意的评价")
BAD = (LEVELS[3:], "不满意和非常不满意的评价")
VALID = (LEVELS, "有满意度的评价")
NO_DEFAULT = ",不含系统默认评价"
PROVINCE = "广东省政务服务好差评公布数据(各级评价数)"
PRACTICE = "好差评统计通行做法"
RULE_2019 = (
    "广东省政务服务“好差评”管理办法(试行,2019):7个自然日内未评价的默认为基本满意;现行规定未能核对"
)
ORDER_RULE = "好差评统计通行做法:不满意和非常不满意的评价生成差评工单"
NO_LIMIT = f"广东省公布差评按时整改率,期限未能核对,暂按工单生成后{RECTIFICATION_LIMIT}个工作日"
NO_COVER = "本项目建议:评价数可以多于办件数,两者之比不是覆盖率"
Compute = Callable[[Facts], Result]
Levels = tuple[tuple[str, ...], str]


def ratings(
    facts: Facts, levels: Levels, measure: str = "ratings", **among: tuple[int, ...]
) -> int:
    """Count what a measure of the ratings counts, of certain levels."""
    return count(facts.oversight["ratings"], measure, satisfaction=levels[0], **among)


def _figure(
    key: tuple[str, str],
    term: str,
    english: str,
    numerator: str,
    denominator: str,
    compute: Compute,
    needs: tuple[str, ...],
    *,
    of_cases: bool = False,
    kind: Kind = Kind.SHARE,
    source: str = PRACTICE,
    certainty: Certainty = Certainty.PRACTICE,
) -> Figure:
    figure_id, variant = key
    return Figure(
        id=figure_id,
        variant=variant,
        term=term,
        english=english,
        unit="%" if kind is Kind.SHARE else "条",
        kind=kind,
        grain=CASE if of_cases else RATING,
        scope=LICENCE_CASES if of_cases else SCOPE,
        numerator=numerator,
        denominator=denominator,
        section=SUPERVISION,
        source=source,
        certainty=certainty,
        decimals=0 if kind is Kind.COUNT else 2,
        needs=needs,
        compute=compute,
    )


def _count(
    key: tuple[str, str], term: str, english: str, levels: Levels, active: bool = False
) -> Figure:
    """Return how many ratings have certain levels, of all or of the applicants' own."""
    where = {"is_default": (0,)} if active else {}
    return _figure(
        key,
        term,
        english,
        levels[1] + (NO_DEFAULT if active else ""),
        "",
        lambda facts: Result(Fraction(ratings(facts, levels, "ratings", **where))),
        (LEVEL, IS_DEFAULT) if active else (LEVEL,),
        kind=Kind.COUNT,
        source=PROVINCE,
    )


def _share(
    key: tuple[str, str], term: str, english: str, levels: Levels, active: bool = False
) -> Figure:
    """Return the share of certain levels, in all ratings or in the applicants' own."""
    where = {"is_default": (0,)} if active else {}
    suffix = NO_DEFAULT if active else ""

    def compute(facts: Facts) -> Result:
        part, whole = (ratings(facts, of, "ratings", **where) for of in (levels, VALID))
        return Result(Fraction(part), Fraction(whole))

    return _figure(
        key,
        term,
        english,
        levels[1] + suffix,
        VALID[1] + suffix,
        compute,
        (LEVEL, IS_DEFAULT) if active else (LEVEL,),
    )


def _default_share(facts: Facts) -> Result:
    by_default = ratings(facts, VALID, is_default=(1,))
    return Result(Fraction(by_default), Fraction(ratings(facts, VALID)))


def _fixed(facts: Facts) -> Result:
    rectified, ordered = (ratings(facts, BAD, measure) for measure in ("rectified", "ordered"))
    return Result(Fraction(rectified), Fraction(ordered))


def _fixed_on_time(facts: Facts) -> Result:
    done, late = (ratings(facts, BAD, f"rectified_{when}") for when in ("in_time", "late"))
    return Result(Fraction(done), Fraction(done + late))


def _of_cases(part: str, whole: str) -> Compute:
    def compute(facts: Facts) -> Result:
        rows = facts.oversight["rated_cases"]
        return Result(Fraction(count(rows, part)), Fraction(count(rows, whole)))

    return compute


FIGURES = (
    _count(("ratings", ""), "评价数", "ratings", VALID),
    _count(("ratings", "active"), "主动评价数", "ratings by applicants", VALID, active=True),
    _share(("satisfaction_rate", "all3"), "满意率(含基本满意)", "three levels", SATISFIED_3),
    _share(("satisfaction_rate", "top2"), "满意率(不含基本满意)", "two levels", SATISFIED_2),
    _share(
        ("satisfaction_rate", "active_all3"),
        "主动评价满意率(含基本满意)",
        "three levels, by applicants only",
        SATISFIED_3,
        active=True,
    ),
    _share(
        ("satisfaction_rate", "active_top2"),
        "主动评价满意率(不含基本满意)",
        "two levels, by applicants only",
        SATISFIED_2,
        active=True,
    ),
    _figure(
        ("default_rating_share", ""),
        "默认评价占比",
        "share of ratings by default",
        f"{VALID[1]}中的系统默认评价",
        VALID[1],
        _default_share,
        (LEVEL, IS_DEFAULT),
        source=RULE_2019,
    ),
    _count(("bad_ratings", ""), "差评数", "bad ratings", BAD),
    _share(("bad_rate", "all"), "差评率", "share of bad ratings", BAD),
    _share(
        ("bad_rate", "active"),
        "主动评价差评率",
        "share of bad ratings, by applicants only",
        BAD,
        active=True,
    ),
    _figure(
        ("bad_fixed", ""),
        "差评整改率",
        "bad ratings rectified",
        "其中截止日前已整改的",
        "截止日前已生成工单的差评",
        _fixed,
        ORDERS,
        source=ORDER_RULE,
    ),
    _figure(
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
    _figure(
        ("rating_cover", "all"),
        "办件评价覆盖率",
        "share of completed cases that were rated",
        "其中截止日前有评价的(一件多评只计一件)",
        "年内办结量",
        _of_cases("rated", "completed"),
        (CASE_ID,),
        of_cases=True,
        source=NO_COVER,
    ),
    _figure(
        ("rating_cover", "active"),
        "办件主动评价覆盖率",
        "share of completed cases that applicants rated",
        "其中截止日前有主动评价的(一件多评只计一件,系统默认评价不计)",
        "年内办结量",
        _of_cases("rated_actively", "completed"),
        (CASE_ID, IS_DEFAULT),
        of_cases=True,
        source=NO_COVER,
    ),
    _figure(
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
