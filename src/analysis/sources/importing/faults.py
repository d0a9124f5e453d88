"""Faults (差错): everything that a row may be guilty of, from declarations, rules and mapping."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from analysis.sources.importing.fault import Fault, warning
from analysis.sources.importing.oddities import ODDITIES
from analysis.sources.importing.references import references
from analysis.sources.mapping.engine import among
from analysis.sources.mapping.mapped import Mapped, Rule, Severity
from analysis.tables import rules
from analysis.tables.contradictions import RULES
from analysis.tables.schema import Column, Need, Table, Type

EARLIEST = date(1990, 1, 1)
# What may lie after the export: limits, and what the catalogue plans.
AHEAD = ("promised_due_at", "statutory_due_at", "valid_from", "valid_to")
ORIGIN = "请在原系统或导出文件中改正,再重新导入。"
FILL_IN = "请在原系统或导出文件中补上,再重新导入;对照有意不要这些行的(把原值译作空,或条件不成立),不必理会。"
CODES = "请核对对照文件里这一列的代码系统;确为错误的,在原系统改正后重新导出。"
VOID = "void"  # told by the row's fate, not as a fault


def faults(
    mapped: Mapped,
    exported: date,
    catalogued: Callable[[Any], Any] | None = None,
    cases: Any = None,
) -> list[Fault]:
    """Return what is looked for in a table's rows.

    Args:
        mapped: the table, as the mapping made it.
        exported: day of the export; nothing can have happened after it.
        catalogued: tells whether an ``item_code`` is in the catalogue; None where none is known.
        cases: Ibis table of the ``case_id`` that there are; None where none is known.
    """
    table = mapped.table
    there = {name for name in mapped.rows.columns if f"{table.name}.{name}" not in mapped.absent}
    own = [
        *_declared(table),
        *_impossible(table, exported),
        *_contradictions(table),
        *ODDITIES.get(table.name, ()),
        *references(table, catalogued, cases),
    ]
    decoding = map(_of_mapping, mapped.rules)
    return [*decoding, *(fault for fault in own if set(fault.columns) <= there)]


def _of_mapping(rule: Rule) -> Fault:
    return Fault(
        id=rule.id,
        columns=(rule.column,),
        said=rule.said,
        todo=rule.todo,
        broken=lambda rows: rows.bind(rule.broken)[0],
        severity=rule.severity,
        headings=rule.headings,
        unread=rule.unread,
    )


def _declared(table: Table) -> Iterator[Fault]:
    """Empty required columns, unknown codes, numbers that are none or below zero."""
    for column in table.columns:
        name = column.name
        if column.need is Need.REQUIRED and (table.name, name) not in rules.EMPTY_ALLOWED:
            said = f"必填的“{column.term}”为空"
            yield Fault(f"empty_{name}", (name,), said, FILL_IN, _empty(name))
        if column.codes and column.type is Type.CODE:
            said = f"“{column.term}”不在代码表“{column.codes.name}”内"
            yield Fault(f"code_{name}", (name,), said, CODES, _unknown(column))
        if column.type in (Type.INT, Type.FLOAT):
            said = f"“{column.term}”为负数或不是有限的数"
            yield Fault(f"number_{name}", (name,), said, ORIGIN, _no_amount(column))


def _empty(name: str) -> Any:
    return lambda rows: rows[name].isnull()


def _unknown(column: Column) -> Any:
    return lambda rows: ~among(rows[column.name], column.codes.terms if column.codes else ())


def _no_amount(column: Column) -> Any:
    def broken(rows: Any) -> Any:
        values = rows[column.name]
        below = values < 0
        return below | values.isnan() | values.isinf() if column.type is Type.FLOAT else below

    return broken


def _impossible(table: Table, exported: date) -> Iterator[Fault]:
    """Times before any electronic system, and times after the export."""
    for column in table.columns:
        if column.type not in (Type.DATE, Type.TIMESTAMP):
            continue
        counts = column.need is Need.REQUIRED
        kind = Fault if counts else warning
        todo = ORIGIN if counts else "请与办件部门核对;这一时间不影响办件量。"
        said = f"“{column.term}”早于 {EARLIEST.year} 年"
        yield kind(f"early_{column.name}", (column.name,), said, todo, _before(column.name))
        if column.name not in AHEAD:
            said = f"“{column.term}”晚于导出日 {exported}"
            late = _after(column.name, exported)
            yield kind(f"late_{column.name}", (column.name,), said, todo, late)


def _before(name: str) -> Any:
    limit = datetime.combine(EARLIEST, time.min)
    return lambda rows: rows[name].cast("timestamp") < limit


def _after(name: str, day: date) -> Any:
    limit = datetime.combine(day + timedelta(days=1), time.min)
    return lambda rows: rows[name].cast("timestamp") >= limit


def _contradictions(table: Table) -> Iterator[Fault]:
    for rule in RULES.get(table.name, ()):
        if rule.id != VOID:
            yield Fault(rule.id, rule.columns, rule.said, ORIGIN, rule.broken, Severity.QUARANTINE)
