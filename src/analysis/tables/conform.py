"""Bringing frames and query results to the declared types."""

from typing import Any

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


def query(expression: Any, table: Table) -> pd.DataFrame:
    """Run an Ibis expression over ``table`` and return a frame in the declared pandas types."""
    frame: pd.DataFrame = expression.to_pyarrow().to_pandas()
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
