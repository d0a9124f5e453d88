"""References (引用): rows that name an item or a case which the year does not have.

Such rows stay. Steps without their case are not told here: they end with another year's rows, see
``belongs``.
"""

from collections.abc import Callable, Iterator
from typing import Any

from analysis.sources.importing.fault import Fault, warning
from analysis.tables.schema import Table

UNCATALOGUED = {
    "cases": "请核对编码或补导目录;这些办件照常计入,并列为“未入目录”。",
    "inspections": "请核对编码或补导目录;这些检查照常计入。",
    "evaluations": "请核对编码或补导目录;这些评价照常计入。",
}


def references(
    table: Table, catalogued: Callable[[Any], Any] | None, cases: Any
) -> Iterator[Fault]:
    """Yield what may be wrong with what rows refer to.

    Args:
        table: the declaration of the rows.
        catalogued: tells whether an ``item_code`` is in the catalogue; None where none is known.
        cases: Ibis table of the ``case_id`` that there are; None where none is known.
    """
    if catalogued and table.name in UNCATALOGUED:
        yield warning(
            "not_in_catalogue",
            ("item_code",),
            "事项编码不在事项目录中",
            UNCATALOGUED[table.name],
            lambda rows: rows["item_code"].notnull() & ~catalogued(rows["item_code"]),
        )
    if cases is not None and table.name == "evaluations":
        yield warning(
            "case_unknown",
            ("case_id",),
            "评价的办件不在办件表内",
            "请核对办件编号;可能是往年的办件,或不属于行政许可,这些评价照常计入。",
            lambda rows: rows["case_id"].notin(cases["case_id"]),
        )
