"""Bringing frames and query results to the declared types."""

from collections.abc import Iterable
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from analysis.errors import XukeError
from analysis.tables.schema import Column, Table, Type

PANDAS: dict[Type, Any] = {  # Any: the stubs know dtype names only as literals
    Type.STR: "str",
    Type.CODE: "str",
    Type.SET: "str",
    Type.INT: "Int64",
    Type.FLOAT: "float64",
    Type.BOOL: "boolean",
    Type.DATE: "datetime64[us]",
    Type.TIMESTAMP: "datetime64[us]",
}
IBIS = {
    Type.STR: "string",
    Type.CODE: "string",
    Type.SET: "string",
    Type.INT: "int64",
    Type.FLOAT: "float64",
    Type.BOOL: "boolean",
    Type.DATE: "date",
    Type.TIMESTAMP: "timestamp",
}
ARROW = {
    Type.STR: pa.string(),
    Type.CODE: pa.string(),
    Type.SET: pa.string(),
    Type.INT: pa.int64(),
    Type.FLOAT: pa.float64(),
    Type.BOOL: pa.bool_(),
    Type.DATE: pa.date32(),
    Type.TIMESTAMP: pa.timestamp("us"),
}


def conform(frame: pd.DataFrame, table: Table) -> pa.Table:
    """Return the declared columns of ``frame`` in the declared order and types.

    Raises:
        XukeError: a column holds values that its type cannot take.
    """
    there = [c for c in table.columns if c.name in frame.columns]
    arrays = [_array(frame[c.name], c, table) for c in there]
    return pa.table(arrays, names=[c.name for c in there])


def declared_types(rows: Any, table: Table, title: str) -> Any:
    """Return an Ibis table whose declared columns have their declared types.

    A column without any value may have no type of its own; it gets the declared one. Numbers are
    taken as they come; nothing else is converted, since engines convert in their own ways.

    Raises:
        XukeError: a column of another type, such as codes kept as numbers or times kept as text.
    """
    schema = rows.schema()
    casts = {}
    for column in table.columns:
        if column.name not in schema:
            continue
        found = schema[column.name]
        if found.is_null():
            casts[column.name] = IBIS[column.type]
        elif not _fits(found, column.type):
            raise XukeError(
                f"{title}{table.term}表“{column.term}”({column.name})须为{column.type.value},"
                f"数据中是 {found}:请按声明的类型重新导入。"
            )
    return rows.cast(casts) if casts else rows


def with_nulls(rows: Any, table: Table, names: Iterable[str]) -> Any:
    """Return an Ibis table with columns of these names that are there, but empty."""
    return rows.mutate(**{name: ibis.null(IBIS[table[name].type]) for name in names})


def _fits(found: Any, declared: Type) -> bool:
    match declared:
        case Type.INT | Type.FLOAT:
            return bool(found.is_numeric() and not found.is_boolean())
        case Type.BOOL:
            return bool(found.is_boolean())
        case Type.DATE:
            return bool(found.is_date() or found.is_timestamp())
        case Type.TIMESTAMP:
            return bool(found.is_timestamp() and found.timezone is None)
        case _:
            return bool(found.is_string())


def query(expression: Any, table: Table) -> pd.DataFrame:
    """Run an Ibis expression over ``table`` and return a frame in the declared pandas types."""
    return framed(expression.to_pyarrow(), table)


def framed(rows: pa.Table, table: Table) -> pd.DataFrame:
    """Return Arrow rows of ``table`` as a frame in the declared pandas types."""
    frame: pd.DataFrame = rows.to_pandas()
    types = {c.name: PANDAS[c.type] for c in table.columns if c.name in frame.columns}
    return frame.astype(types)


def _array(values: pd.Series, column: Column, table: Table) -> pa.Array:
    try:
        typed = values.astype(PANDAS[column.type])
        return pa.Array.from_pandas(typed, type=ARROW[column.type])
    except (ValueError, TypeError, pa.ArrowException) as error:
        raise XukeError(
            f"{table.term}表“{column.term}”({column.name})须为{column.type.value},有的值不是:{error}"
        ) from error
