"""Every figure of the demo years at full size, against plain pandas written from the definitions.

The plain pandas is that of the benchmark (``benchmarks/peers/by_pandas``): it takes nothing from
``analysis`` but the calendar's numbered days.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.statistics.kept import kept_facts
from analysis.statistics.registry import REGISTRY
from analysis.tables.calendar import china
from analysis.tables.year import Year

COUNT = Path(__file__).parents[2] / "benchmarks/peers/count.py"
TABLES = ("items", "cases", "inspections", "evaluations", "staff")


def counted_by_pandas(year: Year, folder: Path) -> dict[str, list[str]]:
    """Let another process count; it finds the year's files and the calendar in a folder."""
    assert year.folder is not None
    for table in TABLES:
        (folder / f"{table}.parquet").symlink_to(year.folder / f"{table}.parquet")
    days = china().frame()
    days.assign(date=days["date"].dt.date).to_parquet(folder / "calendar.parquet")
    command = [sys.executable, COUNT, "by_pandas", folder, folder / "out.json"]
    of_year = os.environ | {"PEERS_YEAR": str(year.year)}
    subprocess.run(command, env=of_year, check=True, timeout=300)
    found: dict[str, list[str]] = json.loads((folder / "out.json").read_text("utf-8"))["results"]
    return found


@pytest.mark.parametrize("number", [2021, 2022, 2023])
def test_every_figure_of_a_demo_year(demo_data: Path, tmp_path: Path, number: int) -> None:
    year = Year.open("demo", number, data=demo_data)
    facts = kept_facts(year)
    expected = counted_by_pandas(year, tmp_path)
    found, without = {}, []
    for figure in REGISTRY.values():
        result = figure.result(facts)
        both = [result.numerator, result.denominator]
        if result.reason:
            without.append((figure.id, figure.compute))
        else:
            found[f"{figure.id} {figure.variant}"] = ["" if n is None else str(n) for n in both]
    assert found == expected
    assert all(compute is None for _, compute in without), "only what people state is not computed"
