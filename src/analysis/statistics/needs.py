"""Needs (所需的列): what must be there before a figure is computed, and the sentence if it is not.

A need is a column (``table.column``), a code that must be told apart from the others
(``table.column=code``), or ``calendar``.
"""

from collections.abc import Iterable, Mapping

from analysis.errors import InsufficientError
from analysis.statistics.facts import CALENDAR, Facts
from analysis.tables import TABLES

# What every count of licence cases rests on, and every count of completed ones.
LICENCE_CASES_NEED = ("cases.submitted_at", "cases.item_code", "items.item_code", "items.item_type")
# An export without cases that wait for acceptance holds only some of the applications.
APPLICATIONS_NEED = (*LICENCE_CASES_NEED, "cases.accept_status=pending")
ACCEPTED_NEED = (*LICENCE_CASES_NEED, "cases.accepted_at")
COMPLETED_NEED = (
    *LICENCE_CASES_NEED,
    "cases.accepted_at",
    "cases.closed_at",
    "cases.outcome",
)
INSUFFICIENT = "数据不足:"  # how reasons begin


def insufficient(facts: Facts, needs: Iterable[str]) -> str:
    """Say which of the needs (see ``Figure.needs``) are not there (数据不足); empty for none."""
    said = dict.fromkeys(_lack(name, facts.year.absent) for name in facts.lacking(needs))
    return f"{INSUFFICIENT}{'、'.join(said)}" if said else ""


def require(facts: Facts, needs: Iterable[str]) -> None:
    """Refuse to compute from columns that are not there: zeros would pass for results.

    Raises:
        InsufficientError: names them, and why they are not there where the import said so.
    """
    if reason := insufficient(facts, needs):
        raise InsufficientError(f"{facts.year.title}{reason}。")


def _lack(name: str, absent: Mapping[str, str]) -> str:
    """Say what is lacking, and why where the import said so."""
    if name == CALENDAR:
        return "缺少工作日历"
    if name in TABLES:
        return f"缺少{TABLES[name].term}表"
    whole, _, code = name.partition("=")
    table, column = whole.split(".")
    declared = TABLES[table][column]
    said = f"缺少{TABLES[table].term}表的“{declared.term}”列"
    if whole in absent:
        return f"{said}({absent[whole]})"
    if name in absent and declared.codes:
        said = f"{TABLES[table].term}表的“{declared.term}”分不出“{declared.codes.terms.get(code, code)}”"
        return f"{said}({absent[name]})"
    return said
