"""Rates (比率) of several reports side by side, with what may not be compared, and why.

There is no ranking: where levels, scopes or wordings differ, an order would mean nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pandas as pd

from analysis.problems.integrity.findings import digits
from analysis.problems.integrity.intervals import Interval
from analysis.problems.integrity.periods import length
from analysis.problems.integrity.printed import Mode, Printed
from analysis.problems.integrity.terms import Report, read_report
from analysis.problems.integrity.vocabulary import vocabulary
from analysis.sources.published import published_figures

LEVELS = {"province": "省", "city": "市", "district": "区县", "department": "部门"}
COLUMNS = ("报告", "地方", "层级", "时期", "比率", "分子", "分母", "值", "取整范围", "算式", "口径")
PAIRS = ("比率", "甲", "乙", "可比", "为什么")


@dataclass(frozen=True)
class Definition:
    """How a rate is made: numerator, denominator, both by figure; the first pair printed counts."""

    term: str
    numerator: str
    denominators: tuple[str, ...]


RATES = (
    Definition("不受理率", "not_accepted", ("applications", "accept_stage_total")),
    Definition("不予受理率", "refused_acceptance", ("applications", "accept_stage_total")),
    Definition("不同意率", "disapproved", ("completed",)),
    Definition("不同意占决定", "disapproved", ("approved + disapproved",)),
)


@dataclass(frozen=True)
class Rate:
    """One rate of one report.

    Attributes:
        source: what is known about the report.
        definition: how it is made.
        over: the denominator taken.
        numerator: printed numerator.
        denominator: printed denominators; several are added.
        scope: what limits what was counted, as noted with the figures.
    """

    source: Mapping[str, str]
    definition: Definition
    over: str
    numerator: Printed
    denominator: tuple[Printed, ...]
    scope: str

    @property
    def value(self) -> Fraction:
        """The rate, from the printed values."""
        return self.numerator.value / self.total

    @property
    def range(self) -> Interval:
        """What the rate can be once rounding is allowed for (half up)."""
        total = Interval.point(Fraction(0))
        for part in self.denominator:
            total = total + part.interval(Mode.HALF_UP, coarse=True)
        return self.numerator.interval(Mode.HALF_UP, coarse=True) / total

    @property
    def arithmetic(self) -> str:
        """One line for a pocket calculator."""
        parts = " + ".join(part.shown for part in self.denominator)
        below = f"({parts})" if len(self.denominator) > 1 else parts
        return f"{self.numerator.shown} ÷ {below} × 100 ≈ {_percent(self.value)}"

    @property
    def total(self) -> Fraction:
        """The denominator, its parts added."""
        return sum((part.value for part in self.denominator), Fraction(0))


def rates(sources: pd.DataFrame, *, data: Path | None = None) -> list[Rate]:
    """Return every rate that the committed reports give, in the order of ``sources``."""
    words, found = vocabulary(data), []
    for row in sources.to_dict("records"):
        source = {str(key): str(value) for key, value in row.items()}
        figures = published_figures(source["report"], data=data)
        report = read_report(figures, words, period=source["period"])
        notes = dict(zip(figures["figure"], figures["note"], strict=True))
        for definition in RATES:
            rate = _rate(source, definition, report, notes)
            if rate is not None:
                found.append(rate)
    return found


def rates_by_report(found: Sequence[Rate]) -> pd.DataFrame:
    """Return rates as a table, one row per rate of a report, in the order given: no ranking."""
    rows = []
    for rate in found:
        span = rate.range
        rows.append(
            (
                rate.source["report"],
                rate.source["place"],
                LEVELS.get(rate.source["level"], rate.source["level"]),
                rate.source["period"],
                rate.definition.term,
                rate.numerator.shown,
                digits(rate.total),
                float(rate.value),
                "" if span.is_point else f"{_bound(span.low)} 至 {_bound(span.high)}",
                rate.arithmetic,
                "、".join(filter(None, (f"“{rate.numerator.term}”", rate.scope))),
            )
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def comparisons(found: Sequence[Rate]) -> pd.DataFrame:
    """Return every pair of reports that give the same rate, and why they may not be compared."""
    rows = []
    for one, two in combinations(found, 2):
        if one.definition == two.definition:
            reasons = incomparable(one, two)
            rows.append(
                (
                    one.definition.term,
                    one.source["report"],
                    two.source["report"],
                    "不可比" if reasons else "未见口径不同",
                    ";".join(reasons),
                )
            )
    return pd.DataFrame(rows, columns=list(PAIRS))


def incomparable(one: Rate, two: Rate) -> list[str]:
    """Return the reasons why two rates may not be compared; none found is not a proof."""
    ours, theirs = one.source, two.source
    reasons = []
    if ours["level"] != theirs["level"]:
        levels = [LEVELS.get(level, level) for level in (ours["level"], theirs["level"])]
        reasons.append(f"层级不同({levels[0]} / {levels[1]})")
    if ours["level"] == theirs["level"] == "department" and ours["place"] != theirs["place"]:
        reasons.append("部门不同,事项构成不同")
    if length(ours["period"]) != length(theirs["period"]):
        reasons.append(f"时期长短不同({ours['period']} / {theirs['period']})")
    if one.over != two.over:
        reasons.append("分母不同")
    if _root(one.numerator.term) != _root(two.numerator.term):
        reasons.append(f"用语不同(“{one.numerator.term}” / “{two.numerator.term}”)")
    if ours["kind"].partition("(")[0] != theirs["kind"].partition("(")[0]:
        reasons.append("报告种类不同")
    if one.scope != two.scope:
        reasons.append(f"口径附注不同({one.scope or '无'} / {two.scope or '无'})")
    return reasons


def _rate(
    source: Mapping[str, str], definition: Definition, report: Report, notes: Mapping[str, str]
) -> Rate | None:
    figures = report.figures
    numerator = figures.get(definition.numerator)
    if numerator is None:
        return None
    for over in definition.denominators:
        names = over.split(" + ")
        parts = tuple(figures[name] for name in names if name in figures)
        if len(parts) == len(names) and any(part.value for part in parts):
            scope = dict.fromkeys(notes[name] for name in (definition.numerator, *names))
            said = "、".join(note for note in scope if note)
            return Rate(source, definition, over, numerator, parts, said)
    return None


def _root(term: str) -> str:
    """Return the wording that matters for comparing: 不受理, 不予受理, 不予许可 …."""
    for word in ("不予受理", "不受理", "不予许可", "不予批准", "不同意"):
        if word in term:
            return word
    return term


def _percent(value: Fraction) -> str:
    return f"{digits(value * 100, 4)}%"


def _bound(value: Fraction | None) -> str:
    return "无限" if value is None else _percent(value)
