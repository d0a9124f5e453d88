"""What findings count in the rows of a demo year at full size, against plain pandas, table by table.

The plain pandas is that of the benchmark (``benchmarks/peers/findings_by_pandas``): it takes nothing from
``analysis`` but the calendar's numbered days.
"""

from pathlib import Path

import pytest
from benchmarks.peers.beside import PANDAS, TASKS, fresh, require_equal

from analysis.tables.year import Year


@pytest.mark.parametrize("task", TASKS)
def test_every_pass_over_a_demo_year(demo_data: Path, task: str) -> None:
    year = Year.open("demo", 2021, data=demo_data)
    assert year.folder is not None
    ours, theirs = TASKS[task]
    require_equal(ours(fresh(year)), theirs[PANDAS](year.folder, year.year))
