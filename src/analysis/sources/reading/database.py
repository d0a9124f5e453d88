"""Databases (数据库): a table or a query behind any address that Ibis knows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from analysis.errors import XukeError
from analysis.sources.reading.columnar import ROWS, ColumnarSource
from analysis.sources.reading.headings import named
from analysis.sources.reading.options import Options

ADDRESS = re.compile(r"[a-z][a-z0-9+]+://")
IN_FILES = ("duckdb", "sqlite")


def is_address(path: str) -> bool:
    """Return whether a path is the address of a database."""
    return ADDRESS.match(path) is not None


def open_database(address: str, options: Options) -> ColumnarSource:
    """Open ``ADDRESS#table``, ``ADDRESS#schema.table``, or the query of the options.

    Raises:
        XukeError: the database cannot be reached, or has no such table.
    """
    url, _, table = address.partition("#")
    shown = without_password(url)
    if not table and not options.query:
        raise XukeError(f"“{shown}”没有写表名:请写作 {shown}#表名,或用 --query 给出查询。")
    connection = _connect(url, shown)
    try:
        rows = connection.sql(options.query) if options.query else _table(connection, table)
        names = rows.columns
    except Exception as error:  # every engine has its own
        wrong = "--query 的查询不成立" if options.query else f"没有表“{table}”"
        raise XukeError(f"“{shown}”里{wrong}:请核对。") from error

    def draw() -> Iterator[pa.RecordBatch]:
        try:
            yield from rows.to_pyarrow_batches(chunk_size=ROWS)
        except Exception as error:
            raise XukeError(f"“{shown}”读到一半出错:请核对数据库连接后再试。") from error

    headings, odd = named(names)
    sheet = "查询" if options.query else table
    return ColumnarSource(shown, sheet, headings, odd, draw)


def without_password(url: str) -> str:
    """Return an address that may be shown and written down."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":***@", 1) if password else url


def _connect(url: str, shown: str) -> Any:
    """Connect; a database in a file is only read, and not made where there is none."""
    scheme, path = url.partition("?")[0].split("://", 1)
    if scheme in IN_FILES and not Path(unquote(path)).is_file():
        raise XukeError(f"找不到数据库文件“{unquote(path)}”:请核对路径。")
    if scheme == "duckdb":
        url += "&read_only=true" if "?" in url else "?read_only=true"
    try:
        import ibis  # takes a second, and most exports are files

        return ibis.connect(url)
    except ImportError as error:
        extra = url.split(":", 1)[0].replace("postgresql", "postgres")
        raise XukeError(
            f"连接“{shown}”还缺组件:请先安装 ibis-framework[{extra}],或把表导出为 CSV、Parquet。"
        ) from error
    except Exception as error:  # every engine has its own
        raise XukeError(f"连不上“{shown}”:请核对地址、账号,以及数据库是否在运行。") from error


def _table(connection: Any, table: str) -> Any:
    *schema, name = table.split(".", 1)
    return connection.table(name, database=schema[0] if schema else None)
