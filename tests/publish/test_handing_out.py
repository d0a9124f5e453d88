"""``xuke figures`` and ``xuke draft`` hand out files and take none away."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import XukeError
from analysis.publish import manifest
from analysis.publish.run import spare_edited
from tests.publish.project import Project


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Project(tmp_path_factory.mktemp("hand")).data


def handed(*words: str | Path) -> bytes:
    """Return what a command writes to its output."""
    done = CliRunner().invoke(app, list(map(str, words)))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout_bytes


def test_figures_in_each_form_are_the_same_numbers(data: Path) -> None:
    plain = handed("figures", "2022", "--format", "csv", "--data", data)
    assert handed("figures", "2022", "--format", "csv", "--bom", "--data", data) == (
        b"\xef\xbb\xbf" + plain
    )
    found = json.loads(handed("figures", "2022", "--format", "json", "--data", data))
    values = {each["id"]: each["value"] for each in reversed(found["figures"])}
    assert values["applications"] == "4"  # three cases and one that was refused acceptance
    assert handed("figures", "2022", "--format", "xlsx", "--data", data).startswith(b"PK")


def test_a_draft_of_a_department_and_no_file_written_over(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "文稿.docx"
    words = ("draft", "2022", "--department", "甲局", "--to", path, "--data", data)
    handed(*words)
    made = docx.Document(BytesIO(path.read_bytes()))
    title = made.paragraphs[0].text.replace("\n", "")
    assert title == "甲局2022年度行政许可实施和监督管理情况报告"
    handed(*words)  # the same bytes
    path.write_bytes(b"edited")
    with pytest.raises(XukeError, match="已经存在"):
        handed(*words)
    assert path.read_bytes() == b"edited"
    with pytest.raises(XukeError, match="没有名为“丙局”的部门"):
        handed(*words[:3], "丙局", *words[4:])


def test_options_that_do_not_go_together_are_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(XukeError, match="--bom 只用于 CSV"):
        handed("figures", "2022", "--format", "json", "--bom", "--data", data)
    with pytest.raises(XukeError, match="请用 --format"):
        handed("figures", "2022", "--to", tmp_path / "x", "--data", data)


def test_a_draft_that_somebody_edited_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(b"made")
    manifest.record(path, {"sha256": sha256(b"made").hexdigest()})
    spare_edited(path)
    assert path.read_bytes() == b"made"
    path.write_bytes(b"edited")
    spare_edited(path)
    assert not path.exists()
    assert [each.read_bytes() for each in tmp_path.glob("draft-改动-*.docx")] == [b"edited"]
