"""Needs (所需的列): what must be there before a figure is computed, and the sentence if it is not.

A need is a column (``table.column``), a code that must be told apart from the others
(``table.column=code``), or ``calendar``.
"""

from collections.abc import Iterable, Mapping

from analysis.errors import InsufficientError
from analysis.statistics.facts import CALENDAR, Facts
from analysis.tables import TABLES

INSUFFICIENT = "数据不足:"  # every reason why there is no number begins so
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
# Whether an inspection or a rating concerns a licence, the catalogue tells.
_OF_LICENCES = ("items.item_code", "items.item_type")
INSPECTIONS_NEED = ("inspections.inspected_on", *_OF_LICENCES)
RATED_NEED = ("evaluations.evaluated_at",)
RATINGS_NEED = (*RATED_NEED, *_OF_LICENCES)


def insufficient(facts: Facts, needs: Iterable[str]) -> str:
    """Say which of the needs (see ``Figure.needs``) are not there (数据不足); empty for none."""
    said: dict[tuple[str, str], list[str]] = {}
    for name in facts.lacking(needs):
        what, column, why = _lack(name, facts.year.absent)
        said.setdefault((what, why), []).append(column)
    lacking = "、".join(_said(*key, columns) for key, columns in said.items())
    return f"{INSUFFICIENT}{lacking}" if lacking else ""


def require(facts: Facts, needs: Iterable[str]) -> None:
    """Refuse to compute from columns that are not there: zeros would pass for results.

    Raises:
        InsufficientError: names them, and why they are not there where the import said so.
    """
    if reason := insufficient(facts, needs):
        raise InsufficientError(f"{facts.year.title}{reason}。")


def _lack(name: str, absent: Mapping[str, str]) -> tuple[str, str, str]:
    """Say what is lacking: of what, which column of it (if any), and why where the import said so."""
    if name == CALENDAR:
        return "缺少工作日历", "", ""
    if name in TABLES:
        return f"缺少{TABLES[name].term}表", "", ""
    whole, _, code = name.partition("=")
    table, column = whole.split(".")
    declared = TABLES[table][column]
    if whole not in absent and name in absent and declared.codes:
        told = declared.codes.terms.get(code, code)
        said = f"{TABLES[table].term}表的“{declared.term}”分不出"
        return said, told, absent[name]
    return f"缺少{TABLES[table].term}表的", declared.term, absent.get(whole, "")


def _said(what: str, why: str, names: list[str]) -> str:
    """Say in one breath what is lacking of the same table for the same reason."""
    listed = "".join(f"“{name}”" for name in dict.fromkeys(names) if name)
    ending = "列" if listed and what.startswith("缺少") else ""
    return f"{what}{listed}{ending}{f'({why})' if why else ''}"
