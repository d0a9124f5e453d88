"""Trouble with engines (引擎故障): what an engine says when it fails, told in one Chinese sentence.

An engine fails wherever a query is run, also in a notebook; so its connection is made to tell.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from typing import Any

from ibis.common.exceptions import OperationNotDefinedError, UnsupportedOperationError

from analysis.engines.address import Address, Kind
from analysis.engines.attending import attended
from analysis.errors import XukeError

RUNNING = (
    "execute",
    "to_pyarrow",
    "create_table",
    "table",
    "list_tables",
    "list_databases",
    "read_parquet",
)
OWN = ("duckdb", "_duckdb", "psycopg", "pyspark", "py4j")  # whose errors are an engine's
LOCKED = "Could not set lock"
NO_SPACE = ("No space left", "failed to offload", "Could not write", "max_temp_directory_size")
NO_SPILL = ("temp_directory", "temporary directory", "temp directory", "Failed to create directory")


@contextmanager
def told(address: Address, *, connecting: bool = False) -> Iterator[None]:
    """Turn an engine's error into a Chinese sentence; errors of the program stay what they are."""
    try:
        yield
    except (OperationNotDefinedError, UnsupportedOperationError) as error:
        raise XukeError(
            f"{address.kind} 做不了这项计算({_first_line(error)}):请去掉 --engine,用默认引擎计算。"
        ) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in OWN:
            raise
        raise XukeError(_said(address, error, connecting)) from error


def speaking_chinese(connection: Any, address: Address) -> Any:
    """Return a connection whose queries fail in Chinese."""

    def speaking(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def called(*given: Any, **named: Any) -> Any:
            with told(address), _attending(connection, address):
                return method(*given, **named)

        return called

    for name in RUNNING:
        setattr(connection, name, speaking(getattr(connection, name)))
    return connection


def _attending(connection: Any, address: Address) -> AbstractContextManager[None]:
    if address.kind is Kind.SPARK:
        return attended(connection._session)
    return nullcontext()


def _said(address: Address, error: Exception, connecting: bool) -> str:
    said = {Kind.DUCKDB: _of_duckdb, Kind.POSTGRES: _of_postgres, Kind.SPARK: _of_spark}
    return said[address.kind](address, error, connecting)


def _of_duckdb(address: Address, error: Exception, connecting: bool) -> str:
    text = str(error)
    if LOCKED in text:
        return f"数据库文件“{address.file}”正被别的程序占用:请等它结束或关闭它,再重新运行。"
    if any(mark in text for mark in NO_SPACE):
        return "内存不够,临时文件夹也放不下:请清理磁盘,或用 --engine 'duckdb://?temp_directory=文件夹' 换一个。"
    if any(mark in text for mark in NO_SPILL):
        return "内存不够,而临时文件夹写不进去:请用 --engine 'duckdb://?temp_directory=文件夹' 换一个能写的。"
    if type(error).__name__ == "OutOfMemoryException":
        return (
            "内存不够,没有算完:请用 --engine 'duckdb://?memory_limit=8GB' 放宽上限,或关闭别的程序。"
        )
    if connecting:
        return f"引擎 {address.kind} 打不开({_first_line(error)}):请核对 --engine 的写法。"
    return f"计算时读数据出错,没有结果({_first_line(error)}):文件可能已损坏,请重新导入该年。"


def _of_postgres(address: Address, error: Exception, connecting: bool) -> str:
    if connecting:
        return f"连不上 PostgreSQL({_first_line(error)}):请核对地址、账号,以及数据库是否在运行。"
    if type(error).__name__ in ("OperationalError", "AdminShutdown", "CrashShutdown"):
        return f"与 PostgreSQL 的连接在计算中断开({_first_line(error)}),没有结果:请在数据库恢复后重新运行。"
    if type(error).__name__ == "InsufficientPrivilege":
        return f"PostgreSQL 不允许读取({_first_line(error)}):请让管理员授予 USAGE 和 SELECT 权限。"
    return f"PostgreSQL 没有算完({_first_line(error)}):请把这句话交给数据库管理员。"


def _of_spark(address: Address, error: Exception, connecting: bool) -> str:
    text = str(error)
    if "JAVA_GATEWAY" in text or "Java gateway" in text:
        return "Spark 启动不了:需要 Java 17 以上,请安装并设好 JAVA_HOME。"
    if connecting:
        return f"连不上 Spark({_first_line(error)}):请核对地址,以及主节点是否在运行。"
    return f"Spark 没有算完({_first_line(error)}),没有结果:请检查集群后重新运行。"


def _first_line(error: Exception) -> str:
    """Return what an engine says, without the query that it repeats."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:160].rstrip("。.:") if lines else type(error).__name__
