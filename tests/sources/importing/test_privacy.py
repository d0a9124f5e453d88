"""No personal value is left anywhere: not in files, not on screen, not after a kill."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sources.importing.exports import ROOT, case, item, kept, meta, write

# Checksum-right, as only then the net below the mapping can be tried; the numbers are examples.
ID, ID_2, MOBILE = "11010519491231002X", "440524188001010014", "13800138000"
NAME, ADDRESS = "欧阳测试甲", "某某街道九十九号院"
PLANTED = (ID, ID_2, MOBILE, NAME, ADDRESS)
PERSONAL = {"申请人标识": ID, "经办人标识": NAME, "手机号码": MOBILE, "住址": ADDRESS, "备注": ID_2}


def assert_nothing_left(*folders: Path, said: str = "") -> None:
    """Look for planted values in whatever lies in the folders, and in what was said."""
    for folder in folders:
        for path in filter(Path.is_file, folder.rglob("*")):
            content = path.read_bytes()
            if path.suffix == ".parquet":
                content += parquet_text(path)
            for value in PLANTED:
                for encoding in ("utf-8", "gb18030", "utf-16-le"):
                    assert value.encode(encoding) not in content, (path.name, value)
    for value in PLANTED:
        assert value not in said


def parquet_text(path: Path) -> bytes:
    """Return every value of a Parquet file as text; a draft that was cut short has none to read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return str(pq.read_table(path).to_pydict()).encode()
    except (pa.ArrowInvalid, OSError):
        return b""


@pytest.fixture
def items(tmp_path):
    (tmp_path / "in").mkdir()
    return write(tmp_path / "in" / "事项.csv", [item()])


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_persons_become_keys_and_the_rest_is_dropped(data, home, tmp_path, run, items, encoding):
    rows = [
        case(**PERSONAL),
        case(**PERSONAL, 申请时间="不详"),
        case(**PERSONAL | {"申请人标识": ID_2}),
    ]
    said = run(items, write(tmp_path / "in" / "办件.csv", rows, encoding))
    assert said.code == 0, said.err
    assert_nothing_left(data, home, said=said.out + said.err)
    keys = {row["applicant_key"] for row in kept(data)}
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)
    assert len(meta(data)["key"]) == 8


def test_spreadsheets_too(data, home, tmp_path, run, items):
    from openpyxl import Workbook

    book = Workbook()
    rows = [case(**PERSONAL), case(**PERSONAL, 申请时间="不详")]
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(tmp_path / "in" / "办件.xlsx")
    said = run(items, tmp_path / "in" / "办件.xlsx")
    assert said.code == 0, said.err
    assert_nothing_left(data, home, said=said.out + said.err)


@pytest.mark.parametrize("value", [ID, MOBILE, f"申请人{ID_2}"])
@pytest.mark.parametrize("heading", ["不受理原因", "镇街", "办件编号"])
def test_a_kept_column_that_looks_personal_stops_the_import(
    data, home, tmp_path, run, items, heading, value
):
    rows = [case(), *(case(**{heading: value}) for _ in range(3))]
    said = run(items, write(tmp_path / "in" / "办件.csv", rows))
    assert said.code == 1
    assert f"“{heading}”(3 处)" in said.err
    assert_nothing_left(data, home, said=said.out + said.err)
    assert not (data / "years" / "t" / "2022").exists()


def test_a_misplaced_value_is_masked(data, home, tmp_path, run, items):
    rows = [case(), case(申请时间=MOBILE), case(办结结果=ID), case(申报来源=ID_2)]
    said = run(items, write(tmp_path / "in" / "办件.csv", rows))
    assert said.code == 0, said.err
    assert "(已遮盖)" in (data / "imports" / "t" / "2022" / "problems.csv").read_text("utf-8")
    assert_nothing_left(data, home, said=said.out + said.err)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("after", [0.0, 0.3])
def test_nothing_is_left_by_a_killed_import(data, home, tmp_path, items, after):
    big = [case(**PERSONAL) for _ in range(40_000)]
    command = [Path(sys.executable).with_name("xuke"), "import", "2022", items]
    command += [write(tmp_path / "in" / "办件.csv", big), "--place", "t", "--preset", "canonical"]
    process = subprocess.Popen(
        [*map(str, command), "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
    )
    draft = data / "years" / "t" / ".import-2022" / "work" / "source1.parquet"
    while not draft.exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(after)  # in the middle of staging, or of judging
    process.send_signal(signal.SIGKILL)
    said = process.communicate()[0].decode()
    assert process.returncode == -signal.SIGKILL
    assert draft.parent.exists()
    assert_nothing_left(data, home, said=said)
