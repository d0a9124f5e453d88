"""Typed columns become text that says the same."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.errors import XukeError
from analysis.sources.reading import Options, open_sources
from tests.sources.reading.tables import drawn, reasons

MOMENT = dt.datetime(2022, 1, 5, 9, 30, 1)


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([1, None, -3], pa.int64(), ["1", None, "-3"]),
        ([1.0, None, 2.5], pa.float64(), ["1", None, "2.5"]),
        ([float("nan"), 1e15, 0.1], pa.float64(), [None, "1000000000000000", "0.1"]),
        (["007", "", None], pa.string(), ["007", None, None]),
        (["007", "", None], pa.large_string(), ["007", None, None]),
        (["甲", "乙", "甲"], pa.dictionary(pa.int32(), pa.string()), ["甲", "乙", "甲"]),
        ([True, False, None], pa.bool_(), ["TRUE", "FALSE", None]),
        ([dt.date(2022, 1, 5), None], pa.date32(), ["2022-01-05", None]),
        ([MOMENT, None], pa.timestamp("us"), ["2022-01-05 09:30:01", None]),
        ([MOMENT, None], pa.timestamp("ns"), ["2022-01-05 09:30:01", None]),
        (
            [MOMENT.replace(microsecond=250_000), MOMENT],
            pa.timestamp("us"),
            ["2022-01-05 09:30:01.250000", "2022-01-05 09:30:01.000000"],
        ),
        (
            [MOMENT.replace(tzinfo=ZoneInfo("Asia/Shanghai"))],
            pa.timestamp("s", "Asia/Shanghai"),
            ["2022-01-05 09:30:01+0800"],
        ),
        ([Decimal("1.50")], pa.decimal128(5, 2), ["1.50"]),
        ([["a", "b"], None], pa.list_(pa.string()), ["['a', 'b']", None]),
        (["准予".encode(), None], pa.binary(), ["准予", None]),
        ([None, None], pa.null(), [None, None]),
    ],
)
def test_parquet(tmp_path, values, kind, texts):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"值": pa.array(values, kind)}), path)
    (source,) = open_sources([path])
    assert source.headings == ("值",)
    assert drawn(source) == {row: [text] for row, text in enumerate(texts, 1)}


def test_parquet_rows_that_are_not_data(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"编号": ["1", None, None], "数": [None, None, 1.0], "名": ["甲", None, "小计"]}),
        path,
    )
    assert reasons(open_sources([path])[0]) == {2: "空行"}


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "办件.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(
            "create table cases as select 1 as 编号, timestamp '2022-01-05 09:30:01' as 办结"
        )
        connection.execute("create schema s; create table s.other as select 2 as 编号")
    return f"duckdb://{path}"


def test_tables_of_a_database(database):
    (source,) = open_sources([f"{database}#cases"])
    assert (source.sheet, source.headings) == ("cases", ("编号", "办结"))
    assert drawn(source) == {1: ["1", "2022-01-05 09:30:01"]}
    assert drawn(open_sources([f"{database}#s.other"])[0]) == {1: ["2"]}


def test_a_query(database):
    (source,) = open_sources([database], Options(query="select 编号 + 1 as 号 from cases"))
    assert drawn(source) == {1: ["2"]}


def test_a_database_without_such_a_table(database):
    with pytest.raises(XukeError, match="没有写表名"):
        open_sources([database])
    with pytest.raises(XukeError, match="没有表“nothing”"):
        open_sources([f"{database}#nothing"])
    with pytest.raises(XukeError, match="查询不成立"):
        open_sources([database], Options(query="select nonsense"))


@pytest.mark.parametrize("kind", ["duckdb", "sqlite"])
def test_a_database_file_that_is_not_there_is_not_made(tmp_path, kind):
    path = tmp_path / "nowhere.db"
    with pytest.raises(XukeError, match="找不到数据库文件"):
        open_sources([f"{kind}://{path}#cases"])
    assert not path.exists()


def test_a_database_is_only_read(database):
    with pytest.raises(XukeError, match="查询不成立"):
        open_sources([database], Options(query="drop table cases"))
    assert drawn(open_sources([f"{database}#cases"])[0])


def test_no_password_in_messages():
    with pytest.raises(XukeError) as caught:
        open_sources(["postgres://reader:geheim@127.0.0.1:1/db#cases"])
    assert "geheim" not in str(caught.value)
    assert "reader:***@127.0.0.1" in str(caught.value)


def test_an_unknown_kind_of_database():
    with pytest.raises(XukeError, match=r"连不上|还缺组件"):
        open_sources(["nosuch://x/y#t"])
