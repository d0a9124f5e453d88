"""Small exports made by hand, and a way to import them as a user would."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).parents[3]
PLACES = '[t]\nname = "测试区"\ncalendar = "china"\n'
_numbers = count(1)


def data_folder(folder: Path, places: str = PLACES) -> Path:
    """Return a data folder with the presets, and a place ``t``."""
    shutil.copytree(ROOT / "data" / "presets", folder / "presets")
    (folder / "places.toml").write_text(places, encoding="utf-8")
    return folder


def item(code: str = "A", **values: str) -> dict[str, str]:
    """One row of a catalogue in the project's own headings."""
    return {
        "业务办理项编码": code,
        "实施编码": code,
        "事项层级": "handling",
        "事项版本": "1",
        "事项状态": "1",
        "事项名称": f"事项{code}",
        "事项类型": "01",
        "是否依申请": "是",
        "实施主体编码": "D1",
        "实施主体": "甲局",
        "办件类型": "2",
        "法定办结时限": "20",
        "法定办结时限单位": "W",
        "法律未规定时限": "否",
        "承诺办结时限": "5",
        "承诺办结时限单位": "W",
        "到办事现场次数": "0",
        "进驻省事项管理系统": "是",
    } | values


def case(**values: str) -> dict[str, str]:
    """One row of an export of cases in the project's own headings: accepted and granted."""
    return {
        "办件编号": f"SL{next(_numbers)}",
        "业务办理项编码": "A",
        "办理部门编码": "D1",
        "申报来源": "window",
        "申请时间": "2022-03-01 09:00:00",
        "受理状态": "accepted",
        "受理时间": "2022-03-01 10:00:00",
        "不受理时间": "",
        "办件类型": "2",
        "办结时间": "2022-03-04 16:00:00",
        "办结结果": "approved",
    } | values


def write(path: Path, rows: Sequence[dict[str, str]], encoding: str = "utf-8") -> Path:
    """Write rows as CSV; headings are those of the first row, and any that later ones add."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def xuke(*words: object, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with a home of its own."""
    return subprocess.run(
        [Path(sys.executable).with_name("xuke"), *map(str, words)],
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def meta(data: Path, year: int = 2022) -> dict[str, Any]:
    """Return a year's ``year.json``."""
    path = data / "years" / "t" / str(year) / "year.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def kept(data: Path, table: str = "cases", year: int = 2022) -> list[dict[str, Any]]:
    """Return the rows of a table of a year."""
    path = data / "years" / "t" / str(year) / f"{table}.parquet"
    return duckdb.sql(f"select * from read_parquet('{path}')").to_arrow_table().to_pylist()


def problem_rows(data: Path, year: int = 2022) -> list[dict[str, str]]:
    """Return the rows of ``problems.csv``."""
    path = data / "imports" / "t" / str(year) / "problems.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
