"""``places.toml``: what may stand in it, and what is refused."""

import pytest

from analysis.errors import XukeError
from analysis.tables.calendar import china
from analysis.tables.place import Place, place, places
from tests.tables.build import day, write_places

FULL = """
[huadu]
name = "某区"
calendar = "china"
label = "演示数据"
assumptions = ["假设:甲", "假设:乙"]

[huadu.published]
2021 = "r21"
2022 = "r22"

[conghua]
name = "另一区"
"""


def test_everything_declared(tmp_path):
    found = places(write_places(tmp_path, FULL))
    assert list(found) == ["huadu", "conghua"]
    huadu = found["huadu"]
    assert (huadu.slug, huadu.name, huadu.label) == ("huadu", "某区", "演示数据")
    assert huadu.published == {2021: "r21", 2022: "r22"}
    assert huadu.assumptions == ("假设:甲", "假设:乙")
    assert huadu.calendar is china()


def test_nothing_but_a_name(tmp_path):
    conghua = place("conghua", write_places(tmp_path, FULL))
    assert conghua == Place("conghua", "另一区", calendar=None)
    assert (conghua.published, conghua.label, conghua.assumptions) == ({}, "", ())


def test_own_calendar(tmp_path):
    write_places(tmp_path, '[a]\nname = "甲"\ncalendar = "own"\n')
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "own.csv").write_text(
        "date,is_workday\n2022-03-04,0\n2022-03-05,1\n2022-03-06,1\n", encoding="utf-8"
    )
    calendar = place("a", tmp_path).calendar
    assert calendar.working_days(day("2022-03-05"), day("2022-03-06")) == 1


def test_the_only_place_needs_no_name(tmp_path):
    assert place(None, write_places(tmp_path, '[a]\nname = "甲"\n')).slug == "a"


def test_one_of_several_must_be_named(tmp_path):
    with pytest.raises(XukeError, match=r"huadu、conghua.*--place"):
        place(None, write_places(tmp_path, FULL))


def test_of_several_the_only_one_with_data_needs_no_name(tmp_path):
    data = write_places(tmp_path, FULL)
    for slug in ("conghua", "huadu"):
        (data / "years" / slug / "2022").mkdir(parents=True)
        (data / "years" / slug / "2022" / "year.json").write_text("{}")
        if slug == "conghua":
            assert place(None, data).slug == "conghua"
    with pytest.raises(XukeError, match=r"huadu、conghua.*--place"):
        place(None, data)


def test_near_name_is_suggested(tmp_path):
    with pytest.raises(XukeError, match=r"没有登记名为“hudau”的地方:是不是 huadu"):
        place("hudau", write_places(tmp_path, FULL))


def test_all_names_are_given_where_none_is_near(tmp_path):
    with pytest.raises(XukeError, match=r"“beijing”.*huadu、conghua"):
        place("beijing", write_places(tmp_path, FULL))


@pytest.mark.parametrize(
    "text",
    [
        '[a\nname = "甲"',  # not TOML
        "[a]\ncalendar = 'china'",  # no name
        '[a]\nname = "甲"\npublished = "r"',
        '[a]\nname = "甲"\nassumptions = "假设"',
        '[a]\nname = "甲"\n[a.published]\nlast = "r"',  # not a year
    ],
)
def test_bad_file_is_refused(tmp_path, text):
    with pytest.raises(XukeError, match=r"places\.toml 读不懂.*请对照"):
        places(write_places(tmp_path, text))


def test_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "places.toml").write_bytes('[a]\nname = "某区"\n'.encode("gb18030"))
    with pytest.raises(XukeError, match=r"places\.toml 读不懂"):
        places(tmp_path)


def test_unknown_calendar_is_refused(tmp_path):
    with pytest.raises(XukeError, match="没有名为“mars”的工作日历"):
        places(write_places(tmp_path, '[a]\nname = "甲"\ncalendar = "mars"\n'))


def test_entry_outside_a_place_is_refused(tmp_path):
    with pytest.raises(XukeError, match=r"places\.toml"):
        places(write_places(tmp_path, 'name = "甲"\n'))


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(XukeError, match=r"places\.toml"):
        places(tmp_path)
