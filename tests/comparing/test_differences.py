"""What differs between two sides, and in which order it is told."""

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparing.differences import REVISION, Size, differences
from analysis.comparing.opening import of_reports, of_year, sides
from analysis.comparing.side import Side
from analysis.errors import XukeError
from analysis.publish.compared import compared_page, printed
from analysis.report.audit import audit
from analysis.statistics.figures import figures
from tests.publish.project import Project
from tests.tables.build import accepted, closed, year


def side(values: dict[str, str], *, number: str = "2022", **facts) -> Side:
    """A side with these figures, all counts of cases, in the order given."""
    rows = [
        {"place": "t", "year": number, "id": name, "variant": "", "term": name, "value": value,
         "unit": "件", "kind": "count"}
        for name, value in values.items()
    ]  # fmt: skip
    names = ["place", "year", "id", "variant", "term", "value", "unit", "kind"]
    findings = facts.pop("findings", pd.DataFrame())
    return Side("甲", pd.DataFrame(rows, columns=names), findings, **facts)


def told(before: Side, now: Side) -> list[tuple[str, str, str]]:
    found = differences(before, now)
    return list(zip(found["id"], found["difference"], found["size"], strict=True))


def test_large_differences_come_first() -> None:
    before = side({"same": "7", "small": "10000", "large": "100", "moderate": "1000"})
    now = side({"same": "7", "small": "10050", "large": "150", "moderate": "1050"}, number="2023")
    # 50 of 150 are a third; 50 of 1,050, 4.8 %; 50 of 10,050, half a per cent.
    assert told(before, now) == [
        ("large", "+50", Size.LARGE),
        ("moderate", "+50", Size.MODERATE),
        ("small", "+50", Size.SMALL),
    ]


def test_a_few_cases_are_never_large_between_years_but_count_between_runs() -> None:
    before, now = {"late": "2"}, {"late": "4"}
    assert told(side(before), side(now, number="2023")) == [("late", "+2", Size.SMALL)]
    assert told(side(before), side(now)) == [("late", "+2", Size.LARGE)]


def test_a_changed_printed_figure_is_a_revision_and_comes_before_all() -> None:
    before = side({"large": "100", "printed": "100000"}, printed=frozenset({"printed"}))
    now = side({"large": "200", "printed": "100001"}, printed=frozenset({"printed"}))
    found = differences(before, now)
    assert found["id"].tolist() == ["printed", "large"]
    assert found["mark"].tolist() == [REVISION, ""]
    # Another year's figure is another figure, not a revision.
    later = side({"large": "200", "printed": "100001"}, number="2023", printed=now.printed)
    assert REVISION not in differences(before, later)["mark"].tolist()


def test_what_only_one_side_has_is_large() -> None:
    assert told(side({"gone": "5"}), side({"come": "5"}, number="2023")) == [
        ("come", "", Size.LARGE),
        ("gone", "", Size.LARGE),
    ]


def test_a_verdict_that_turned_is_large_and_a_page_is_moderate() -> None:
    rows = [{"place": "t", "year": 2022, "id": "q", "term": "问", "value": "1.0", "unit": "%"}]
    before = side(
        {}, findings=pd.DataFrame(rows).assign(verdict="未见"), pages={"a": "1", "b": "1"}
    )
    now = side({}, findings=pd.DataFrame(rows).assign(verdict="明显"), pages={"a": "2", "b": "1"})
    found = differences(before, now)
    assert list(zip(found["part"], found["size"], strict=True)) == [
        ("发现", Size.LARGE),
        ("页面", Size.MODERATE),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**7).map(str)),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**7).map(str)),
)
def test_all_that_differs_is_told_once_and_nothing_else(first, second) -> None:
    found = differences(side(first), side(second))
    names = {name for name in {*first, *second} if first.get(name) != second.get(name)}
    assert sorted(found["id"]) == sorted(names)
    assert found["size"].map(list(Size).index).is_monotonic_increasing
    back = differences(side(second), side(first)).set_index("id")["difference"]
    for row in found.itertuples():
        if row.difference:
            expected = Fraction(second[row.id]) - Fraction(first[row.id])
            assert Fraction(row.difference) == expected == -Fraction(back[row.id])


