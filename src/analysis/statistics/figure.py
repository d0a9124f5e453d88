"""What a figure (指标) is: one written definition, and how its value comes from its result."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.needs import LICENCE_CASES_NEED, insufficient


class Kind(StrEnum):
    """Kind of a figure (数的种类): what arithmetic made it, and so what checks apply to it."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    RATIO_OF_SUMS = "ratio_of_sums"
    MEDIAN = "median"
    RESIDUAL = "residual"
    STATED = "stated"


class Certainty(StrEnum):
    """How sure the definition is."""

    CLEAR = "口径明确"
    PRACTICE = "通行口径"
    UNPUBLISHED = "口径未公开"


@dataclass(frozen=True)
class Result:
    """What a figure came to: numerator and, for shares and means, denominator.

    Without a numerator the figure could not be computed, and ``reason`` says why in Chinese.
    """

    numerator: Fraction | None
    denominator: Fraction | None = None
    reason: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure and everything a reader must know to judge it.

    Attributes:
        id: key in ``figures.csv`` and in ``data/published/``.
        variant: which of several definitions of the same term; empty for the only one.
        term: Chinese term.
        english: English term.
        unit: unit as printed; ``%`` means the ratio is multiplied by 100.
        kind: what arithmetic made it.
        grain: what is counted (件, 实施清单事项, 业务办理项 …).
        scope: over which cases or items.
        numerator: definition, or definition of the numerator, in Chinese.
        denominator: definition of the denominator; empty for counts.
        section: heading of the report under which it is printed.
        source: where the definition comes from.
        certainty: how sure the definition is.
        decimals: decimals shown; a printed figure is compared at its own.
        needs: the columns (``table.column``), codes that must be told apart from the others
            (``table.column=code``), or ``calendar``, without which it is not computed.
        printed_as: for a residual, the printed figures it is the sum of, with their signs.
        compute: the function that computes it; None for what only people can state.
        dated: whether all that it counts has a month (stocks have none).
        by_item: whether it looks at which items the cases are of.
    """

    id: str
    term: str
    english: str
    unit: str
    kind: Kind
    grain: str
    scope: str
    numerator: str
    section: str
    source: str
    certainty: Certainty
    variant: str = ""
    denominator: str = ""
    decimals: int = 0
    needs: tuple[str, ...] = ()
    printed_as: tuple[tuple[str, int], ...] = ()
    compute: Callable[[Facts], Result] | None = None
    dated: bool = True
    by_item: bool = False

    @property
    def formula(self) -> str:
        """The definition as one line: what is divided by what, sums in brackets."""
        if not self.denominator:
            return self.numerator
        return f"{_bracketed(self.numerator)} ÷ {_bracketed(self.denominator)}"

    @property
    def of_items(self) -> bool:
        """Whether it needs the catalogue, and so the items of the cases that it counts."""
        more = set(self.needs) - set(LICENCE_CASES_NEED)
        return self.by_item or any(need.startswith("items.") for need in more)

    @property
    def of_oversight(self) -> bool:
        """Whether it is counted in a table of supervision, which only departments divide."""
        return any(need.startswith(OVERSIGHT) for need in self.needs)

    @property
    def additive(self) -> bool:
        """Whether the figures of several places simply add up."""
        return not self.not_additive

    @property
    def not_additive(self) -> str:
        """Why the figures of several places do not add up, in Chinese; empty if they do."""
        if self.kind is Kind.STATED:
            return "不由数据计算"
        if self.kind is Kind.MEDIAN:
            return "中位数不能相加"
        if self.kind not in (Kind.COUNT, Kind.RESIDUAL):
            return "比率和平均数不能相加,须由分子、分母分别相加后再除"
        if self.grain == HOLDER:
            return "同一被许可人在各地各部门只计一个,相加会重复"
        if self.grain not in ADDITIVE:
            return f"以{self.grain}计:各地目录相同的会重复计算"
        return ""

    def lacking(self, facts: Facts) -> str:
        """Say why a year does not allow the figure (数据不足); empty if it does."""
        if self.compute is None:
            return "只有文字或人工填报,不能由办件和目录计算"
        if facts.added_up and self.not_additive:
            return f"数据不足:{self.not_additive}"
        counted = LICENCE_CASES_NEED if self.grain == CASE else ()
        return insufficient(facts, (*counted, *self.needs))

    def result(self, facts: Facts, lacking: str | None = None) -> Result:
        """Compute the figure, or say why it cannot be computed.

        Args:
            facts: what it is computed from.
            lacking: what ``lacking`` says, if that has been asked already.
        """
        if reason := self.lacking(facts) if lacking is None else lacking:
            return Result(None, reason=reason)
        assert self.compute is not None
        result = self.compute(facts)
        if result.denominator == 0:
            return Result(None, reason="数据不足:分母为0")
        return result

    def value(self, result: Result) -> Fraction | None:
        """Return the exact value of a result, in the figure's unit."""
        if result.numerator is None or result.denominator is None:
            return result.numerator
        return result.numerator / result.denominator * (100 if self.unit == "%" else 1)


CASE, SERVICE, HANDLING, DEPARTMENT, PACKAGE = (
    "办件",
    "实施清单事项(按实施编码去重)",
    "业务办理项",
    "部门",
    "主题",
)
OVERSIGHT = ("inspections.", "evaluations.", "staff.")
INSPECTION, RATING, STAFF = "检查", "评价", "人员"
HOLDER = "被许可人(去重)"
ADDITIVE = (CASE, INSPECTION, RATING, STAFF)  # each belongs to one department of one place
LICENCE_CASES = "行政许可办件(事项类型01及未入目录的办件)"
LICENCE_ITEMS = "截止日有效的行政许可事项(事项类型01)"
PLATFORM_HANDLING = "截止日有效、已进驻省事项管理系统的行政许可业务办理项"
SERVICES = "截止日有效的依申请政务服务事项(各事项类型)"


def _bracketed(term: str) -> str:
    """Put a sum or a difference in brackets; a clause after it stays outside."""
    terms, semicolon, clause = term.partition(";")
    outside = re.sub(r"\([^()]*\)", "", terms)
    is_sum = " − " in outside or " + " in outside
    return f"({terms}){semicolon}{clause}" if is_sum else term


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Round half up (四舍五入), halves away from zero, exactly; zero has no sign."""
    whole = int(abs(value) * 10**decimals + Fraction(1, 2))
    digits = tuple(map(int, str(whole)))
    return Decimal((int(value < 0 and whole > 0), digits, -decimals))
