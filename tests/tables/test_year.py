"""``Year``: the same year from frames, from a folder and from a connection; what is refused."""

import dataclasses
import json
from datetime import date

import ibis
import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.passes.tally import tally
from analysis.tables.validate import problems
from analysis.tables.year import Year
from analysis.tables.years import years_of
from tests.tables.build import (
    PLACE,
    accepted,
    case,
    closed,
    day,
    frames,
    item,
    refused_acceptance,
    write_places,
    year,
)

CASES = [
    closed("2021-12-20", "2021-12-22", "2022-01-10", extended_days=3, stopped_days_art45=1.5),
    closed("2022-03-01 08:00", "2022-03-02 09:30", "2022-03-04 17:59:59", "refused"),
    accepted("2022-12-20", "2022-12-21", dept_code="D2", apply_channel="pc"),
    refused_acceptance("2022-04-01", "2022-04-02"),
    case("2022-12-30", item_code="X"),
]
ITEMS = [item("A", valid_from=day("2020-01-01")), item("B", item_type="07")]
TABLES = frames(CASES, ITEMS)
# One is plain, the others hold what shells, globs and SQL take for something else.
FOLDERS = ["data", "数据 目录", "a [2022] b", "[0-9]", "it's * one"]


WAYS = ["frames", "folder", "connection"]


FLOATS = {"extended_days", "stopped_days_art45", "stopped_days_other", "statutory_days"}


def typed(table):
    """As an export holds it: moments as timestamps, dates as dates, numbers as numbers."""
    frame = TABLES[table].copy()
    for column in frame:
        if column.endswith("_at") or column in ("valid_from", "valid_to"):
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
        elif column in FLOATS:
            frame[column] = frame[column].astype("float64")
        elif column in ("package_codes", "outcome"):
            frame[column] = frame[column].astype("str")
    return frame


def folder(data, number=2022, *, meta=None, tables=("items", "cases")):
    """A data folder with one year of the place ``t``."""
    write_places(data, '[t]\nname = "测试区"\ncalendar = "china"\n')
    at = data / "years" / "t" / str(number)
    at.mkdir(parents=True)
    (at / "year.json").write_text(json.dumps(meta or {}), encoding="utf-8")
    for table in tables:
        typed(table).to_parquet(at / f"{table}.parquet")
    return at


@pytest.fixture(scope="module")
def by_hand():
    return tally(year(CASES, ITEMS))


def same_tally(found, expected):
    pd.testing.assert_frame_equal(tally(found), expected)


def test_from_frames(by_hand):
    made = Year.from_frames(PLACE, 2022, TABLES)
    same_tally(made, by_hand)
    counts = by_hand.groupby("measure")["n"].sum()
    assert counts["applications"] == 4
    assert counts["accepted"] == 2
    assert counts["completed"] == 2
    assert (made.cutoff, made.exported_on, made.synthetic) == (date(2022, 12, 31), None, False)
    assert made.title == "测试区 2022 年"
    assert made.end == date(2023, 1, 1)


@pytest.mark.parametrize("name", FOLDERS)
def test_from_folder(tmp_path, by_hand, name):
    folder(tmp_path / name)
    opened = Year.open("t", 2022, data=tmp_path / name)
    same_tally(opened, by_hand)
    assert opened.data == tmp_path / name


@pytest.mark.parametrize("name", FOLDERS)
def test_from_folder_with_a_table_in_several_files(tmp_path, by_hand, name):
    at = folder(tmp_path / name, tables=("items",))
    for n, part in enumerate((typed("cases")[:2], typed("cases")[2:])):
        under = at / "cases" / f"month {n}"
        under.mkdir(parents=True)
        part.to_parquet(under / "部分.parquet")
    same_tally(Year.open("t", 2022, data=tmp_path / name), by_hand)


def test_from_connection(by_hand):
    con = ibis.duckdb.connect()
    for table in TABLES:
        con.create_table(table, ibis.memtable(typed(table)))
    con.create_table("unrelated", ibis.memtable(typed("items")))
    made = Year.from_connection(PLACE, 2022, con)
    assert set(made.tables) == {"items", "cases"}
    same_tally(made, by_hand)


def test_frames_in_and_out():
    made = year(CASES, ITEMS)
    assert made.cases["case_id"].tolist() == [row["case_id"] for row in CASES]
    assert made.cases["accepted_at"].tolist()[1] == pd.Timestamp("2022-03-02 09:30")
    assert made.cases["outcome"].isna().tolist() == [False, False, True, True, True]
    assert made.items["item_version"].tolist() == [1, 1]
    assert made.items["valid_from"].iloc[0] == pd.Timestamp("2020-01-01")
    assert made.items["valid_from"].isna().tolist() == [False, True]


