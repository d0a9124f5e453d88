"""Inspections (监督检查): how many of each type, by how many people, and what they found."""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from analysis.statistics import makers
from analysis.statistics.facts import Facts
from analysis.statistics.figure import INSPECTION, Certainty, Result
from analysis.statistics.needs import INSPECTIONS_NEED
from analysis.statistics.passes.inspected import PUBLICATION_LIMIT
from analysis.statistics.passes.oversight import count
from analysis.statistics.ratios import Compute
from analysis.statistics.sections import SUPERVISION
from analysis.tables.codes.oversight import INSPECT_TYPE

SCOPE = "年内(截止日前)对行政许可事项的检查(含没有填写事项和未入目录的)"
ALL = "全部检查"
Values = tuple[str, ...]
ANY: Mapping[str, Values] = {}
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


def _counted(measure: str = "inspections", **among: Values) -> Compute:
    """Return what counts inspections, or what a measure of theirs adds up to."""
    return lambda facts: Result(Fraction(inspections(facts, measure, **among)))


def _part(part: Mapping[str, Values], whole: Mapping[str, Values] = ANY) -> Compute:
    """Return what divides some inspections by others, or by all."""

    def compute(facts: Facts) -> Result:
        some, of = (inspections(facts, "inspections", **among) for among in (part, whole))
        return Result(Fraction(some), Fraction(of))

    return compute


_count = partial(
    makers.count,
    unit="次",
    grain=INSPECTION,
    scope=SCOPE,
    section=SUPERVISION,
    source=PRACTICE,
    certainty=Certainty.PRACTICE,
)
inspection_share = partial(
    makers.share,
    grain=INSPECTION,
    scope=SCOPE,
    denominator=ALL,
    section=SUPERVISION,
    source=PRACTICE,
    certainty=Certainty.PRACTICE,
)

FIGURES = (
    _count(
        id="inspections",
        term="检查次数",
        english="inspections",
        numerator="检查",
        needs=INSPECTIONS_NEED,
        compute=_counted(),
    ),
    *(
        _count(
            id="inspections",
            variant=code,
            term=f"检查次数({name})",
            english=f"inspections, {code}",
            numerator=f"抽查类型为{name}的检查",
            needs=(*INSPECTIONS_NEED, TYPE),
            compute=_counted(inspect_type=(code,)),
        )
        for code, name in INSPECT_TYPE.terms.items()
    ),
    _count(
        id="inspection_visits",
        term="检查人次",
        english="inspectors over all inspections",
        unit="人次",
        numerator="各次检查的检查人数之和",
        source=CITY,
        needs=(*INSPECTIONS_NEED, "inspections.inspectors_n"),
        compute=_counted("inspectors"),
    ),
    inspection_share(
        id="random_share",
        term="双随机检查占比",
        english="share of random inspections",
        numerator="双随机检查(跨部门联合的另计)",
        source=OPEN_RULE,
        needs=(*INSPECTIONS_NEED, TYPE),
        compute=_part({"inspect_type": RANDOM}),
    ),
    inspection_share(
        id="joint_share",
        term="跨部门联合检查占比",
        english="share of joint inspections",
        numerator="跨部门联合检查",
        source=OPEN_RULE,
        needs=(*INSPECTIONS_NEED, TYPE),
        compute=_part({"inspect_type": JOINT}),
    ),
    _count(
        id="inspection_findings",
        term="发现问题的检查",
        english="inspections with findings",
        numerator=FOUND_TERM,
        needs=(*INSPECTIONS_NEED, RESULT),
        compute=_counted(result=FOUND),
    ),
    _count(
        id="inspection_violations",
        term="查处违法违规的检查",
        english="inspections with violations",
        numerator="结果为查处违法违规的检查",
        source=CITY,
        needs=(*INSPECTIONS_NEED, RESULT),
        compute=_counted(result=VIOLATION),
    ),
    _count(
        id="inspection_penalties",
        term="作出处罚的检查",
        english="inspections with penalties",
        numerator="作出行政处罚的检查",
        needs=(*INSPECTIONS_NEED, "inspections.penalty"),
        compute=_counted("penalties"),
    ),
    inspection_share(
        id="findings_rate",
        variant="all",
        term="检查问题发现率",
        english="findings over inspections",
        numerator=FOUND_TERM,
        needs=(*INSPECTIONS_NEED, RESULT),
        compute=_part({"result": FOUND}),
    ),
    inspection_share(
        id="findings_rate",
        variant="contacted",
        term="检查问题发现率(联系上的)",
        english="findings over inspections of holders that could be reached",
        numerator=FOUND_TERM,
        denominator="有结果的检查,不含无法联系的",
        needs=(*INSPECTIONS_NEED, RESULT),
        compute=_part({"result": FOUND}, {"result": CONTACTED}),
    ),
)
