"""Asking one question of a small year."""

from typing import Any

from analysis.problems.finding import Answer, Finding
from analysis.problems.findings import QUESTIONS, answered, grounds_of
from analysis.tables.year import Year
from tests.tables.build import PLACE, frames, item


def ask(year: Year, question: str, department: str | None = None) -> Finding:
    """Answer one question."""
    return answered(grounds_of(year, department), [question])[0]


def number(year: Year, question: str, department: str | None = None) -> float:
    """Return the number that answers one question, of however few cases; there must be one."""
    found = answer(year, question, department).number
    assert found is not None
    return found


def answer(year: Year, question: str, department: str | None = None) -> Answer:
    """Return what one question is answered, of however few cases."""
    return QUESTIONS[question].answer(grounds_of(year, department))


def counts(year: Year, question: str) -> dict[str, int]:
    """Return what the number of one question rests on."""
    return dict(ask(year, question).answer.counts)


def year_of(cases: list[dict[str, Any]], *, number: int = 2022, **tables: Any) -> Year:
    """Make a year of cases and other tables (frames) with one item ``A``."""
    facts = {name: tables.pop(name) for name in ("cutoff", "absent") if name in tables}
    items = tables.pop("items", [item()])
    return Year.from_frames(PLACE, number, frames(cases, items) | tables, **facts)
