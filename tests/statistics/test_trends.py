"""Several years side by side: figures, what makes them differ in definition, the catalogue."""

from datetime import date

import pytest

from analysis.errors import XukeError
from analysis.sources.redefinitions import redefinitions
from analysis.statistics.facts import Facts
from analysis.statistics.trends import breaks, catalogue_changes, figures_by_year
from analysis.tables.redefinition import Redefinition
from tests.tables.build import closed, item, year

ITEMS = [item("A"), item("B", valid_from=date(2022, 5, 1))]


def of(number: int, cases: int, items=ITEMS, **facts) -> Facts:
    rows = [closed(f"{number}-03-01", f"{number}-03-02", f"{number}-03-08") for _ in range(cases)]
    return Facts.of(year(rows, items, number=number, **facts))


def test_figures_stand_side_by_side() -> None:
    found = figures_by_year([of(2021, 2), of(2022, 3)], ("accepted", "online_close_case"))
    assert found.columns.tolist() == ["id", "term", "unit", 2021, 2022]
    assert found.set_index("id").loc["accepted", [2021, 2022]].tolist() == ["2", "3"]


def test_what_makes_years_differ_is_told() -> None:
    years = [
        of(2021, 1),
        of(2022, 1, cutoff=date(2022, 6, 30), absent={"cases.promised_days": "系统换了"}),
    ]
    declared = [
        Redefinition("on_time_rate", 2022, "承诺时限改按公布的算", "甲局"),
        Redefinition("", 2021, "第一年没有上一年可比", "甲局"),
        Redefinition("", 2030, "还没有到", "甲局"),
    ]
    found = breaks(years, declared)
    assert found["year"].tolist() == [2022, 2022, 2022]
    assert found["figure"].tolist() == ["", "", "on_time_rate"]
    assert "2022-06-30" in found.loc[0, "what"]
    assert found.loc[1, "what"] == "不再有办件表的承诺办结时限"


def test_equal_years_have_no_breaks() -> None:
    assert breaks([of(2021, 1), of(2022, 1)], []).empty


def test_the_catalogue_of_the_year_before_is_compared_with() -> None:
    found = catalogue_changes([of(2021, 1), of(2022, 1)])
    assert found.loc["2022 年"].to_dict()["新增"] == 1  # B is in force from May 2022
    assert found.loc["2021 年"].to_dict()["新增"] == 0


def test_declared_breaks_are_read(tmp_path) -> None:
    assert redefinitions("t", data=tmp_path) == []
    file = tmp_path / "redefinitions.toml"
    file.write_text(
        '[[redefinition]]\nplace = "t"\nfigure = "accepted"\nsince = 2023\nwhat = "甲"\nsource = "乙"\n'
        '[[redefinition]]\nplace = "other"\nsince = 2022\nwhat = "丙"\nsource = "丁"\n'
        '[[redefinition]]\nsince = 2022\nwhat = "戊"\nsource = "己"\n',
        encoding="utf-8",
    )
    assert redefinitions("t", data=tmp_path) == [
        Redefinition("", 2022, "戊", "己"),
        Redefinition("accepted", 2023, "甲", "乙"),
    ]


@pytest.mark.parametrize("text", ["since =", "[[redefinition]]\nwhat = 1", "redefinition = 3"])
def test_a_broken_file_is_told(tmp_path, text) -> None:
    (tmp_path / "redefinitions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(XukeError, match="读不懂"):
        redefinitions("t", data=tmp_path)


def test_an_unknown_figure_is_told(tmp_path) -> None:
    text = '[[redefinition]]\nfigure = "acepted"\nsince = 2022\nwhat = "甲"\nsource = "乙"\n'
    (tmp_path / "redefinitions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(XukeError, match="accepted"):
        redefinitions("t", data=tmp_path)
