"""A fault (差错): something that must not be true of a row of one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis.sources.mapping.mapped import Severity


@dataclass(frozen=True)
class Fault:
    """One thing that a row may be guilty of.

    Attributes:
        id: stable short name, in ``problems.csv``.
        columns: the canonical columns it is about; it is not looked for without one of them.
        said: what is wrong, in Chinese.
        todo: what to do about it, in Chinese.
        broken: from the Ibis table of the rows to the boolean that tells it; null for no.
        severity: what it does to the row.
        headings: headings that it concerns, where they are not those of the columns.
        unread: whether the cell of its column could not be read. What else would be said of that
            column in the same row (that it is empty, that it contradicts another one) is then not.
    """

    id: str
    columns: tuple[str, ...]
    said: str
    todo: str
    broken: Callable[[Any], Any]
    severity: Severity = Severity.QUARANTINE
    headings: tuple[str, ...] = ()
    unread: bool = False


def warning(
    fault_id: str, columns: tuple[str, ...], said: str, todo: str, broken: Callable[[Any], Any]
) -> Fault:
    """Return a fault that leaves the row in place (提示)."""
    return Fault(fault_id, columns, said, todo, broken, Severity.WARNING)
