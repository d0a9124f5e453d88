"""``xuke tally`` and ``xuke figures --tally``: what the commands write and say."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl

from tests.engines.small import write_project


def xuke(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def test_from_cases_to_the_figures_of_a_tally(tmp_path: Path) -> None:
    write_project(tmp_path / "data")
    one, both = tmp_path / "one.tally", tmp_path / "both.tally"
    counted = xuke("tally", "2022", "--out", one, "--data", tmp_path / "data")
    assert counted.returncode == 0, counted.stderr
    assert "内部资料,不得公开" in counted.stderr
    found = xuke("figures", "--tally", one, "--format", "csv")
    assert ",accepted,,受理量,3," in found.stdout
    assert "比率和平均数不能相加" in found.stdout
    assert "内部资料,不得公开" in found.stderr

    document = json.loads(xuke("figures", "--tally", one, "--format", "json").stdout)
    found = {each["id"]: each for each in document["figures"] if not each["variant"]}
    assert found["accepted"]["value"] == "3"
    assert not any(each["value"] for each in found.values() if each["definition"]["not_additive"])
    assert [table["name"] for table in document["tables"]] == ["departments", "months"]
    book = tmp_path / "one.xlsx"
    assert xuke("figures", "--tally", one, "--format", "xlsx", "--to", book).returncode == 0
    sheets = openpyxl.load_workbook(book).sheetnames
    assert {"各部门办件", "各月办件"} <= set(sheets)
    assert "各部门事项" not in sheets  # the catalogues do not add up

    twice = xuke("tally", "--merge", one, one, "--out", both)
    assert (twice.returncode, "被算了两次" in twice.stderr) == (1, True)
    assert not both.exists()


def test_what_is_no_year(tmp_path: Path) -> None:
    done = xuke("tally", "2022", "2023", "--out", tmp_path / "x")
    assert (done.returncode, "汇总一次写一个年度" in done.stderr) == (1, True)
