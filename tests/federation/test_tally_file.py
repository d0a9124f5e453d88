"""Tally files: the same bytes for the same counts; whatever could make a wrong sum is refused."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from zipfile import ZipFile

import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.federation import file as tally_file
from analysis.federation.file import ABOUT, NOTICE, SCHEMA, read, write
from analysis.federation.tallies import Tallies, added, counted
from analysis.statistics.figures import figures
from analysis.statistics.passes.flags import FLAGS
from analysis.statistics.passes.measures import COLUMNS, MEASURES
from analysis.statistics.passes.oversight import ADDITIVE
from analysis.tables.place import Place
from analysis.tables.year import Year
from tests.tables.build import accepted, closed, frames, item

CASES = [
    closed("2022-03-01", "2022-03-02", "2022-03-05", case_id="case-one"),
    accepted("2022-12-30", "2022-12-31", case_id="case-two"),
]
# What SCHEMA 1 means. When this fails, count SCHEMA up and write the new hash here: files of before
# and after must not be added up.
DECLARED = {1: "b3cd8541", 2: "2772370e"}


def year(slug: str = "a", name: str = "甲区", rows=CASES, number: int = 2022, **facts) -> Year:
    place = Place(slug, name)
    return Year.from_frames(place, number, frames(rows, [item("A")]), **facts)


@pytest.fixture
def files(tmp_path):
    """Return a function that writes the tally of a year, and its path."""

    def made(name: str, of: Year):
        write(counted(of), tmp_path / name)
        return tmp_path / name

    return made


def value(facts, figure: str) -> str:
    found = figures(facts)
    return found.set_index(["id", "variant"]).loc[(figure, ""), "value"]


def test_one_place(files):
    facts = read(files("a", year())).facts
    assert (value(facts, "accepted"), value(facts, "completed")) == ("2", "1")
    assert facts.year.title == "甲区 2022 年"


def test_same_counts_same_bytes(files):
    rows = pd.DataFrame(CASES).iloc[::-1].to_dict("records")
    assert files("a", year()).read_bytes() == files("b", year(rows=rows)).read_bytes()


def test_it_says_what_it_is_and_holds_no_case(files):
    path = files("a", year())
    with ZipFile(path) as archive:
        about = json.loads(archive.read(ABOUT))
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert about["notice"] == NOTICE
    assert "不得公开" in NOTICE
    assert (about["schema"], about["parts"][0]["place"]) == (SCHEMA, "a")
    assert not any(row["case_id"] in text for row in CASES)


def test_cases_of_no_known_item_stay_apart(files):
    rows = [*CASES, accepted("2022-05-01", "2022-05-02", item_code="gone")]
    one, two = files("a", year(rows=rows)), files("b", year("b", "乙区", rows=rows))
    assert value(added([read(one), read(two)]).facts, "uncatalogued") == "2"


def test_departments_keep_their_names(files):
    found = figures(added([read(files("a", year()))]).facts, by="department")
    assert set(found["member_name"]) == {"甲局"}


@pytest.mark.parametrize("by", ["item", "street", "applicant"])
def test_what_a_tally_does_not_hold_is_not_a_zero(files, by):
    facts = added([read(files("a", year()))]).facts
    with pytest.raises(XukeError, match="汇总里没有按"):
        figures(facts, by=by)


def test_a_column_that_one_place_lacks_is_lacking(files):
    with_it = [row | {"tolerance_used": True} for row in CASES]
    one, two = files("a", year(rows=with_it)), files("b", year("b", "乙区"))
    assert value(read(one).facts, "tolerance_cases") == "2"
    city = figures(added([read(one), read(two)]).facts).set_index("id")
    assert city.loc["tolerance_cases", "value"] == ""
    assert "(乙区没有)" in city.loc["tolerance_cases", "reason"]
    assert city.loc["accepted", "value"] == "4"


def test_what_one_source_cannot_carry_is_lacking(files):
    lacking = {"cases.accept_status=pending": "只导出了已受理的"}
    one, two = files("a", year()), files("b", year("b", "乙区", absent=lacking))
    city = figures(added([read(one), read(two)]).facts).set_index("id")
    assert city.loc["applications", "value"] == ""
    assert "乙区:只导出了已受理的" in city.loc["applications", "reason"]


def test_made_up_data_stay_labelled(files):
    one, two = files("a", year(synthetic=True)), files("b", year("b", "乙区"))
    facts = added([read(two), read(one)]).facts
    assert facts.year.synthetic
    assert "演示数据" in facts.year.label


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([year()], "甲区(a)2022 年被算了两次"),
        ([year("b")], "甲区(b)2022 年被算了两次"),
        ([year("b", "乙区", number=2021, rows=[])], "年度不同(2021、2022)"),
        ([year("b", "乙区", cutoff=date(2022, 6, 30))], "统计截止日不同(2022-06-30、2022-12-31)"),
    ],
)
def test_what_does_not_add_up_is_refused(files, others, said):
    paths = [files("a", year()), *(files(f"{n}", of) for n, of in enumerate(others))]
    with pytest.raises(XukeError) as told:
        added([read(path) for path in paths])
    assert said in str(told.value)


def test_a_place_within_a_sum_is_not_counted_again(files, tmp_path):
    one, two = files("a", year()), files("b", year("b", "乙区"))
    write(added([read(one), read(two)]), tmp_path / "ab")
    with pytest.raises(XukeError, match=r"乙区.*算了两次"):
        added([read(tmp_path / "ab"), read(two)])


def rewritten(path, change):
    """Write a tally file anew with its members changed."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, data in change(members).items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m | {"cases.csv": m["cases.csv"].replace(b",2\n", b",3\n")},
        lambda m: m | {ABOUT: m[ABOUT].replace(b'"year": 2022', b'"year": 2023')},
        lambda m: m | {ABOUT: m[ABOUT].replace("甲区".encode(), "乙区".encode())},
    ],
)
def test_a_changed_file_is_refused(files, change):
    path = files("a", year())
    before = path.read_bytes()
    assert rewritten(path, change).read_bytes() != before
    with pytest.raises(XukeError, match="被改动过"):
        read(path)


