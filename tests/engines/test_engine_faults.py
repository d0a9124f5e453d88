"""Engines that fail: a right result or one Chinese sentence; never a wrong figure or a traceback."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import ibis
import pytest

from analysis.engines.address import ENGINE_VARIABLE
from analysis.errors import XukeError
from analysis.tables import TABLES
from analysis.tables.conform import conform
from analysis.tables.validate import problems
from analysis.tables.year import Year
from tests.components import need
from tests.engines import postgres
from tests.engines.small import multiply, tables, write_project

MANY = 600_000  # times three cases: their numbers do not fit into 150 MB
TIGHT = "duckdb://?memory_limit=150MB&threads=1"


def run(data: Path, *words: str, **how: Any) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end."""
    command = [sys.executable, "-m", "analysis", *words, "--data", str(data)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **how)


def assert_told(done: "subprocess.CompletedProcess[str]", said: str) -> None:
    """It failed with one Chinese sentence."""
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with more cases than fit into the memory that the tests allow."""
    data = tmp_path_factory.mktemp("many")
    multiply(write_project(data) / "cases.parquet", MANY)
    return data


def test_what_does_not_fit_is_spilled(many, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(ENGINE_VARIABLE, f"{TIGHT}&temp_directory={tmp_path}")
    assert problems(Year.open("t", 2022, data=many)).empty


def test_no_place_to_spill_to(many, monkeypatch) -> None:
    monkeypatch.setenv(ENGINE_VARIABLE, f"{TIGHT}&temp_directory=/dev/null")
    with pytest.raises(XukeError, match="临时文件夹写不进去"):
        problems(Year.open("t", 2022, data=many))


def test_no_room_to_spill(many, tmp_path) -> None:
    """Every file may grow to 4 KB only, as on a disk that is almost full."""
    url = f"{TIGHT}&temp_directory={tmp_path}"
    done = run(
        many,
        "check",
        "2022",
        "--engine",
        url,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert_told(done, "内存不够,临时文件夹也放不下")


def test_too_little_memory(many) -> None:
    done = run(many, "check", "2022", "--engine", "duckdb://?memory_limit=1MB")
    assert_told(done, "内存不够,没有算完")


def test_a_file_that_is_cut_off_under_way(tmp_path) -> None:
    """Its end, which is looked at first, is whole; rows in its middle are not."""
    file = write_project(tmp_path) / "cases.parquet"
    multiply(file, 1000)
    content = bytearray(file.read_bytes())
    middle = len(content) // 4
    content[middle : middle + 4000] = bytes(4000)
    file.write_bytes(content)
    done = run(tmp_path, "figures", "2022")
    assert_told(done, "文件可能已损坏")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a DuckDB file in which the year's tables live; the folder has its dates only."""
    year = write_project(tmp_path / "data")
    file = tmp_path / "a.duckdb"
    with duckdb.connect(str(file)) as con:
        con.sql("create schema t_2022")
        for path in year.glob("*.parquet"):
            con.sql(f"create table t_2022.{path.stem} as from '{path}'")
            path.unlink()
    return file


def test_a_database_that_another_program_holds(database: Path, tmp_path: Path) -> None:
    url, data = f"duckdb://{database}", tmp_path / "data"
    free = run(data, "figures", "2022", "--engine", url, "--format", "csv")
    assert (free.returncode, ",accepted,,受理量,3," in free.stdout) == (0, True), free.stderr
    hold = f"import duckdb, time; c = duckdb.connect({str(database)!r}); print(1, flush=True); time.sleep(99)"
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        done = run(data, "figures", "2022", "--engine", url)
        holder.kill()
    assert_told(done, "正被别的程序占用")


@pytest.fixture
def slow_server(tmp_path: Path) -> Iterator[tuple[postgres.Server, Path]]:
    """Return a server of its own whose cases take a while to read, and the data folder."""
    need("PostgreSQL", postgres.available(), postgres.HOW_TO_GET)
    write_project(tmp_path, engine="postgres://nobody@nowhere/none")
    with postgres.server() as running:
        con = ibis.postgres.connect(**running.where)
        con.raw_sql("CREATE SCHEMA t_2022").close()
        for name, frame in tables().items():
            con.create_table(f"{name}_rows", conform(frame, TABLES[name]))
            slow = ", (SELECT pg_sleep(0.7)) AS slow" if name == "cases" else ""
            con.raw_sql(
                f"CREATE VIEW t_2022.{name} AS SELECT r.* FROM public.{name}_rows AS r{slow}"
            ).close()
        con.disconnect()
        yield running, tmp_path


def stop_while_counting(server: postgres.Server) -> None:
    """Stop the server when it is in the midst of reading the cases."""
    import psycopg

    with psycopg.connect(server.url, autocommit=True) as watcher:
        sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        while watcher.execute(sleeping).fetchall() == [(0,)]:
            time.sleep(0.1)
    server.stop()


def test_postgres_restarted_under_way(slow_server) -> None:
    server, data = slow_server
    stop = Thread(target=stop_while_counting, args=[server])
    stop.start()
    done = run(data, "figures", "2022", "--engine", server.url)
    stop.join()
    assert_told(done, "连接在计算中断开")
    assert_told(run(data, "figures", "2022", "--engine", server.url), "连不上 PostgreSQL")
    server.start()
    again = run(data, "figures", "2022", "--engine", server.url, "--format", "csv")
    assert (again.returncode, ",accepted,,受理量,3," in again.stdout) == (0, True), again.stderr
