"""The check of a year: what makes it pass, and each thing that makes it fail."""

import json

import pyarrow.parquet
import pytest

from analysis.check import check
from analysis.errors import XukeError
from analysis.tables import TABLES
from analysis.tables.conform import conform
from analysis.tables.year import Year
from tests.tables.build import accepted, case, closed, frames, item, write_places

# One case is open at the turn of the year; both years hold it.
CARRIED = closed("2021-12-01", "2021-12-02", "2022-01-10")
BEFORE = [CARRIED, closed("2021-03-01", "2021-03-02", "2021-03-03")]
CASES = [
    CARRIED,
    closed("2022-03-01", "2022-03-02", "2022-03-03"),
    accepted("2022-12-20", "2022-12-21"),
]
HEADER = "report,figure,term,value,unit,rounding,basis,kind,section,note"


def write(data, number, cases, **meta):
    """Put one year of the place ``t`` into the data folder."""
    at = data / "years" / "t" / str(number)
    at.mkdir(parents=True)
    (at / "year.json").write_text(json.dumps(meta), encoding="utf-8")
    for name, frame in frames(cases, [item()]).items():
        pyarrow.parquet.write_table(conform(frame, TABLES[name]), at / f"{name}.parquet")


def checked(
    data,
    cases=CASES,
    *,
    before=BEFORE,
    printed=None,
    differences="",
    cutoff="2021-12-31",
    absent=None,
):
    """Check 2022 of a data folder made of these."""
    write_places(
        data,
        '[t]\nname = "测试区"\ncalendar = "china"\n[t.published]\n'
        + ('2022 = "r"' if printed else ""),
    )
    (data / "published").mkdir()
    rows = [f"r,{k},用语,{v},件,exact,printed,count,一," for k, v in (printed or {}).items()]
    (data / "published" / "figures.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    (data / "differences.toml").write_text(differences, encoding="utf-8")
    write(data, 2022, cases, absent=absent or {})
    if before is not None:
        write(data, 2021, before, cutoff=cutoff)
    return check(Year.open("t", 2022, data=data), data=data)


def test_all_in_order(tmp_path):
    found = checked(tmp_path, printed={"applications": "2", "completed": "2"})
    assert found.compared["verdict"].tolist() == ["一致", "一致"]
    assert found.passed


def test_without_a_printed_report_nothing_is_compared(tmp_path):
    found = checked(tmp_path)
    assert found.compared.empty
    assert found.passed


@pytest.mark.parametrize(
    "printed", [{"completed": "3"}, {"unheard_of": "1"}], ids=["differs", "unknown"]
)
def test_printed_figure_that_fails(tmp_path, printed):
    found = checked(tmp_path, printed={"applications": "2"} | printed)
    assert found.failing["id"].tolist() == list(printed)
    assert not found.passed


def test_explained_difference_passes(tmp_path):
    entry = (
        '[[difference]]\nplace = "t"\nyear = 2022\nfigure = "completed"\ndifference = {}\n'
        'reason = "多报一件"\nwho = "张科员"\ndate = "2023-02-01"\n'
    )
    found = checked(tmp_path, printed={"completed": "3"}, differences=entry.format(-1))
    assert found.compared["verdict"].tolist() == ["已说明"]
    assert found.passed


def test_row_that_contradicts_itself(tmp_path):
    found = checked(tmp_path, [*CASES, case("2022-03-01", apply_channel="fax")])
    assert found.problems["rows"].tolist() == [1]
    assert not found.passed


def test_times_out_of_order_unbalance_the_stock(tmp_path):
    found = checked(
        tmp_path, [*CASES, closed("2022-03-01", "2022-03-02", "2021-12-30")], before=None
    )
    assert found.imbalances["stock"].tolist() == ["期末在办"]
    assert not found.passed


def test_year_that_does_not_open_with_last_years_stock(tmp_path):
    found = checked(tmp_path, CASES[1:])
    assert found.discontinuities.to_dict("records") == [
        {"dept_code": "D1", "stock": "年初在办", "expected": 1, "found": 0}
    ]
    assert not found.passed


def test_year_before_that_was_cut_off_early_cannot_be_compared(tmp_path):
    with pytest.raises(XukeError, match=r"测试区 2021 年的统计截止日不是年末"):
        checked(tmp_path, cutoff="2021-11-30")


def test_no_year_before(tmp_path):
    found = checked(tmp_path, before=None)
    assert found.discontinuities.empty
    assert found.passed
    assert found.unchecked == ("年初存量与上年末是否衔接没有核对:没有 2021 年的数据",)


def test_stocks_that_nobody_can_compute_are_said_to_be_unchecked(tmp_path):
    """Without closing times the stocks are zeros that agree with each other, or with nothing."""
    lacking = {"cases.closed_at": "登记簿不记办结"}
    open_, before = CASES[2], [{**row, "closed_at": None, "outcome": None} for row in BEFORE]
    found = checked(tmp_path, [open_], before=before, absent=lacking)
    assert found.discontinuities.empty
    assert found.imbalances.empty
    assert found.passed
    told = "\n".join(found.unchecked)
    for said in (
        "“期末待受理”与流量",
        "“期末在办”与流量",
        "“年初待受理”与上年末",
        "“年初在办”与上年末",
    ):
        assert f"{said}是否" in told
    assert "缺少办件表的“办结时间”列(登记簿不记办结)" in told
    assert "条跨列规则没有核对" in told
    assert told.endswith("没有“办结时间”列")


def test_a_whole_year_leaves_nothing_unchecked(tmp_path):
    assert checked(tmp_path).unchecked == ()


def test_figures_carry_what_is_printed(tmp_path):
    found = checked(tmp_path, printed={"completed": "3"})
    row = found.figures().set_index("id").loc["completed"]
    assert (row["value"], row["published"], row["verdict"]) == ("2", "3", "不一致")


def test_printed_report_that_is_not_there(tmp_path):
    write_places(tmp_path, '[t]\nname = "测试区"\n[t.published]\n2022 = "q"\n')
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "figures.csv").write_text(HEADER + "\n", encoding="utf-8")
    write(tmp_path, 2022, CASES)
    with pytest.raises(XukeError, match="没有报告“q”"):
        check(Year.open("t", 2022, data=tmp_path), data=tmp_path)