def test_another_version_is_refused(files, monkeypatch):
    monkeypatch.setattr(tally_file, "SCHEMA", SCHEMA + 1)
    path = files("a", year())
    monkeypatch.undo()
    with pytest.raises(XukeError, match="版本不同"):
        read(path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-40]),
        lambda path: path.write_text("指标,数值\n受理量,3\n"),
        lambda path: rewritten(path, lambda m: {"x": b"1"}),
        lambda path: rewritten(path, lambda m: {ABOUT: b"[]"}),
        lambda path: rewritten(path, lambda m: {ABOUT: m[ABOUT]}),
    ],
)
def test_no_tally_file(files, spoil):
    path = files("a", year())
    spoil(path)
    with pytest.raises(XukeError, match="不是汇总文件,或已损坏"):
        read(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(XukeError, match="找不到汇总文件"):
        read(tmp_path / "none")


def test_a_year_that_contradicts_itself_hands_up_nothing():
    with pytest.raises(XukeError, match="没有通过校验,不写汇总"):
        counted(year(rows=[CASES[0], CASES[0]]))


def test_the_schema_is_counted_up_when_what_is_counted_changes():
    measures = [(m.name, m.month, m.value, m.outcome, m.counts) for m in MEASURES]
    flags = [(flag.name, flag.columns, flag.calendar) for flag in FLAGS]
    declared = repr((COLUMNS, measures, flags, ADDITIVE))
    assert sha256(declared.encode()).hexdigest()[:8] == DECLARED[SCHEMA]


def test_holders_are_not_handed_up():
    assert "holders" not in Tallies.of(year(), "0").frames


def test_places_without_a_calendar(files):
    plain = year()
    without = replace(plain, place=Place("b", "乙区", calendar=None))
    city = figures(added([read(files("a", plain)), read(files("b", without))]).facts)
    late = city.set_index(["id", "variant"]).loc[("late_closed", "statutory")]
    assert (late["value"], "缺少工作日历" in late["reason"]) == ("", True)
