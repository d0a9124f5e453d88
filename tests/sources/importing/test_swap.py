"""A year is swapped whole: whatever is cut short leaves the old one or the new one."""

import errno
import os
from pathlib import Path

import pytest

from analysis.errors import XukeError
from analysis.sources.importing.lock import locked
from analysis.tables.swap import previous, settle, swap
from analysis.tables.year import Year
from analysis.tables.years import years_of
from tests.sources.importing.exports import case, item, kept, write


def folder_with(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "year.json").write_text(text, encoding="utf-8")
    return path


def state(folder: Path) -> str:
    return (folder / "year.json").read_text(encoding="utf-8")


def test_the_old_year_is_kept_as_the_previous_one(tmp_path):
    folder = tmp_path / "t" / "2022"
    for text in ("1", "2", "3"):
        swap(folder_with(tmp_path / "t" / ".import-2022" / "year", text), folder)
    assert state(folder) == "3"
    assert state(previous(folder)) == "2"


@pytest.mark.parametrize("cut", range(4))
def test_cut_short_before_any_rename_it_is_the_old_or_the_new(tmp_path, monkeypatch, cut):
    folder = folder_with(tmp_path / "t" / "2022", "old")
    draft = folder_with(tmp_path / "t" / ".import-2022" / "year", "new")
    real, done = Path.rename, []

    def rename(self, target):
        if len(done) == cut:
            raise KeyboardInterrupt  # as good as a kill: nothing after it runs
        done.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    if cut < 3:
        with pytest.raises(KeyboardInterrupt):
            swap(draft, folder)
    else:
        swap(draft, folder)
    monkeypatch.undo()
    assert years_of("t", tmp_path.parent / "none") == []
    settle(folder)
    assert state(folder) == ("old" if cut < 2 else "new")


def test_opening_a_year_finishes_its_swap(data, tmp_path, run):
    run(write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", [case()]))
    folder = data / "years" / "t" / "2022"
    folder.rename(folder.with_name(".ready-2022"))  # killed between the two renames
    assert years_of("t", data) == [2022]
    folder.rename(folder.with_name(".ready-2022"))
    assert len(Year.open("t", 2022, data=data).cases) == 1


def test_the_next_import_sweeps_what_a_killed_one_left(data, tmp_path, run):
    place = data / "years" / "t"
    for left in (".import-2021", ".import-2022", ".ready-2022"):
        folder_with(place / left, "left")
    assert run(write(tmp_path / "i.csv", [item()])).code == 0
    assert {path.name for path in place.iterdir()} == {".import.lock", "2022", ".previous"}


def test_two_imports_at_once(data, tmp_path, run):
    with locked(data / "years" / "t"):
        said = run(write(tmp_path / "i.csv", [item()]))
    assert said.code == 1
    assert "另一个导入正在写" in said.err


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_leaves_the_old_year(data, tmp_path, run, monkeypatch, code):
    files = write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", [case()])
    run(*files)

    def fsync(handle):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    said = run(files[0], write(tmp_path / "d.csv", [case(), case()]))
    assert said.code == 1
    assert "写不进去" in said.err.splitlines()[-1]
    assert len(kept(data)) == 1
    assert not (data / "years" / "t" / ".import-2022").exists()


def test_an_unforeseen_error_quotes_nothing(data, tmp_path, run, monkeypatch):
    def broken(*_):
        raise ValueError("bad row: 11010519491231002X")

    monkeypatch.setattr("analysis.sources.importing.complete.decode", broken)
    said = run(write(tmp_path / "i.csv", [item()]))
    assert said.code == 1
    assert "ValueError" in said.err
    assert "110105" not in said.err + said.out


def test_lost_rows_stop_the_import(data, tmp_path, run, monkeypatch):
    from analysis.sources.importing import complete as completing

    def losing(matched, staged, con):
        return [replace(one, rows=one.rows.limit(1)) for one in decode(matched, staged, con)]

    from dataclasses import replace

    decode = completing.decode
    monkeypatch.setattr(completing, "decode", losing)
    said = run(write(tmp_path / "i.csv", [item("A"), item("B")]))
    assert said.code == 1
    assert "读入 2 行,去向合计 1 行" in said.err
    with pytest.raises(XukeError):
        Year.open("t", 2022, data=data)


@pytest.mark.parametrize(
    ("words", "said"), [([], "年度已经导入,只缺问题表"), (["--dry-run"], "年度没有改动")]
)
def test_where_only_the_problem_page_finds_no_room_the_year_is_told_of(
    data, tmp_path, run, words, said
):
    (data / "imports").write_text("a file where the folder should be")
    found = run(write(tmp_path / "i.csv", [item()]), *words)
    assert found.code == 1
    assert said in found.err.splitlines()[-1]
    assert (data / "years" / "t" / "2022" / "items.parquet").exists() is not bool(words)
