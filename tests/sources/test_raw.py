"""The demo written out as raw exports comes back as it was, wherever the system can say it."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.sources.demo import write_raw
from analysis.sources.importing.fates import Ending
from analysis.sources.importing.personal import is_id_number
from analysis.sources.importing.request import Request
from analysis.sources.importing.run import run_import
from analysis.sources.mapping.load import preset
from analysis.sources.reading import open_sources
from analysis.statistics.figures import figures
from analysis.tables import TABLES
from analysis.tables.schema import Privacy
from analysis.tables.year import Year
from tests.conftest import DATA, copy_committed
from tests.sources.reading.tables import drawn

PRESETS = ("gbt39046", "national", "guangdong", "pre", "portal")
FORMATS = ("csv-utf8", "csv-gb18030", "xlsx")
# What a system's codes cannot tell: the canonical code, and what comes back instead.
LOST = {
    ("guangdong", "outcome"): {"refused": "other", "withdrawn": "other"},
    ("portal", "online_depth"): {"2^3^4^5": "2^4^5"},
}


@pytest.fixture(scope="module")
def sample(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder whose 2022 holds about one case in 600, and more of the rare ones."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    copy_committed(folder)
    from_, to = (each / "years" / "demo" / "2022" for each in (demo_data, folder))
    to.mkdir(parents=True)
    for name in ("items.parquet", "year.json"):
        shutil.copy(from_ / name, to)
    duckdb.sql(
        f"""copy (select * from '{from_ / "cases.parquet"}'
        where hash(case_id) % 600 = 0 or (hash(case_id) % 20 = 0 and outcome <> 'approved')
        or (hash(case_id) % 20 = 0 and accept_status <> 'accepted')) to '{to / "cases.parquet"}'"""
    )
    return folder


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XUKE_KEY", "a secret of the tests")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return a data folder without years."""
    folder = tmp_path / "data"
    copy_committed(folder)
    shutil.copytree(DATA / "presets", folder / "presets")
    return folder


def exported(sample: Path, name: str, form: str, folder: Path) -> list[Path]:
    return write_raw(Year.open("demo", 2022, data=sample), preset(name, DATA), form, folder)


def imported(files: list[Path], name: str, data: Path):
    request = Request(2022, [str(file) for file in files], "demo", data, preset=name)
    return run_import(request, lambda line: None)


def declare_real(data: Path) -> None:
    meta = data / "years" / "demo" / "2022" / "year.json"
    meta.write_text(meta.read_text(encoding="utf-8").replace("synthetic", "real"), encoding="utf-8")


def rows(data: Path, table: str) -> pd.DataFrame:
    return pd.read_parquet(data / "years" / "demo" / "2022" / f"{table}.parquet")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", PRESETS)
def test_every_column_that_is_carried_comes_back(sample, empty, tmp_path, name, form):
    files = exported(sample, name, form, tmp_path / "raw")
    done = imported(files, name, empty)
    assert not done.failure
    assert not done.problems
    for file in files:
        table = "items" if "目录" in file.name else "cases"
        before, after = rows(sample, table), rows(empty, table)
        compare(before, after, table, name)
        carried = preset(name, DATA).tables[table].columns
        assert set(before.columns) & set(carried) <= set(after.columns)


def compare(before: pd.DataFrame, after: pd.DataFrame, table: str, name: str) -> None:
    key = [each for each in TABLES[table].key if each in after]
    if table == "cases" and name == "national":  # it holds no case that was not accepted
        before = before[before["accept_status"] == "accepted"]
    if name == "portal":  # it holds no older versions
        before = before.sort_values("item_version").drop_duplicates(key, keep="last")
    before = before.set_index(key).sort_index()
    after = after.set_index(key).sort_index()
    assert list(before.index) == list(after.index)
    for column in before.columns.intersection(after.columns):
        expected = before[column].astype(object).replace(LOST.get((name, column), {}))
        found = after[column].astype(object)
        if TABLES[table][column].privacy is Privacy.PSEUDONYM:
            assert same_persons(expected, found), column
            continue
        assert ((expected == found) | (expected.isna() & found.isna())).all(), column


def same_persons(before: pd.Series, after: pd.Series) -> bool:
    """Tell whether keys made anew tell the same persons apart as those before."""
    if not (before.isna() == after.isna()).all():
        return False
    pairs = pd.DataFrame({"before": before, "after": after}).dropna().drop_duplicates()
    return bool(pairs["before"].is_unique and pairs["after"].is_unique)


def test_every_row_is_accounted_for(sample, empty, tmp_path):
    files = exported(sample, "pre", "csv-gb18030", tmp_path)
    (account,) = imported(files, "pre", empty).accounts
    cases = len(rows(sample, "cases"))
    older = -(-cases // 50)
    assert account.endings == {
        Ending.KEPT: cases,
        Ending.SUPERSEDED: older,
        Ending.VOID: 1,
        Ending.NOT_DATA: 1,
        Ending.QUARANTINED: 0,
    }


@pytest.mark.parametrize("name", PRESETS)
def test_figures_are_the_same_or_not_computed(sample, empty, tmp_path, name):
    # The tables that the system lacks come from elsewhere: an import over a demo year would take
    # them away.
    shutil.copytree(sample / "years", empty / "years")
    declare_real(empty)
    imported(exported(sample, name, "csv-utf8", tmp_path / "raw"), name, empty)
    keys = ["id", "variant"]
    before = figures(Year.open("demo", 2022, data=sample)).set_index(keys)
    after = figures(Year.open("demo", 2022, data=empty)).set_index(keys)
    computed = after[after["value"] != ""]
    assert len(computed) > 10
    pd.testing.assert_series_equal(computed["value"], before.loc[computed.index, "value"])


def test_the_three_formats_hold_the_same_cells(sample, tmp_path):
    found = {}
    for form in FORMATS:
        files = exported(sample, "gbt39046", form, tmp_path / form)
        (source,) = open_sources([files[1]])
        found[form] = (source.headings, [_days(row) for row in drawn(source).values()])
    assert found["csv-utf8"] == found["csv-gb18030"]
    assert found["csv-utf8"][0] == found["xlsx"][0]
    assert found["csv-utf8"][1] == found["xlsx"][1]


def _days(row: list[str | None]) -> list[str | None]:
    """A spreadsheet does not tell a day from its midnight: both are whole numbers."""
    return [cell and cell.removesuffix(" 00:00:00") for cell in row]


def test_nobody_is_in_it(sample, tmp_path):
    files = exported(sample, "gbt39046", "csv-utf8", tmp_path)
    cells = pd.read_csv(files[1], dtype=str, encoding="utf-8-sig").iloc[:-1]
    assert len(cells) > 3000
    for number in cells["申请人证件号码"]:
        assert number.startswith("000000")
        assert len(number) == 18
        assert not is_id_number(number)
    assert cells["联系手机"].str.fullmatch(r"000\d{8}").all()
    assert cells.groupby("办件编号")["申请人证件号码"].nunique().max() == 1


def test_real_years_are_not_written_out(sample, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(sample, folder)
    declare_real(folder)
    with pytest.raises(XukeError, match="不是演示数据"):
        exported(folder, "pre", "csv-utf8", tmp_path / "raw")
    with pytest.raises(XukeError, match="没有“odt”这种格式"):
        exported(sample, "pre", "odt", tmp_path / "raw")
    with pytest.raises(XukeError, match="请换一个对照"):
        exported(sample, "receipt", "csv-utf8", tmp_path / "raw")
