"""A year is started: entry, folder, what to export; nothing that is there is touched."""

import hashlib
from pathlib import Path

import pytest

from analysis.errors import XukeError
from analysis.publish.new_year import start_year
from analysis.sources.mapping.load import MAPPED, preset, presets
from analysis.tables.place import place
from analysis.tables.schema import Need
from tests.conftest import DATA
from tests.publish.project import Project
from tests.tables.build import closed, frames, item

FIRST = '# 我的注释\n[old]\nname = "旧区"\n\n[old.published]\n2022 = "huadu_district_2022"'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    import shutil

    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copytree(DATA / "presets", folder / "presets")
    (folder / "places.toml").write_text(FIRST, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_new_place_is_added_below_the_others(data: Path) -> None:
    started = start_year("new", 2024, data=data, name="新区")
    text = (data / "places.toml").read_text(encoding="utf-8")
    assert text.startswith(FIRST)
    assert (place("new", data).name, place("old", data).name) == ("新区", "旧区")
    assert place("old", data).published == {2022: "huadu_district_2022"}
    assert place("new", data).calendar is not None
    assert started.guide == data / "raw/new/2024.md"
    assert list((data / "raw/new/2024").iterdir()) == []  # all that lies in it is to be imported


def test_a_second_time_nothing_changes(data: Path) -> None:
    start_year("new", 2024, data=data, name="新区")
    guide = data / "raw/new/2024.md"
    guide.write_text("我自己的笔记", encoding="utf-8")
    before = contents(data)
    started = start_year("new", 2024, data=data, name="别的名字")
    assert contents(data) == before
    assert started.made == ()


@pytest.mark.parametrize("name", presets(DATA))
def test_the_guide_names_every_column_that_is_needed(data: Path, name: str) -> None:
    guide = start_year("old", 2024, data=data, preset_name=name).guide.read_text(encoding="utf-8")
    mapping = preset(name, data)
    for table, declared in MAPPED.items():
        assert f"`{table}`" in guide
        mapped = mapping.tables.get(table)
        if mapped is None or mapped.rows_of:
            continue
        for column in declared.columns:
            if column.need is Need.REQUIRED:
                assert f"`{column.name}`" in guide
    assert f"--preset {name}" in guide


@pytest.mark.parametrize(
    ("slug", "year", "named", "said"),
    [
        ("new", 2024, {}, "--name"),
        ("../x", 2024, {"name": "区"}, "place"),
        ("new", 24, {"name": "区"}, "2004"),
        ("new", 2024, {"name": '"]\n[x]'}, "引号"),
        ("old", 2024, {"preset_name": "gbt"}, "gbt39046"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(data: Path, slug, year, named, said) -> None:
    before = contents(data)
    with pytest.raises(XukeError, match=said):
        start_year(slug, year, data=data, **named)
    assert contents(data) == before


def test_a_year_without_a_calendar_yet_is_told(data: Path) -> None:
    notes = start_year("new", 2090, data=data, name="新区").notes
    assert "2090" in notes[0]


def test_from_nothing_to_a_page_with_whatever_is_there(tmp_path: Path) -> None:
    """Only the two required tables come, as this project's own headings name them."""
    project = Project(tmp_path)
    import shutil

    shutil.copytree(DATA / "presets", project.data / "presets")
    done = project.xuke(
        "new-year", "2024", "--place", "fresh", "--name", "新区", "--preset", "canonical"
    )
    assert done.returncode == 0, done.stderr
    none_yet = project.xuke("run", "2024", "--place", "fresh")
    assert (none_yet.returncode, "还没有任何年度" in none_yet.stderr) == (1, True)
    exports = project.data / "raw/fresh/2024"
    cases = [closed("2024-03-01", "2024-03-04", "2024-03-08") for _ in range(3)]
    for name, frame in frames(cases, [item()]).items():
        frame.to_csv(exports / f"{name}.csv", index=False)
    came = project.xuke(
        "import", "2024", exports / "cases.csv", exports / "items.csv", "--place", "fresh",
        "--preset", "canonical",
    )  # fmt: skip
    assert came.returncode == 0, came.stdout + came.stderr
    assert project.run("2024", "--place", "fresh").returncode == 0
    assert "fresh 2024" in project.page("fresh/2024/page.html")
