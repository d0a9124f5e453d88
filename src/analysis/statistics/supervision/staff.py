"""Staff (人员): heads and full-time equivalents at the cut-off, by role."""

from fractions import Fraction
from functools import partial

from analysis.statistics import makers
from analysis.statistics.facts import Facts
from analysis.statistics.figure import STAFF, Certainty, Figure, Result
from analysis.statistics.passes.oversight import count
from analysis.statistics.ratios import Compute
from analysis.statistics.sections import SUPERVISION
from analysis.tables.codes.oversight import STAFF_ROLE

SCOPE = "各部门各岗位截止日所在月(或年内其前最近一期)的人员"
LOCAL = "各地自报,没有统一标准"
NO_FTE = "数据不足:有的岗位没有折算人数"


def _heads(**among: tuple[str, ...]) -> Compute:
    return lambda facts: Result(Fraction(count(facts.oversight["staff"], "headcount", **among)))


def _equivalents(**among: tuple[str, ...]) -> Compute:
    def compute(facts: Facts) -> Result:
        rows = facts.oversight["staff"]
        if count(rows, "without_fte", **among):
            return Result(None, reason=NO_FTE)
        return Result(Fraction(count(rows, "fte_hundredths", **among), 100))

    return compute


_staff = partial(
    makers.count,
    unit="人",
    grain=STAFF,
    scope=SCOPE,
    section=SUPERVISION,
    source=LOCAL,
    certainty=Certainty.PRACTICE,
)


def _of(variant: str, term: str, english: str, **among: tuple[str, ...]) -> tuple[Figure, Figure]:
    """Return heads and full-time equivalents, of one role or of all."""
    return (
        _staff(
            id="staff",
            variant=variant,
            term=f"{term}人数",
            english=f"staff{english}",
            numerator="人数",
            needs=("staff.period", "staff.role", "staff.headcount"),
            compute=_heads(**among),
        ),
        _staff(
            id="staff_fte",
            variant=variant,
            term=f"{term}折算人数",
            english=f"full-time equivalents{english}",
            numerator="折算人数(逐行取两位小数)",
            decimals=1,
            needs=("staff.period", "staff.role", "staff.fte"),
            compute=_equivalents(**among),
        ),
    )


FIGURES = (
    *_of("", "人员", ""),
    *(
        figure
        for code, name in STAFF_ROLE.terms.items()
        for figure in _of(code, f"{name}岗位", f", {code}", role=(code,))
    ),
)
