"""The registry of questions (问题登记表), and ``findings``: all answers for a year."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import pandas as pd

from analysis.problems import delegation, departments, duplicates, squeeze
from analysis.problems.finding import Answer, Finding, Question
from analysis.problems.grounds import Grounds
from analysis.problems.judging import judged
from analysis.problems.kept import kept_answers
from analysis.problems.overdue import clocks, delivery, recorded, still_open, zero
from analysis.problems.quality import batches, stamps, steps
from analysis.problems.ratings import batches as rated_in_batches
from analysis.problems.ratings import satisfaction, tags
from analysis.problems.shares import enough
from analysis.problems.supervision import load, reach, targets
from analysis.problems.supplements import notices, rounds, waiting
from analysis.problems.topics import PROBLEMS
from analysis.statistics.departments import department_code
from analysis.statistics.facts import Facts
from analysis.statistics.figure import rounded
from analysis.statistics.kept import kept_facts
from analysis.statistics.needs import LICENCE_CASES_NEED, insufficient
from analysis.tables.year import Year

# In the order in which they are shown: the traps of the data first, then problem by problem.
MODULES: tuple[ModuleType, ...] = (
    batches,
    stamps,
    steps,
    duplicates,
    squeeze,
    clocks,
    recorded,
    delivery,
    still_open,
    zero,
    rounds,
    notices,
    waiting,
    load,
    reach,
    targets,
    delegation,
    departments,
    satisfaction,
    rated_in_batches,
    tags,
)
QUESTIONS: dict[str, Question] = {
    question.id: question for module in MODULES for question in module.QUESTIONS
}
# “{number} 的办结件成批补录:…”, up to what follows from it.
OF_WHOM = re.compile(r"\{number\} 的(?P<what>[^,:;。(]+)")
# “有 {number}事项常由…,可考虑做成…”, up to what is proposed.
HOW_MANY = re.compile(r"有 \{number\}(?P<what>.+?)(,可考虑.*)?$")
TERMS = {
    "place": "地方",
    "year": "年度",
    "id": "编号",
    "problem": "问题",
    "term": "指标",
    "verdict": "结论",
    "statement": "发现",
    "value": "数值",
    "unit": "单位",
    "before": "上年数值",
    "low": "区间下限",
    "high": "区间上限",
    "estimand": "区间说的是什么",
    "p_adjusted": "校正后的p值",
    "evident": "明显的判定线",
    "signs": "有迹象的判定线",
    "cutoff": "统计截止日",
    "data": "数据性质",
    "reason": "未计算的原因",
}


def answered(grounds: Grounds, ids: Iterable[str] | None = None) -> list[Finding]:
    """Answer all questions, or some, and judge them; in the order of the registry."""
    wanted = list(QUESTIONS.values()) if ids is None else [QUESTIONS[name] for name in ids]
    return judged([(question, _answer(question, grounds)) for question in wanted])


def with_before(found: Iterable[Finding], grounds: Grounds) -> list[Finding]:
    """Return findings with the numbers of the year before, where it has data."""
    return [replace(each, before=_before(each, grounds)) for each in found]


def findings(
    year: Year | Facts, *, department: str | None = None, chinese: bool = False
) -> pd.DataFrame:
    """Answer every registered question about a year, or about one department.

    Args:
        year: the year, or its facts if they have been computed already.
        department: code or name of the one department.
        chinese: name the columns in Chinese.

    Returns:
        One row per question, in the registry's order, with the columns of ``TERMS``. Numbers are
        text at the question's decimals, empty where there is none, and ``reason`` says why.

    Raises:
        XukeError: no such department, or the calendar does not cover the year.

    Example:
        >>> found = findings(year)
        >>> sorted(found["verdict"].unique())[-1] in ("明显", "有迹象", "未见", "数据不足")
        True
    """
    grounds = grounds_of(year, department)
    frame = tabulated(with_before(answered(grounds), grounds), grounds)
    return frame.rename(columns=TERMS) if chinese else frame


def tabulated(found: Iterable[Finding], grounds: Grounds) -> pd.DataFrame:
    """Return findings as the table that ``findings`` returns."""
    return pd.DataFrame([row(each, grounds) for each in found], columns=list(TERMS))


def grounds_of(year: Year | Facts, department: str | None = None) -> Grounds:
    """Return the grounds of a year, or of one department given by code or name."""
    facts = year if isinstance(year, Facts) else kept_facts(year)
    if not department:
        return Grounds(facts)
    code = department_code(facts, department)
    return Grounds(facts).of(code)


def needs(question: Question) -> tuple[str, ...]:
    """Return what a question needs: all rest on which cases are licences."""
    return tuple(dict.fromkeys((*LICENCE_CASES_NEED, *question.needs)))


def _answer(question: Question, grounds: Grounds) -> Answer:
    """Answer a question; those to a whole year are answered all at once, and kept."""
    if grounds.department:
        return _asked(question, grounds)
    return grounds.once(_all_answers)[question.id]


def _all_answers(grounds: Grounds) -> dict[str, Answer]:
    return kept_answers(grounds, _ask_all)


def _ask_all(grounds: Grounds) -> dict[str, Answer]:
    return {question.id: _asked(question, grounds) for question in QUESTIONS.values()}


def _asked(question: Question, grounds: Grounds) -> Answer:
    if reason := insufficient(grounds.facts, needs(question)):
        return Answer(None, reason=reason)
    return enough(question.answer(grounds))


def _before(found: Finding, grounds: Grounds) -> float | None:
    question, earlier = found.question, grounds.before
    if earlier is None or found.answer.number is None or not question.compared:
        return None
    return _answer(question, earlier).number


def row(found: Finding, grounds: Grounds) -> dict[str, object]:
    """Return a finding as a row of the table that ``findings`` returns."""
    question, answer, of = found.question, found.answer, grounds.year
    interval = answer.interval
    return {
        "place": of.place.slug,
        "year": of.year,
        "id": question.id,
        "problem": PROBLEMS[question.problem],
        "term": question.term,
        "verdict": found.verdict.value,
        "statement": statement(found),
        "value": text(answer.number, question),
        "unit": question.unit,
        "before": text(found.before, question),
        "low": text(interval.low if interval else None, question),
        "high": text(interval.high if interval else None, question),
        "estimand": interval.estimand if interval else "",
        "p_adjusted": "" if found.adjusted_p is None else f"{found.adjusted_p:.4f}",
        "evident": f"{question.threshold.evident:g}",
        "signs": f"{question.threshold.signs:g}",
        "cutoff": of.cutoff.isoformat(),
        "data": "synthetic" if of.synthetic else "real",
        "reason": answer.reason,
    }


def statement(found: Finding) -> str:
    """Return the finding as a Chinese sentence; without a number, why there is none.

    More and less are said in words, and of none it is said that none does so.
    """
    question, number = found.question, found.answer.number
    if number is None:
        return found.answer.reason
    if number == 0 and (none := OF_WHOM.search(question.statement)):
        return f"{question.statement[: none.start()]}没有{none['what']}。"
    if number == 0 and (none := HOW_MANY.match(question.statement)):
        return f"没有{none['what']}。"
    change = question.change[number < 0] if question.change else ""
    size = abs(number) if question.change else number
    sentence = question.statement.format(number=with_unit(size, question), change=change)
    return sentence.rstrip("。") + "。"


def with_unit(value: float, question: Question) -> str:
    """Return a number of a question as it is printed, with its unit; a few are not printed as none."""
    unit = question.unit if question.unit == "%" else f" {question.unit}"
    printed = text(value, question, ",")
    if value > 0 and not Decimal(text(value, question)):
        printed = f"不到 {Decimal(1).scaleb(-question.decimals):f}"
    return f"{printed}{unit}"


def text(value: float | None, question: Question, separators: str = "") -> str:
    """Return a number of a question at its decimals, rounded half up; empty for none."""
    if value is None:
        return ""
    return f"{rounded(Fraction(str(value)), question.decimals):{separators}f}"
