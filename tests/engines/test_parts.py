"""Cases in many parts: the same figures, and only what is needed is read.

What is read is what DuckDB itself says of a query that it has run.
"""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from analysis.statistics.figures import figures
from analysis.statistics.passes.cells import cells
from analysis.tables.year import Year
from tests.engines.small import write_project
from tests.tables.build import closed

CODES = ["0110", "0220"]  # a partition's name is text, whatever it looks like
CASES = [
    closed(
        f"2022-{month:02}-03",
        f"2022-{month:02}-05",
        f"2022-{month:02}-20",
        dept_code=code,
        applicant_key="k",
    )
    for month in range(1, 13)
    for code in CODES
]
PARTITIONS = {"dept_code": "*", "month": "*, strftime(submitted_at, '%Y-%m') as month"}


def divided(year: Path, by: str) -> list[Path]:
    """Divide a year's cases into partitions, and return their files."""
    rows = f"select {PARTITIONS[by]} from '{year / 'cases.parquet'}'"
    duckdb.sql(f"copy ({rows}) to '{year / 'cases'}' (format parquet, partition_by ({by}))")
    (year / "cases.parquet").unlink()
    return sorted((year / "cases").rglob("*.parquet"))


def scanned(connection: Any, run: Any) -> list[dict[str, Any]]:
    """Return what DuckDB says of each reading of Parquet files while something runs."""
    connection.raw_sql("PRAGMA enable_profiling = 'no_output'")
    found = []
    run_query = connection.to_pyarrow

    def executed(*given: Any, **named: Any) -> Any:
        result = run_query(*given, **named)
        found.extend(_scans(json.loads(connection.con.get_profiling_information())))
        return result

    connection.to_pyarrow = executed
    run()
    return found


def _scans(step: dict[str, Any]) -> list[dict[str, Any]]:
    own = [step] if "READ_PARQUET" in str(step.get("extra_info", {}).get("Function", "")) else []
    return own + [scan for child in step.get("children", ()) for scan in _scans(child)]


@pytest.mark.parametrize("by", PARTITIONS)
def test_parts_give_the_same_figures(tmp_path: Path, by: str) -> None:
    year = write_project(tmp_path, cases=CASES)
    whole = figures(Year.open("t", 2022, data=tmp_path))
    files = divided(year, by)
    assert len(files) == {"dept_code": 2, "month": 12}[by]
    pd.testing.assert_frame_equal(figures(Year.open("t", 2022, data=tmp_path)), whole)


def test_a_partition_of_a_department_is_its_code(tmp_path: Path) -> None:
    divided(write_project(tmp_path, cases=CASES), "dept_code")
    assert sorted(set(Year.open("t", 2022, data=tmp_path).cases["dept_code"])) == CODES


def test_only_needed_columns_are_read(tmp_path: Path) -> None:
    write_project(tmp_path, cases=CASES)
    year = Year.open("t", 2022, data=tmp_path)
    (scan,) = scanned(year.tables["cases"]._find_backend(), lambda: cells(year))
    read = set(scan["extra_info"]["Projections"])
    assert {"submitted_at", "closed_at", "item_code"} <= read
    assert not read & {"case_id", "applicant_key"}


@pytest.mark.parametrize(("month", "rows"), [(3, 6), (12, 24)])
def test_only_needed_months_are_read(tmp_path: Path, month: int, rows: int) -> None:
    """What was submitted after the cut-off stays on the disk."""
    files = divided(write_project(tmp_path, cases=CASES, cutoff=f"2022-{month:02}-28"), "month")
    for file in files[month:]:  # whole at both ends, so it can be opened but not read
        content = file.read_bytes()
        file.write_bytes(content[:4] + bytes(len(content) // 4) + content[4 + len(content) // 4 :])
    year = Year.open("t", 2022, data=tmp_path)
    (scan,) = scanned(year.tables["cases"]._find_backend(), lambda: cells(year))
    assert scan["operator_cardinality"] == rows
