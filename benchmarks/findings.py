"""How long the findings' passes over individual rows take.

    python benchmarks/findings.py [--rounds 5] [--year 2022]

Each is timed beside an idiomatic pandas version that makes the same tables
(``benchmarks/peers/findings/``). Both take turns; medians; the tables must be equal, row by row. What
the tally answers is timed in ``benchmarks/figures.py``; inspections, some thousand rows, are left out.
"""

import argparse
import statistics
import time
from pathlib import Path

import common
from peers.beside import TASKS, Ours, Theirs, fresh, require_equal

from analysis.tables.year import Year

GOAL = 0.25  # of the time that pandas takes


def main() -> None:
    """Time the passes and write a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    parser.add_argument("--year", type=int, default=2022)
    asked = parser.parse_args()
    year = Year.open("demo", asked.year, data=common.demo())
    spent, rows = [], []
    for name, (ours, theirs) in TASKS.items():
        sizes = require_equal(ours(fresh(year)), theirs(_folder(year), year.year))
        mine, other = _timed(ours, theirs, year, asked.rounds)
        spent.append((mine, other))
        rows.append(_row(name, mine, other) | {"rows of the tables of both": sizes})
    mine, other = (sum(times) for times in zip(*spent, strict=True))
    of_all = {"ratio": common.verdict(mine / other, GOAL), "rows of the tables of both": ""}
    facts = f"{common.machine('duckdb', 'ibis-framework', 'pandas')} Median of {asked.rounds} rounds in turns."
    table = common.table([*rows, _row("all", mine, other) | of_all])
    common.write_section("Findings (`benchmarks/findings.py`)", f"{facts}\n\n{table}")


def _row(name: str, mine: float, other: float) -> dict[str, str]:
    times = {"ours": f"{mine:.2f} s", "pandas": f"{other:.2f} s"}
    return {"passes": name, **times, "ratio": f"{mine / other:.2f}"}


def _timed(
    ours: Ours,
    theirs: Theirs,
    year: Year,
    rounds: int,
) -> tuple[float, float]:
    """Return the medians of both in seconds."""
    folder, times = _folder(year), ([], [])
    tasks = ((0, lambda: ours(fresh(year))), (1, lambda: theirs(folder, year.year)))
    for n in range(rounds):
        for who, task in tasks if n % 2 == 0 else reversed(tasks):
            began = time.perf_counter()
            task()
            times[who].append(time.perf_counter() - began)
    return statistics.median(times[0]), statistics.median(times[1])


def _folder(year: Year) -> Path:
    assert year.folder is not None
    return year.folder


if __name__ == "__main__":
    main()
