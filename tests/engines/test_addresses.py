"""Addresses of engines: what is supported, and no secret in any of them."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from analysis.engines.address import ENGINE_VARIABLE, Address, Kind, named, use
from analysis.engines.connect import connect
from analysis.errors import XukeError
from analysis.tables.year import Year
from tests.engines.small import write_project
from tests.publish.project import Project


@pytest.mark.parametrize(
    ("url", "kind", "only_files"),
    [
        ("duckdb://", Kind.DUCKDB, True),
        ("duckdb://?threads=2&memory_limit=4GB", Kind.DUCKDB, True),
        ("duckdb:///data/a.duckdb", Kind.DUCKDB, False),
        ("postgres://xuke@db/xuke", Kind.POSTGRES, False),
        ("postgresql:///?service=xuke", Kind.POSTGRES, False),
        ("spark://10.0.0.1:7077", Kind.SPARK, False),
        ("pyspark://?spark.master=local", Kind.SPARK, False),
    ],
)
def test_what_is_supported(url, kind, only_files):
    address = Address.parse(url)
    assert (address.kind, address.only_files) == (kind, only_files)


@pytest.mark.parametrize("url", ["mysql://db/x", "postgres", "duckdb", "http://x", "", "://"])
def test_what_is_not(url):
    with pytest.raises(XukeError, match="不认识引擎地址"):
        Address.parse(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://xuke:geheim@db/xuke",
        "postgres://db/xuke?user=xuke&password=geheim",
        "postgres://xuke:geheim@[db/xuke",
        "mysql://xuke:geheim@db/xuke",
    ],
)
def test_a_password_is_refused_and_not_repeated(url):
    with pytest.raises(XukeError) as told:
        Address.parse(url)
    assert "geheim" not in str(told.value)


def test_what_is_asked_for_comes_before_what_the_year_names(monkeypatch):
    monkeypatch.delenv(ENGINE_VARIABLE, raising=False)
    assert named(None).only_files
    assert named("postgres:///a").kind is Kind.POSTGRES
    monkeypatch.setenv(ENGINE_VARIABLE, "duckdb://")
    use("spark://h:7077")
    assert named("postgres:///a").kind is Kind.SPARK


def test_the_embedded_engine_is_bounded():
    con = connect(Address.parse("duckdb://?threads=1"))
    asked = "select current_setting('memory_limit'), current_setting('threads')"
    assert con.raw_sql(asked).fetchall() == [("1.8 GiB", 1)]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("duckdb:///none/a.duckdb", "找不到数据库文件"),
        ("duckdb://?memory=1GB", "打不开"),
        ("postgres://x@127.0.0.1:1/x?connect_timeout=1", "连不上 PostgreSQL"),
    ],
)
def test_what_cannot_be_opened(tmp_path, url, said):
    write_project(tmp_path, engine=url)
    with pytest.raises(XukeError, match=said):
        Year.open("t", 2022, data=tmp_path)


def test_a_database_without_the_schema(tmp_path, monkeypatch):
    duckdb.connect(str(tmp_path / "a.duckdb")).close()
    write_project(tmp_path)
    monkeypatch.setenv(ENGINE_VARIABLE, f"duckdb://{tmp_path / 'a.duckdb'}")
    with pytest.raises(XukeError, match="没有 t_2022 这个模式"):
        Year.open("t", 2022, data=tmp_path)


def test_pages_from_an_engine_are_made_anew_each_time(tmp_path: Path):
    """Nobody can see from outside whether its tables have changed."""
    project = Project(tmp_path)
    shutil.rmtree(project.data / "years/t/2021")
    year = project.data / "years/t/2022"
    with duckdb.connect(str(tmp_path / "a.duckdb")) as con:
        con.sql("create schema t_2022")
        for path in year.glob("*.parquet"):
            con.sql(f"create table t_2022.{path.stem} as from '{path}'")
    words = ("2022", "--engine", f"duckdb://{tmp_path / 'a.duckdb'}")
    assert project.run(*words).returncode == 0
    manifest = json.loads((project.reports / "t/2022/manifest.json").read_text())
    assert "a.duckdb" in json.dumps(manifest)
    again = project.run(*words)
    assert "已生成 t/2022/page.html" in again.stdout
    back = project.run("2022", "--dry-run")
    assert "计算引擎有变化" in back.stdout + back.stderr
