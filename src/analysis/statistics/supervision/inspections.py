"""Inspections (监督检查): how many of each type, by how many people, and what they found."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import INSPECTION, Certainty, Figure, Kind, Result
from analysis.statistics.passes.inspected import PUBLICATION_LIMIT
from analysis.statistics.passes.oversight import count
from analysis.statistics.sections import SUPERVISION
from analysis.tables.codes import INSPECT_TYPE

SCOPE = "年内(截止日前)对行政许可事项的检查(含没有填写事项和未入目录的)"
ALL = "全部检查"
Values = tuple[str, ...]
RANDOM, JOINT = ("random",), ("joint",)
FOUND, VIOLATION = ("corrected", "violation"), ("violation",)
CONTACTED = ("clean", *FOUND)
FOUND_TERM = "结果为责令改正或查处违法违规的检查"
TYPE, RESULT = "inspections.inspect_type", "inspections.result"
PUBLISHED = "inspections.published_on"
OPEN_RULE = "优化营商环境条例第54条(双随机、一公开)"
CITY = "穗府办报〔2022〕22号用语"
PRACTICE = "监管统计通行做法"
NO_RULE = (
    f"双随机抽查结果常见的公示期限({PUBLICATION_LIMIT}个工作日);各领域、各地的规定没有逐一核对"
)


def inspections(facts: Facts, measure: str = "inspections", **among: Values) -> int:
    """Count what a measure of the inspections counts, where columns have one of given values."""
    return count(facts.oversight["inspections"], measure, **among)


def inspection_figure(
    key: tuple[str, str],
    term: str,
    english: str,
    numerator: str,
    compute: Callable[[Facts], Result],
    needs: tuple[str, ...],
    *,
    denominator: str = "",
    unit: str = "次",
    source: str = PRACTICE,
    certainty: Certainty = Certainty.PRACTICE,
) -> Figure:
    """Return a figure of inspections: a share where there is a denominator, else a count."""
    figure_id, variant = key
    return Figure(
        id=figure_id,
        variant=variant,
        term=term,
        english=english,
        unit="%" if denominator else unit,
        kind=Kind.SHARE if denominator else Kind.COUNT,
        grain=INSPECTION,
        scope=SCOPE,
        numerator=numerator,
        denominator=denominator,
        section=SUPERVISION,
        source=source,
        certainty=certainty,
        decimals=2 if denominator else 0,
        needs=needs,
        compute=compute,
    )


def _count(
    key: tuple[str, str],
    term: str,
    english: str,
    numerator: str,
    needs: tuple[str, ...],
    measure: str = "inspections",
    *,
    unit: str = "次",
    source: str = PRACTICE,
    **among: Values,
) -> Figure:
    def compute(facts: Facts) -> Result:
        return Result(Fraction(inspections(facts, measure, **among)))

    return inspection_figure(
        key, term, english, numerator, compute, needs, unit=unit, source=source
    )


def _share(
    key: tuple[str, str],
    term: str,
    english: str,
    numerator: str,
    needs: tuple[str, ...],
    part: Mapping[str, Values],
    whole: Mapping[str, Values],
    denominator: str = ALL,
    source: str = PRACTICE,
) -> Figure:
    def compute(facts: Facts) -> Result:
        some, of = (inspections(facts, "inspections", **among) for among in (part, whole))
        return Result(Fraction(some), Fraction(of))

    return inspection_figure(
        key, term, english, numerator, compute, needs, denominator=denominator, source=source
    )


FIGURES = (
    _count(("inspections", ""), "检查次数", "inspections", "检查", ("inspections.inspected_on",)),
    *(
        _count(
            ("inspections", code),
            f"检查次数({name})",
            f"inspections, {code}",
            f"抽查类型为{name}的检查",
            (TYPE,),
            inspect_type=(code,),
        )
        for code, name in INSPECT_TYPE.terms.items()
    ),
    _count(
        ("inspection_visits", ""),
        "检查人次",
        "inspectors over all inspections",
        "各次检查的检查人数之和",
        ("inspections.inspectors_n",),
        "inspectors",
        unit="人次",
        source=CITY,
    ),
    _share(
        ("random_share", ""),
        "双随机检查占比",
        "share of random inspections",
        "双随机检查(跨部门联合的另计)",
        (TYPE,),
        {"inspect_type": RANDOM},
        {},
        source=OPEN_RULE,
    ),
    _share(
        ("joint_share", ""),
        "跨部门联合检查占比",
        "share of joint inspections",
        "跨部门联合检查",
        (TYPE,),
        {"inspect_type": JOINT},
        {},
        source=OPEN_RULE,
    ),
    _count(
        ("inspection_findings", ""),
        "发现问题的检查",
        "inspections with findings",
        FOUND_TERM,
        (RESULT,),
        result=FOUND,
    ),
    _count(
        ("inspection_violations", ""),
        "查处违法违规的检查",
        "inspections with violations",
        "结果为查处违法违规的检查",
        (RESULT,),
        source=CITY,
        result=VIOLATION,
    ),
    _count(
        ("inspection_penalties", ""),
        "作出处罚的检查",
        "inspections with penalties",
        "作出行政处罚的检查",
        ("inspections.penalty",),
        "penalties",
    ),
    _share(
        ("findings_rate", "all"),
        "检查问题发现率",
        "findings over inspections",
        FOUND_TERM,
        (RESULT,),
        {"result": FOUND},
        {},
    ),
    _share(
        ("findings_rate", "contacted"),
        "检查问题发现率(联系上的)",
        "findings over inspections of holders that could be reached",
        FOUND_TERM,
        (RESULT,),
        {"result": FOUND},
        {"result": CONTACTED},
        "有结果的检查,不含无法联系的",
    ),
)
