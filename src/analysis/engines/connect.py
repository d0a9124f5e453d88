"""Connecting (连接): an Ibis connection for an address, set up by us, and the tables behind it."""

import os
import tempfile
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import ibis

from analysis.engines.address import Address, Kind
from analysis.engines.attending import attended
from analysis.engines.trouble import speaking_chinese, told
from analysis.errors import XukeError

# What the embedded engine may hold; the rest is spilled. One process of several at the same time.
MEMORY = "2GB"
NUMBERS = count()
PATIENCE = {"connect_timeout": "10"}  # seconds; another can be set in the address
EXTRA = {Kind.POSTGRES: ("psycopg", "postgres"), Kind.SPARK: ("pyspark", "spark")}
# The calendar and lists of codes are small tables that each query brings along.
SPARK_SETTINGS = {
    "spark.app.name": "xuke",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # 01 is a code, not 1
}


def connect(address: Address) -> Any:
    """Return an Ibis connection; what fails behind it is told in Chinese from then on.

    Raises:
        XukeError: it cannot be reached, is locked, or what it needs is not installed.
    """
    if address.kind in EXTRA:
        package, extra = EXTRA[address.kind]
        if find_spec(package) is None:
            raise XukeError(
                f"使用 {address.kind} 还缺组件:请先安装 xuke[{extra}],或去掉 --engine 用默认引擎。"
            )
    opened = {Kind.DUCKDB: _duckdb, Kind.POSTGRES: _postgres, Kind.SPARK: _spark}[address.kind]
    with told(address, connecting=True):
        connection = opened(address)
    return speaking_chinese(connection, address)


def stored(connection: Any, schema: str, names: Sequence[str]) -> dict[str, Any]:
    """Return the tables (or views) of these names in a schema of the engine; none without it."""
    if schema not in connection.list_databases():
        return {}
    there = set(connection.list_tables(database=schema))
    return {name: connection.table(name, database=schema) for name in names if name in there}


def read(connection: Any, kind: Kind, files: Sequence[Path], root: Path) -> Any:
    """Return an Ibis table over Parquet files.

    Args:
        connection: the connection.
        kind: which engine.
        files: the files, one by one: a pattern would take [brackets] for its own.
        root: the folder below which names like ``dept_code=…`` are partitions; their values are
            text, whatever they look like.
    """
    paths = [str(file) for file in files]
    if kind is not Kind.SPARK:
        return connection.read_parquet(paths, hive_types_autocast=False)
    base = root if root in files[0].parents else root.parent
    with attended(connection._session):  # the workers look into the files
        frame = connection._session.read.option("basePath", str(base)).parquet(*paths)
    name = f"xuke_{root.name}_{next(NUMBERS)}"
    frame.createOrReplaceTempView(name)
    return connection.table(name)


def _duckdb(address: Address) -> Any:
    """Open DuckDB in this process: memory bounded, spilling into a folder of its own."""
    settings = {"memory_limit": MEMORY} | address.settings
    # Two processes must not spill into one folder; DuckDB removes it at its end.
    folder = Path(settings.get("temp_directory", tempfile.gettempdir()))
    settings["temp_directory"] = str(folder / f"xuke-spill-{os.getpid()}-{next(NUMBERS)}")
    if address.file and not Path(address.file).is_file():
        raise XukeError(f"找不到数据库文件“{address.file}”:请核对路径。")
    connection = ibis.duckdb.connect(
        address.file or ":memory:", read_only=bool(address.file), **settings
    )
    connection.raw_sql("SET enable_progress_bar = false")
    return connection


def _postgres(address: Address) -> Any:
    """Connect as libpq does, so that its service and password files hold."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    where: dict[str, Any] = PATIENCE | conninfo_to_dict(address.url, application_name="xuke")
    connection = psycopg.connect(make_conninfo(**where), autocommit=True)
    # Compiling takes longer than any of these queries runs.
    connection.execute("SET jit = off")
    return ibis.postgres.from_connection(connection)


def _spark(address: Address) -> Any:
    """Join a cluster; within a process there is one session."""
    # It says so of every query; the tests hold what is used here to the other engines.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    settings = SPARK_SETTINGS | address.settings
    if address.url.startswith("spark://"):
        settings["spark.master"] = address.url.partition("?")[0]
    session = SparkSession.builder.config(conf=SparkConf().setAll(list(settings.items())))
    made = session.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(made)
