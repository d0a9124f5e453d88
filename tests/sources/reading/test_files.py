"""Paths, patterns and archives: what is named is read once, in order; tricks are refused."""

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from analysis.errors import XukeError
from analysis.sources.reading import open_sources
from tests.sources.reading.tables import drawn

CSV = "编号,名称\n1,准予\n".encode()


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def archive(name: str, **members: bytes) -> None:
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        for member, content in members.items():
            file.writestr(member, content)


def test_patterns_are_sorted_and_paths_keep_their_order():
    for name in ("b.csv", "a.csv", "c.csv"):
        Path(name).write_bytes(CSV)
    assert [each.file for each in open_sources(["c.csv", "[ab].csv"])] == [
        "c.csv",
        "a.csv",
        "b.csv",
    ]


def test_a_file_named_twice_is_refused():
    Path("a.csv").write_bytes(CSV)
    os.link("a.csv", "other.csv")
    Path("link.csv").symlink_to("a.csv")
    for second in ("a.csv", "./a.csv", "*.csv", "link.csv"):
        with pytest.raises(XukeError, match="给了两次"):
            open_sources(["a.csv", second])


@pytest.mark.parametrize("path", ["nowhere.csv", "*.csv", "a\0b.csv"])
def test_nothing_there(path):
    with pytest.raises(XukeError, match="找不到"):
        open_sources([path])


def test_a_folder_is_refused():
    Path("exports").mkdir()
    with pytest.raises(XukeError, match="是文件夹"):
        open_sources(["exports"])


def test_packed_files_are_read_where_they_are():
    Path("办件.csv.gz").write_bytes(gzip.compress(CSV))
    archive(
        "一年.zip",
        **{"2月.csv": CSV, "1月.csv": CSV, "__MACOSX/._1月.csv": b"x", ".DS_Store": b"x"},
    )
    sources = open_sources(["办件.csv.gz", "一年.zip"])
    assert [each.file for each in sources] == [
        "办件.csv.gz",
        "一年.zip!1月.csv",
        "一年.zip!2月.csv",
    ]
    assert [drawn(each) for each in sources] == [{2: ["1", "准予"]}] * 3
    assert sorted(str(path) for path in Path().iterdir()) == ["一年.zip", "办件.csv.gz"]


def test_names_from_chinese_windows():
    archive("a.zip", **{"__.csv": CSV})
    data = Path("a.zip").read_bytes().replace(b"__.csv", "办".encode("gbk") + b".csv")
    Path("a.zip").write_bytes(data)
    assert [each.file for each in open_sources(["a.zip"])] == ["a.zip!办.csv"]


@pytest.mark.parametrize("name", ["../a.csv", "/a.csv", "x/../../a.csv", "..\\a.csv", "C:\\a.csv"])
def test_names_that_lead_out_of_the_archive(name):
    archive("a.zip", **{name: CSV})
    with pytest.raises(XukeError, match="指向压缩包外面"):
        open_sources(["a.zip"])


@pytest.mark.parametrize("inner", [gzip.compress(CSV), b"PK\x03\x04" + bytes(100), b"Rar!\x1a\x07"])
def test_archives_within_archives(inner):
    archive("a.zip", **{"b": inner})
    Path("a.gz").write_bytes(gzip.compress(inner))
    for path in ("a.zip", "a.gz"):
        with pytest.raises(XukeError, match="压缩包里的压缩包"):
            open_sources([path])


def test_a_bomb_is_not_unpacked():
    zeros = CSV + b"0" * (1 << 27)
    archive("a.zip", **{"a.csv": zeros})
    Path("a.csv.gz").write_bytes(gzip.compress(zeros))
    for path in ("a.zip", "a.csv.gz"):
        with pytest.raises(XukeError, match="压缩炸弹"):
            drawn(open_sources([path])[0])


def test_a_spreadsheet_that_is_a_bomb():
    archive("a.xlsx", **{"[Content_Types].xml": b"", "xl/worksheets/sheet1.xml": b" " * (1 << 27)})
    with pytest.raises(XukeError, match="压缩炸弹"):
        open_sources(["a.xlsx"])


def test_an_archive_with_a_password():
    archive("a.zip", **{"a.csv": CSV})
    data = bytearray(Path("a.zip").read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    Path("a.zip").write_bytes(data)
    with pytest.raises(XukeError, match=r"a\.zip!a\.csv”有密码"):
        open_sources(["a.zip"])


def test_packed_files_that_are_cut_off_or_damaged():
    rows = CSV + os.urandom(100_000).hex().encode() + b",a\n"
    packed = gzip.compress(rows)
    Path("a.csv.gz").write_bytes(packed[:-1000])
    archive("a.zip", **{"a.csv": rows})
    whole = Path("a.zip").read_bytes()
    Path("cut.zip").write_bytes(whole[:-1000])
    Path("damaged.zip").write_bytes(whole.replace(whole[5000:5010], bytes(10)))
    for path in ("a.csv.gz", "cut.zip", "damaged.zip"):
        with pytest.raises(XukeError, match=r"不完整|不是完整"):
            drawn(open_sources([path])[0])


def test_an_empty_archive():
    archive("a.zip")
    with pytest.raises(XukeError, match="没有文件"):
        open_sources(["a.zip"])


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"<html><table><tr><td>1", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "网页或 XML"),
        (b"PK\x03\x04" + bytes(30), "不是完整的 zip 或 xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "不是完整的电子表格"),
        (b"PAR1" + bytes(40), "不是完整的 Parquet"),
    ],
)
def test_what_only_looks_like_a_spreadsheet_by_its_name(start, said):
    Path("a.xlsx").write_bytes(start + bytes(20))
    with pytest.raises(XukeError, match=said):
        open_sources(["a.xlsx"])


def test_content_counts_and_not_the_name():
    Path("a.xls").write_bytes(CSV)
    assert drawn(open_sources(["a.xls"])[0]) == {2: ["1", "准予"]}


def test_no_paths():
    with pytest.raises(XukeError, match="没有给出"):
        open_sources([])


def test_a_workbook_inside_an_archive():
    import openpyxl

    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["编号", "名称"])
    book.active.append(["1", "准予"])
    book.save(content)
    archive("a.zip", **{"一月.xlsx": content.getvalue()})
    (source,) = open_sources(["a.zip"])
    assert (source.file, source.sheet) == ("a.zip!一月.xlsx", "Sheet")
    assert drawn(source) == {2: ["1", "准予"]}
