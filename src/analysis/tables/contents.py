"""Contents (年度内容): which tables a year holds, in which types, and what of them must be there."""

from collections.abc import Mapping
from typing import Any

from analysis.errors import XukeError
from analysis.tables import TABLES
from analysis.tables.conform import declared_types, with_nulls

DATA_TABLES = ("items", "cases", "events", "inspections", "evaluations", "staff", "reported")
NEEDED = ("items", "cases")


def complete(tables: Mapping[str, Any], absent: Mapping[str, str], title: str) -> dict[str, Any]:
    """Return tables in their declared types and with every required column.

    Args:
        tables: Ibis tables by name.
        absent: see ``Year``; a required column that is absent is there afterwards, but empty.
        title: whose they are, for messages.

    Raises:
        XukeError: a table that every year needs, or a required column, is lacking; or a column has another type
            than declared: what an engine would guess is refused.
    """
    for name in NEEDED:
        if name not in tables:
            raise XukeError(
                f"{title}缺少{TABLES[name].term}表({name}):请先导入,或用 xuke demo 生成演示数据。"
            )
    typed = {name: declared_types(rows, TABLES[name], title) for name, rows in tables.items()}
    for name, rows in typed.items():
        _require_columns(name, rows, absent, title)
    return {
        name: with_nulls(rows, TABLES[name], _lacking(name, rows)) for name, rows in typed.items()
    }


def _require_columns(name: str, rows: Any, absent: Mapping[str, str], title: str) -> None:
    lacking = [column for column in _lacking(name, rows) if f"{name}.{column}" not in absent]
    if lacking:
        terms = "、".join(f"{TABLES[name][column].term}({column})" for column in lacking)
        raise XukeError(f"{title}{TABLES[name].term}表缺少必填列:{terms}。请补齐后重新导入。")


def _lacking(name: str, rows: Any) -> list[str]:
    """Return the required columns that a table does not have."""
    return [column for column in TABLES[name].required if column not in rows.columns]
