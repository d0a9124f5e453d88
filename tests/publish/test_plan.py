"""The plan: what is made again, what is not, and why."""

import os
import re
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.publish import hashes, inputs
from analysis.publish.hashes import Hashes
from analysis.publish.notebook import read
from analysis.publish.plan import Planner
from analysis.publish.task import Wanted
from analysis.tables.place import place
from tests.publish.project import HEADING, PARAMETERS, YEARS, Project

FILES = {f"t/{year}/{name}" for year in YEARS for name in ("figures.csv", "page.html")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("plan") / "made")
    assert project.run("--jobs", "2").returncode == 0
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """Return a copy of a project that has been run; its files keep their times, not their inodes."""
    shutil.copytree(made.folder, tmp_path / "copy")
    moved = Project.__new__(Project)
    moved.folder, moved.data = tmp_path / "copy", tmp_path / "copy" / "data"
    moved.reports = moved.folder / "reports"
    return moved


def reasons(project: Project, *, force: bool = False, verify: bool = False) -> dict[str, str]:
    """Return why each file would be made; without those that are up to date."""
    planner = Planner(project.data, project.reports, verify=verify, force=force)
    notebooks = tuple(map(read, sorted((project.folder / "notebooks").glob("*.ipynb"))))
    wanted = Wanted(place("t", project.data), YEARS, notebooks)
    return {task.file: ";".join(task.reasons) for task in planner.plan(wanted) if task.reasons}


def test_nothing_changed_nothing_made(project: Project) -> None:
    assert reasons(project) == {}
    assert set(project.outcomes().values()) == {"fresh"}


def test_a_project_that_has_moved_is_up_to_date(project: Project) -> None:
    """``project`` is a copy in another folder: that no path goes into the decision is seen here."""
    assert reasons(project, verify=True) == {}


def test_touching_a_year_remakes_what_reads_it_and_no_more(project: Project) -> None:
    project.write_year(2022, cases=4)
    assert set(reasons(project)) == {file for file in FILES if "2022" in file}


def test_a_year_is_read_by_the_next_year_too(project: Project) -> None:
    project.write_year(2021, cases=4)
    assert set(reasons(project)) == FILES
    assert "数据有变化(years/t/2021/cases.parquet" in reasons(project)["t/2022/page.html"]


def test_new_times_alone_remake_nothing(project: Project) -> None:
    for path in project.data.rglob("*"):
        os.utime(path)
    assert reasons(project) == {}


