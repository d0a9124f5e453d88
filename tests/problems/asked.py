"""Asking one question of a small year."""

from typing import Any

from analysis.problems.finding import Finding
from analysis.problems.findings import answered, grounds_of
from analysis.tables.year import Year
from tests.tables.build import PLACE, frames, item


def ask(year: Year, question: str, department: str | None = None) -> Finding:
    """Answer one question."""
    return answered(grounds_of(year, department), [question])[0]


def number(year: Year, question: str, department: str | None = None) -> float:
    """Return the number that answers one question; there must be one."""
    found = ask(year, question, department)
    assert found.answer.number is not None, found.answer.reason
    return found.answer.number


def counts(year: Year, question: str) -> dict[str, int]:
    """Return what the number of one question rests on."""
    return dict(ask(year, question).answer.counts)


def year_of(cases: list[dict[str, Any]], *, number: int = 2022, **tables: Any) -> Year:
    """Make a year of cases and other tables (frames) with one item ``A``."""
    facts = {name: tables.pop(name) for name in ("cutoff", "absent") if name in tables}
    items = tables.pop("items", [item()])
    return Year.from_frames(PLACE, number, frames(cases, items) | tables, **facts)
