"""The registry of questions (问题登记表), and ``findings``: all answers for a year."""

from collections.abc import Iterable
from types import ModuleType

import pandas as pd

from analysis.problems.finding import Answer, Finding, Question
from analysis.problems.grounds import Grounds
from analysis.problems.judging import judged
from analysis.problems.topics import PROBLEMS
from analysis.statistics.facts import Facts
from analysis.statistics.figure import insufficient
from analysis.statistics.figures import department_code
from analysis.tables.year import Year

MODULES: tuple[ModuleType, ...] = ()  # one per problem, in the order in which they are shown
QUESTIONS: dict[str, Question] = {
    question.id: question for module in MODULES for question in module.QUESTIONS
}
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
    "low": "区间下限",
    "high": "区间上限",
    "estimand": "区间说的是什么",
    "p_adjusted": "校正后的p值",
    "threshold": "判定线",
    "cutoff": "统计截止日",
    "data": "数据性质",
    "reason": "未计算的原因",
}


def answered(grounds: Grounds, ids: Iterable[str] | None = None) -> list[Finding]:
    """Answer all questions, or some, and judge them; in the order of the registry."""
    wanted = list(QUESTIONS.values()) if ids is None else [QUESTIONS[name] for name in ids]
    return judged([(question, _answer(question, grounds)) for question in wanted])


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
    """
    grounds = grounds_of(year, department)
    rows = [row(found, grounds) for found in answered(grounds)]
    frame = pd.DataFrame(rows, columns=list(TERMS))
    return frame.rename(columns=TERMS) if chinese else frame


def grounds_of(year: Year | Facts, department: str | None = None) -> Grounds:
    """Return the grounds of a year, or of one department given by code or name."""
    facts = year if isinstance(year, Facts) else Facts.of(year)
    if not department:
        return Grounds(facts)
    code = department_code(facts, department)
    return Grounds(facts.department(code), code)


def _answer(question: Question, grounds: Grounds) -> Answer:
    if reason := insufficient(grounds.facts, question.needs):
        return Answer(None, reason=reason)
    return question.answer(grounds)


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
        "value": _text(answer.number, question),
        "unit": question.unit,
        "low": _text(interval.low if interval else None, question),
        "high": _text(interval.high if interval else None, question),
        "estimand": interval.estimand if interval else "",
        "p_adjusted": "" if found.adjusted_p is None else f"{found.adjusted_p:.4f}",
        "threshold": f"{question.threshold.evident:g}{question.unit}",
        "cutoff": of.cutoff.isoformat(),
        "data": "synthetic" if of.synthetic else "real",
        "reason": answer.reason,
    }


def statement(found: Finding) -> str:
    """Return the finding as a Chinese sentence; without a number, why there is none."""
    question, answer = found.question, found.answer
    if answer.number is None:
        return answer.reason
    return question.statement.format(number=f"{_text(answer.number, question)}{question.unit}")


def _text(value: float | None, question: Question) -> str:
    return "" if value is None else f"{value:.{question.decimals}f}"