def test_undeclared_columns_do_not_pass():
    rows = [row | {"applicant_name": "某人"} for row in CASES]
    tables = {"cases": pd.DataFrame(rows), "items": TABLES["items"]}
    assert "applicant_name" not in Year.from_frames(PLACE, 2022, tables).cases


def test_facts_of_year_json(tmp_path):
    meta = {"cutoff": "2022-10-31", "exported_on": "2022-11-05", "kind": "synthetic"}
    folder(tmp_path, meta=meta)
    opened = Year.open("t", 2022, data=tmp_path)
    assert opened.cutoff == date(2022, 10, 31)
    assert opened.exported_on == date(2022, 11, 5)
    assert opened.synthetic
    assert opened.end == date(2022, 11, 1)


def test_has(tmp_path):
    made = year(CASES, ITEMS)
    assert made.has("cases")
    assert made.has("cases", "extended_days", "outcome")
    assert not made.has("cases", "extended_days", "region_code")
    assert not made.has("events")


def test_year_before(tmp_path):
    folder(tmp_path, 2021)
    folder(tmp_path, 2022)
    opened = Year.open("t", 2022, data=tmp_path)
    assert opened.before().year == 2021
    assert opened.before().before() is None
    assert years_of("t", tmp_path) == [2021, 2022]
    assert year([]).before() is None


def test_year_from_frames_has_no_folder():
    with pytest.raises(XukeError, match="没有数据文件夹"):
        _ = year([]).data


# Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "term"),
    [
        ("cases", "submitted_at", "申请时间"),
        ("cases", "not_accepted_at", "不受理时间"),
        ("items", "impl_code", "实施编码"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_missing_required_column(tmp_path, way, table, column, term):
    with pytest.raises(XukeError, match=rf"缺少必填列:{term}\({column}\).*请补齐"):
        make(
            tmp_path,
            way,
            {name: typed(name).drop(columns=column, errors="ignore") for name in TABLES},
        )


def make(tmp_path, way, tables):
    """Make a year of the tables, in one of the three ways."""
    if way == "frames":
        return Year.from_frames(PLACE, 2022, tables)
    if way == "folder":
        at = folder(tmp_path, tables=())
        for name, frame in tables.items():
            frame.to_parquet(at / f"{name}.parquet")
        return Year.open("t", 2022, data=tmp_path)
    con = ibis.duckdb.connect()
    for name, frame in tables.items():
        con.create_table(name, ibis.memtable(frame))
    return Year.from_connection(PLACE, 2022, con)


@pytest.mark.parametrize(("table", "term"), [("items", "事项目录"), ("cases", "办件")])
@pytest.mark.parametrize("way", WAYS)
def test_missing_table(tmp_path, way, table, term):
    with pytest.raises(XukeError, match=rf"测试区 2022 年缺少{term}表\({table}\).*请先导入"):
        make(tmp_path, way, {name: typed(name) for name in TABLES if name != table})


@pytest.mark.parametrize(
    ("column", "value", "term"),
    [
        ("submitted_at", "去年", "申请时间"),
        ("closed_at", "2022-13-01", "办结时间"),
        ("extended_days", "三天", "延长天数"),
    ],
)
def test_wrong_type_in_cases(column, value, term):
    rows = TABLES["cases"].astype(object).assign(**{column: value})
    with pytest.raises(XukeError, match=rf"办件表“{term}”\({column}\)须为"):
        Year.from_frames(PLACE, 2022, TABLES | {"cases": rows})


@pytest.mark.parametrize(
    ("column", "value", "term"),
    [
        ("site_visits", 0.5, "到办事现场次数"),
        ("site_visits", "一次", "到办事现场次数"),
        ("on_application", "也许", "是否依申请"),
        ("valid_from", "2022-02-30", "生效日期"),
    ],
)
def test_wrong_type_in_items(column, value, term):
    rows = TABLES["items"].astype(object).assign(**{column: value})
    with pytest.raises(XukeError, match=rf"事项目录表“{term}”\({column}\)须为"):
        Year.from_frames(PLACE, 2022, TABLES | {"items": rows})


def test_year_without_data_names_those_there_are(tmp_path):
    folder(tmp_path, 2020)
    folder(tmp_path, 2022)
    with pytest.raises(XukeError, match=r"测试区没有 2021 年的数据\(现有 2020、2022 年\)"):
        Year.open("t", 2021, data=tmp_path)


def test_place_without_any_year(tmp_path):
    write_places(tmp_path, '[t]\nname = "测试区"\n')
    with pytest.raises(XukeError, match="还没有任何年度"):
        Year.open("t", 2021, data=tmp_path)


def test_unknown_place_with_a_near_name(tmp_path):
    folder(tmp_path)
    with pytest.raises(XukeError, match=r"“tt”.*是不是 t"):
        Year.open("tt", 2022, data=tmp_path)


@pytest.mark.parametrize("text", ["{", "", "cutoff = 2022", "\ufeff{}"])
def test_broken_year_json(tmp_path, text):
    (folder(tmp_path) / "year.json").write_text(text, encoding="utf-8")
    with pytest.raises(XukeError, match=r"year\.json”已损坏.*请重新导入"):
        Year.open("t", 2022, data=tmp_path)


def test_year_json_that_is_not_text(tmp_path):
    (folder(tmp_path) / "year.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(XukeError, match=r"year\.json”已损坏"):
        Year.open("t", 2022, data=tmp_path)


@pytest.mark.parametrize(
    "meta",
    [
        {"cutoff": "2022-02-30"},
        {"cutoff": "去年底"},
        {"cutoff": 20221231},
        {"cutoff": None},
        {"exported_on": "soon"},
        ["2022-12-31"],
        "2022-12-31",
    ],
    ids=str,
)
def test_year_json_with_other_content(tmp_path, meta):
    folder(tmp_path, meta=meta)
    with pytest.raises(XukeError):
        Year.open("t", 2022, data=tmp_path)


@pytest.mark.parametrize("cutoff", ["2021-12-31", "2023-01-01"])
def test_cutoff_outside_the_year(tmp_path, cutoff):
    with pytest.raises(XukeError, match=f"统计截止日 {cutoff} 不在 2022 年内"):
        year([], cutoff=day(cutoff))
    folder(tmp_path, meta={"cutoff": cutoff})
    with pytest.raises(XukeError, match=f"统计截止日 {cutoff} 不在 2022 年内"):
        Year.open("t", 2022, data=tmp_path)


@pytest.mark.parametrize("text", ["", "这不是Parquet文件"])
def test_broken_table_file(tmp_path, text):
    (folder(tmp_path) / "cases.parquet").write_text(text, encoding="utf-8")
    with pytest.raises(XukeError):
        Year.open("t", 2022, data=tmp_path)


def test_empty_table_folder(tmp_path):
    (folder(tmp_path, tables=("items",)) / "cases").mkdir()
    with pytest.raises(XukeError):
        Year.open("t", 2022, data=tmp_path)


@pytest.mark.parametrize("way", ["folder", "connection"])
@pytest.mark.parametrize("column", ["submitted_at", "closed_at"])
def test_times_kept_as_text(tmp_path, way, column):
    tables = {name: typed(name) for name in TABLES}
    tables["cases"][column] = tables["cases"][column].astype("str")
    with pytest.raises(XukeError, match=column):
        tally(make(tmp_path, way, tables))


@pytest.mark.parametrize("way", ["folder", "connection"])
def test_codes_kept_as_numbers_are_not_silently_other_codes(tmp_path, way):
    """01 read as the number 1: then no item is a licence, and only the unknown item is counted."""
    tables = {name: typed(name) for name in TABLES}
    tables["items"]["item_type"] = tables["items"]["item_type"].astype("int64")
    try:
        made = make(tmp_path, way, tables)
        silent = problems(made).empty and Facts.of(made).n("applications") != 4
    except XukeError:
        silent = False
    assert not silent


def test_column_without_any_value(tmp_path, by_hand):
    tables = {name: typed(name) for name in TABLES}
    tables["cases"]["stopped_days_other"] = pd.Series([None] * len(CASES), dtype=object)
    same_tally(make(tmp_path, "folder", tables), by_hand)


def test_the_same_period_of_the_year_before(tmp_path):
    folder(tmp_path, 2023)
    folder(tmp_path, 2024)
    now = Year.open("t", 2024, data=tmp_path)
    assert now.same_period_before().cutoff == date(2023, 12, 31)
    half = dataclasses.replace(now, cutoff=date(2024, 6, 30))
    assert half.same_period_before().cutoff == date(2023, 6, 30)
    leap = dataclasses.replace(now, cutoff=date(2024, 2, 29))
    assert leap.same_period_before().cutoff == date(2023, 2, 28)
    assert Year.open("t", 2023, data=tmp_path).same_period_before() is None


def test_a_year_whose_data_end_earlier_is_not_compared(tmp_path):
    folder(tmp_path, 2022, meta={"cutoff": "2022-10-31"})
    folder(tmp_path, 2023)
    now = Year.open("t", 2023, data=tmp_path)
    assert now.same_period_before() is None
    assert dataclasses.replace(now, cutoff=date(2023, 10, 31)).same_period_before() is not None