def test_other_bytes_of_the_same_size_and_time_are_seen(project: Project) -> None:
    """Who writes back the old time cannot write back the time of the change."""
    path = project.data / "published" / "sources.csv"
    before, content = path.stat(), path.read_bytes()
    path.write_bytes(content.replace(b"report", b"REPORT", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert set(reasons(project)) == FILES


@pytest.mark.parametrize("name", ["places.toml", "differences.toml", "calendars/own.csv"])
def test_what_every_year_reads_remakes_all(project: Project, name: str) -> None:
    path = project.data / name
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write("\n")
    assert set(reasons(project)) == FILES


@pytest.mark.parametrize("name", ["README.md", "raw/2022.csv", "years/other/2022/year.json"])
def test_what_no_page_reads_remakes_nothing(project: Project, name: str) -> None:
    path = project.data / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text("{}")
    assert reasons(project) == {}


def test_a_changed_notebook_remakes_its_pages(project: Project) -> None:
    project.write_notebook("page", HEADING.replace("<h1>", "<h1>新 "))
    told = reasons(project)
    assert told == {f"t/{year}/page.html": "笔记本有变化" for year in YEARS}


def test_program_and_versions_remake_all(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "versions", lambda: ["python 9", "pandas 99"])
    assert set(reasons(project)) == FILES
    assert all("软件版本有变化" in reason for reason in reasons(project).values())
    monkeypatch.undo()
    monkeypatch.setattr(inputs, "digest", lambda *_: "other")
    assert set(reasons(project).values()) == {"程序或模板有变化"}


def test_the_program_is_all_of_the_package_with_its_templates() -> None:
    names = {path.relative_to(inputs.PACKAGE).as_posix() for path in inputs.program_files()}
    assert {"cli/app.py", "publish/templates/xuke/page.css", "report/xuke.mplstyle"} <= names
    assert not [name for name in names if name.endswith(".pyc")]


def test_versions_name_the_interpreter_and_what_is_installed() -> None:
    listed = inputs.versions()
    assert listed[0] == f"python {sys.version.split()[0]}"
    assert [each for each in listed if each.startswith("pandas 3.")]


def test_a_page_that_somebody_changed_is_made_again(project: Project) -> None:
    path = project.reports / "t/2022/page.html"
    right = path.read_bytes()
    path.write_text("<p>手改</p>", encoding="utf-8")
    assert reasons(project) == {"t/2022/page.html": "文件与运行记录不符"}
    assert project.outcomes("2022")["t/2022/page.html"] == "made"
    assert path.read_bytes() == right


@pytest.mark.parametrize("text", ["", "{", "[]", '{"outputs": {"page.html": {}}}'])
def test_a_broken_manifest_remakes(project: Project, text: str) -> None:
    (project.reports / "t/2022/manifest.json").write_text(text)
    assert set(reasons(project).values()) == {"没有它的运行记录"}


def test_a_broken_memory_of_hashes_is_forgotten(project: Project) -> None:
    (project.reports / ".cache" / "hashes.json").write_text("[")
    assert reasons(project) == {}


def test_force(project: Project) -> None:
    assert reasons(project, force=True) == dict.fromkeys(FILES, "用 --force 要求重做")


def test_verify_reads_what_is_remembered_wrongly(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "RECENT", -1)  # remember even what has just been written
    memory = project.reports / ".cache" / "hashes.json"
    learnt = Hashes(memory, verify=True)
    path = project.data / "published" / "sources.csv"
    learnt.of(path)
    learnt.save()
    memory.write_text(re.sub("[0-9a-f]{64}", "0" * 64, memory.read_text()))
    assert set(reasons(project)) == FILES
    assert reasons(project, verify=True) == {}


def test_dry_run_explains_and_does_nothing(project: Project) -> None:
    project.write_year(2022, cases=5)
    before = project.published()
    done = project.run("--dry-run")
    assert done.returncode == 0
    assert "不变 t/2021/page.html" in done.stdout
    assert "要生成 t/2022/page.html:数据有变化(years/t/2022/cases.parquet)" in done.stdout
    assert project.published() == before
    told = project.told("--dry-run")
    assert [file["file"] for file in told if file["make"]] == [
        "t/2022/figures.csv",
        "t/2022/page.html",
    ]


def test_a_file_that_is_no_file_is_a_reason_of_its_year(project: Project) -> None:
    (project.data / "years/t/2021/cases.parquet").unlink()
    (project.data / "years/t/2021/cases.parquet").symlink_to(project.folder / "nowhere")
    assert "years/t/2021/cases.parquet" in reasons(project)["t/2021/page.html"]


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=6))
def test_a_hash_is_always_that_of_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, texts: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("hashes")
    path, memory = folder / "file", folder / "memory.json"
    for text in texts:
        path.write_bytes(text)
        learning = Hashes(memory)
        assert learning.of(path) == sha256(text).hexdigest()
        learning.save()


def test_parameters_are_part_of_the_decision(project: Project) -> None:
    project.write_notebook("page", HEADING, parameters=PARAMETERS + '\naudience = "internal"')
    assert project.outcomes("2022")["t/2022/page.html"] == "made"
    assert project.outcomes("2022", "--audience", "internal")["t/2022/page.html"] == "made"
    assert project.outcomes("2022", "--audience", "internal")["t/2022/page.html"] == "fresh"
