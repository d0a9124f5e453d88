"""Terms (用语) of a report: which figure each printed number is; what is not sure is asked about."""

import re
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analysis.errors import XukeError
from analysis.problems.integrity.findings import Finding, Sort, Verdict
from analysis.problems.integrity.grim import TESTABLE
from analysis.problems.integrity.numerals import half_width, is_unprinted, read_printed
from analysis.problems.integrity.printed import Printed
from analysis.problems.integrity.reading import HEADINGS
from analysis.problems.integrity.vocabulary import Meaning, Vocabulary

MEANS = "对应"  # an optional heading: the known term that one's own stands for
NOTHING = "无"  # the answer that a term is none of the known ones
ANSWER = f"请在“{MEANS}”一列写明它指用语表里的哪个用语,都不是的写“{NOTHING}”"
NUMBERING = re.compile(
    r"^(\(?[一二三四五六七八九十\d]{1,3}[\).、]|[(][一二三四五六七八九十\d]{1,3}[)])\s*"
)
UNIT_AT_END = re.compile(r"\(([^()]{1,6})\)$")


@dataclass(frozen=True)
class Report:
    """What one report prints.

    Attributes:
        printed: its numbers, in print order, with their figures; a figure may stand twice.
        kinds: kind by figure.
        asked: what has to be asked about, one finding each.
        period: the period it covers, if known.
        may_exceed: the shares that may be more than 100 %, as ratios of flows.
    """

    printed: tuple[tuple[str, Printed], ...]
    kinds: dict[str, str] = field(default_factory=dict)
    asked: tuple[Finding, ...] = ()
    period: str = ""
    may_exceed: frozenset[str] = frozenset()

    @cached_property
    def figures(self) -> dict[str, Printed]:
        """Each figure as it is printed first."""
        return dict(reversed(self.printed))

    def testable(self, figure: str) -> bool:
        """Return whether a figure is a share of counts or a mean of integers."""
        return self.kinds.get(figure) in TESTABLE


def read_report(figures: pd.DataFrame, words: Vocabulary, *, period: str = "") -> Report:
    """Read figures as committed in ``data/published/``, or as a file gives them.

    Args:
        figures: either the columns of ``tables.PUBLISHED``, whose ``figure`` says what each term
            means, or 指标, 数值 and 单位, whose terms are looked up.
        words: the vocabulary.
        period: the period that the report covers.
    """
    if set(HEADINGS) <= set(figures.columns):
        return _from_terms(figures, words, period)
    return _from_figures(figures, words, period)


def _from_figures(figures: pd.DataFrame, words: Vocabulary, period: str) -> Report:
    printed, kinds = [], {}
    for row in figures.to_dict("records"):
        figure, kind = str(row["figure"]), str(row["kind"])
        kinds[figure] = kind
        number = read_printed(
            str(row["value"]),
            str(row["unit"]),
            str(row["rounding"]),
            whole=kind == "count",
            signed=kind in ("change", "residual", "other"),
            term=str(row["term"]),
            section=str(row["section"]),
        )
        printed.append((figure, number))
    return Report(tuple(printed), kinds, period=period, may_exceed=words.may_exceed)


def _from_terms(figures: pd.DataFrame, words: Vocabulary, period: str) -> Report:
    read = Reading(words)
    for row in figures.to_dict("records"):
        read.take({str(name): str(value or "").strip() for name, value in row.items()})
    return Report(tuple(read.printed), read.kinds, tuple(read.asked), period, words.may_exceed)


@dataclass
class Reading:
    """Rows of 指标, 数值 and 单位 on their way to figures; what is not sure becomes a question."""

    words: Vocabulary
    printed: list[tuple[str, Printed]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    asked: list[Finding] = field(default_factory=list)
    scopes: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, row: dict[str, str]) -> None:
        """Read one row: a number of a figure, a question, or nothing."""
        term, value, unit = (row.get(heading, "") for heading in HEADINGS)
        if not term and not value:
            return
        bare, unit = _bare(term, unit, self.words)
        said = row.get(MEANS, "")
        meaning = self.words.meaning(said or bare)
        if is_unprinted(value):
            self._ask(term, f"“{term}”没有数值,按未印出处理", Verdict.NOTED)
        elif said == NOTHING:
            self._ask(term, f"“{term}”不对应用语表里的用语,未用", Verdict.NOTED)
        elif not meaning.figure:
            self._ask(term, _question(said or term, meaning))
        elif (doubt := self._doubt(meaning, term)) is not None:
            self._ask(term, doubt)
        else:
            self._number(meaning, term, value, unit, row.get("章节", ""))

    def _number(self, meaning: Meaning, term: str, value: str, unit: str, section: str) -> None:
        figure, kind = meaning.figure, self.words.kind(meaning.figure)
        try:
            number = read_printed(
                value,
                unit,
                whole=kind == "count",
                signed=kind == "change",
                falls=meaning.falls,
                term=term,
                section=section,
            )
        except XukeError as error:
            self._ask(term, f"{error}本次未用")
            return
        if (doubt := _unlikely(number, kind, self.words.fits(figure, number.unit))) is not None:
            self._ask(term, f"“{term}”{doubt},本次未用")
            return
        self.scopes.setdefault(figure, (meaning.scope, term))
        self.kinds[figure] = kind
        self.printed.append((figure, number))

    def _doubt(self, meaning: Meaning, term: str) -> str | None:
        """Return the question that two scopes of one figure raise: 全市受理量 beside 全区受理量."""
        scope, first = self.scopes.get(meaning.figure, (meaning.scope, term))
        if scope == meaning.scope:
            return None
        return f"“{term}”与“{first}”范围似不同:{ANSWER},本次未用"

    def _ask(self, term: str, note: str, verdict: Verdict = Verdict.ASK) -> None:
        self.asked.append(
            Finding(f"用语“{term}”", verdict, note=note, sort=Sort.TERM, group=f"term:{term}")
        )


def _bare(term: str, unit: str, words: Vocabulary) -> tuple[str, str]:
    """Return a term without its numbering and its unit in brackets, and the unit."""
    plain = NUMBERING.sub("", half_width(term).strip())
    found = UNIT_AT_END.search(plain)
    if found is None or not words.is_unit(found[1]):
        return plain, unit
    return plain[: found.start()], unit or found[1]


def _unlikely(number: Printed, kind: str, fits: bool) -> str | None:
    """Return why a number cannot be taken for what its term says; None if it can."""
    if not fits:
        return f"的单位是“{number.unit}”:请确认它是什么数"
    if kind == "count" and number.value.denominator != 1:
        return f"的数值 {number.shown} 不是整数:计数须为整数,请核对"
    if kind in ("share", "ratio_of_sums") and not number.is_ratio and number.value > 1:
        return f"的数值 {number.shown} 没有单位:是不是 {number.text}%?请写明单位"
    return None


def _question(term: str, meaning: Meaning) -> str:
    near = f"是不是“{'”“'.join(meaning.nearest)}”之一?" if meaning.nearest else ""
    return f"用语表里没有“{term}”:{near}{ANSWER},本次未用"
