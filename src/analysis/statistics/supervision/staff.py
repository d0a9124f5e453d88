"""Staff (人员): heads and full-time equivalents at the cut-off, by role."""

from collections.abc import Callable
from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import STAFF, Certainty, Figure, Kind, Result
from analysis.statistics.passes.oversight import count
from analysis.statistics.sections import SUPERVISION
from analysis.tables.codes import STAFF_ROLE

SCOPE = "各部门各岗位截止日所在月(或年内其前最近一期)的人员"
LOCAL = "各地自报,没有统一标准"
NO_FTE = "数据不足:有的岗位没有折算人数"
Compute = Callable[[Facts], Result]


def _heads(**among: tuple[str, ...]) -> Compute:
    return lambda facts: Result(Fraction(count(facts.oversight["staff"], "headcount", **among)))


def _equivalents(**among: tuple[str, ...]) -> Compute:
    def compute(facts: Facts) -> Result:
        rows = facts.oversight["staff"]
        if count(rows, "without_fte", **among):
            return Result(None, reason=NO_FTE)
        return Result(Fraction(count(rows, "fte_hundredths", **among), 100))

    return compute


def _figure(
    figure_id: str, variant: str, term: str, english: str, column: str, compute: Compute
) -> Figure:
    heads = column == "headcount"
    return Figure(
        id=figure_id,
        variant=variant,
        term=term,
        english=english,
        unit="人",
        kind=Kind.COUNT,
        grain=STAFF,
        scope=SCOPE,
        numerator="人数" if heads else "折算人数(逐行取两位小数)",
        section=SUPERVISION,
        source=LOCAL,
        certainty=Certainty.PRACTICE,
        decimals=0 if heads else 1,
        needs=("staff.period", "staff.role", f"staff.{column}"),
        compute=compute,
    )


def _of(variant: str, term: str, english: str, **among: tuple[str, ...]) -> tuple[Figure, Figure]:
    """Return heads and full-time equivalents, of one role or of all."""
    return (
        _figure("staff", variant, f"{term}人数", f"staff{english}", "headcount", _heads(**among)),
        _figure(
            "staff_fte",
            variant,
            f"{term}折算人数",
            f"full-time equivalents{english}",
            "fte",
            _equivalents(**among),
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