def test_years_differ_in_what_was_added_to_one() -> None:
    case = closed("2022-03-01", "2022-03-02", "2022-03-08")
    first = year([case] * 1)
    second = year([case, accepted("2022-04-01", "2022-04-02")])
    found = differences(of_year(first), of_year(second)).set_index("id")
    assert found.loc["accepted", "difference"] == "+1"
    assert found.loc["办件表的行数", "difference"] == "+1"
    assert "completed" not in found.index
    assert differences(of_year(first), of_year(first)).empty


def test_a_run_is_compared_with_itself_and_with_a_changed_one(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    folder = reports / "t" / "2022"
    folder.mkdir(parents=True)
    made = figures(year([closed("2022-03-01", "2022-03-02", "2022-03-08")]))
    made.assign(published="").to_csv(folder / "figures.csv", index=False)
    page = {"outputs": {"statistics.html": {"sha256": "1" * 64}}}
    (folder / "manifest.json").write_text(json.dumps(page), encoding="utf-8")
    again = shutil.copytree(reports, tmp_path / "again")
    (tmp_path / "places.toml").write_text('[t]\nname = "测试区"\n', encoding="utf-8")
    assert differences(of_reports(reports, tmp_path), of_reports(again, tmp_path)).empty
    made.loc[made["id"] == "accepted", "value"] = "3"
    made.assign(published=made["id"].eq("accepted").map({True: "1", False: ""})).to_csv(
        again / "t/2022/figures.csv", index=False
    )
    found = differences(of_reports(reports, tmp_path), of_reports(again, tmp_path))
    assert found["id"].tolist() == ["accepted"]
    assert found["mark"].tolist() == [REVISION]


def test_the_page_is_fit_for_anyone() -> None:
    before = side({"<b>": "100", "b": "5"}, printed=frozenset({"b"}))
    now = side({"<b>": "200", "b": "6"}, printed=frozenset({"b"}))
    page = compared_page(before, now, differences(before, now))
    audit(page)
    assert page == compared_page(before, now, differences(before, now))
    assert "<b>" not in page.partition("<main")[2]
    assert "修订" in page


def test_numbers_are_shown_as_pages_show_them() -> None:
    found = differences(side({"a": "1807714", "b": "-182"}), side({"a": "1702020", "b": "20"}))
    shown = printed(found).set_index("id")[["before", "now", "difference"]]
    assert shown.loc["a"].tolist() == ["1,807,714", "1,702,020", "−105,694"]
    assert shown.loc["b"].tolist() == ["−182", "20", "+202"]


@pytest.mark.parametrize("wrong", ["20x2", "nowhere", "previous"])
def test_what_is_not_there_is_told(tmp_path: Path, wrong: str) -> None:
    project = Project(tmp_path)
    with pytest.raises(XukeError, match=r"年度|上一次"):
        sides(wrong, "previous" if wrong == "previous" else "2022", place="t", data=project.data)


def test_the_command_compares_with_the_import_before(tmp_path: Path) -> None:
    """The year that an import replaced lies in ``.previous``."""
    project = Project(tmp_path)
    folder = project.data / "years/t/2022"
    shutil.copytree(folder, folder.parent / ".previous/2022")
    project.write_year(2022, cases=5)
    page = tmp_path / "page.html"
    done = project.xuke("diff", "previous", "t/2022", "--json", "--html", page)
    found = {d["id"]: d for d in json.loads(done.stdout)["differences"]}
    assert (found["accepted"]["before"], found["accepted"]["now"]) == ("3", "5")
    audit(page.read_text(encoding="utf-8"))
    text = project.xuke("diff", "t/2021", "t/2022", "--place", "t").stdout
    assert "处差异" in text
