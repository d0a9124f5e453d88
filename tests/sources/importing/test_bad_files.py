"""Bad input of every kind: a clear Chinese sentence or a problem row, never a traceback."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.sources.importing.exports import case, item, problem_rows, write

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def headings_only(path: Path) -> Path:
    path.write_text(",".join(case()) + "\n", encoding="utf-8")
    return path


def image(path: Path) -> Path:
    path.write_bytes(PNG)
    return path


def not_a_workbook(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return path


def cut_workbook(path: Path) -> Path:
    from openpyxl import Workbook

    whole = io.BytesIO()
    book = Workbook()
    book.active.append(list(case()))
    book.save(whole)
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    return path


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("办件.csv", b"0" * 300_000_000)
    return path


def wide(path: Path) -> Path:
    path.write_text(",".join(f"列{n}" for n in range(10_000)) + "\n1\n", encoding="utf-8")
    return path


def wrong_table(path: Path) -> Path:
    return write(path, [{"姓名": "甲", "成绩": "5"}])


def mojibake(path: Path) -> Path:
    path.write_bytes("办件编号,申请时间\n".encode("gb18030") + bytes(range(128, 256)) + b"\n")
    return path


def directory(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (empty, "空.csv", "空文件"),
        (headings_only, "只有表头.csv", "没有一行可以保留"),
        (image, "图.xlsx", "PNG 图片"),
        (image, "图.csv", "PNG 图片"),
        (not_a_workbook, "假.xlsx", "。"),
        (cut_workbook, "断.xlsx", "。"),
        (bomb, "炸弹.zip", "压缩炸弹"),
        (wide, "宽.csv", "。"),
        (wrong_table, "成绩.csv", "对不上"),
        (mojibake, "乱码.csv", "。"),
        (directory, "夹", "。"),
    ],
)
def test_bad_file(data, tmp_path, run, make, name, said):
    file = make(tmp_path / name)
    found = run(file, "--table", "cases") if make is headings_only else run(file)
    last = found.err.splitlines()[-1]
    assert found.code == 1
    assert said in last
    assert name.split(".")[0] in found.err
    assert re.search(r"[\u4e00-\u9fff]", last)
    assert "Traceback" not in found.err + found.out
    assert "程序出错" not in found.err
    assert not (data / "years" / "t" / "2022").exists()


def test_a_wrong_encoding_is_named_on_the_screen_not_only_in_the_list(run, tmp_path):
    file = write(tmp_path / "c.csv", [case(办理部门编码="许可")])
    file.write_bytes(file.read_bytes() + b"\xff\xfe" + b"," * (len(case()) - 1) + b"\n")
    said = run(write(tmp_path / "i.csv", [item()]), file, "--encoding", "utf-8")
    told = "".join(said.out.split())
    assert "有的行读不出(如第3行:" in told
    assert "里有不是utf-8的字节" in told
    assert "--encoding" in told


def test_missing_file(run, tmp_path):
    said = run(tmp_path / "没有.csv")
    assert said.code == 1
    assert "没有.csv" in said.err


def test_a_row_cut_short_and_one_too_long_are_problem_rows(data, tmp_path, run):
    file = write(tmp_path / "办件.csv", [case(), case(), case()])
    lines = file.read_text("utf-8").splitlines()
    lines[2] += ",多,余"
    lines[3] = ",".join(lines[3].split(",")[:5])
    file.write_text("\n".join(lines), encoding="utf-8")
    said = run(write(tmp_path / "事项.csv", [item()]), file)
    assert said.code == 0, said.err
    found = {(row["行"], row["程度"]) for row in problem_rows(data)}
    assert {("3", "隔离"), ("4", "隔离")} <= found
    assert "Traceback" not in said.err


def test_missing_required_column_is_named(run, tmp_path):
    rows = [{k: v for k, v in case().items() if k != "办理部门编码"}]
    said = run(write(tmp_path / "办件.csv", rows))
    assert said.code == 1
    assert "办理部门编码" in said.err


def test_near_heading_is_proposed_not_taken(data, run, tmp_path):
    rows = [{("办理部门编号" if k == "办理部门编码" else k): v for k, v in case().items()}]
    file = write(tmp_path / "办件.csv", rows)
    said = run(file)
    assert said.code == 1
    assert "--accept" in said.err
    assert run(file, "--accept").code == 0
