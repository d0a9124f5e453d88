"""``xuke tally`` and ``xuke figures --tally``: what the commands write and say."""

import subprocess
import sys
from pathlib import Path

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

    twice = xuke("tally", "--merge", one, one, "--out", both)
    assert (twice.returncode, "被算了两次" in twice.stderr) == (1, True)
    assert not both.exists()


def test_what_is_no_year(tmp_path: Path) -> None:
    done = xuke("tally", "2022", "2023", "--out", tmp_path / "x")
    assert (done.returncode, "汇总一次写一个年度" in done.stderr) == (1, True)
