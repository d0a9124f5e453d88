"""How long the findings' passes over individual rows take.

    python benchmarks/findings.py [--rounds 5] [--year 2022]

Each is timed beside an idiomatic pandas version that makes the same tables
(``benchmarks/peers/findings_by_pandas/``), and beside SQL written by hand, which is what the engine can
do at best. All take turns; medians; the tables must be equal, row by row. What the tally answers is timed
in ``benchmarks/figures.py``; inspections, some thousand rows, are left out.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping

import common
from peers.beside import PANDAS, SQL, TASKS, fresh, require_equal

from analysis.tables.year import Year

GOAL = 0.25  # of the time that pandas takes
OURS = "ours"
SIZES = "rows of the tables of all"
Task = Callable[[], object]


def main() -> None:
    """Time the passes and write a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    parser.add_argument("--year", type=int, default=2022)
    asked = parser.parse_args()
    year = Year.open("demo", asked.year, data=common.demo())
    every, rows = [], []
    for name, (ours, theirs) in TASKS.items():
        assert year.folder is not None
        sides: dict[str, Task] = {OURS: lambda ours=ours: ours(fresh(year))}
        for peer, count in theirs.items():
            sides[peer] = lambda count=count: count(year.folder, year.year)
        mine = ours(fresh(year))
        sizes = [require_equal(mine, count(year.folder, year.year)) for count in theirs.values()]
        took = _timed(sides, asked.rounds)
        every.append(took)
        rows.append(_row(name, took) | {SIZES: sizes[0]})
    summed = {side: sum(each[side] for each in every) for side in every[0]}
    ratio = summed[OURS] / summed[PANDAS]
    all_of_them = {"ours / pandas": common.verdict(ratio, GOAL), SIZES: ""}
    facts = f"{common.machine('duckdb', 'ibis-framework', 'pandas')} Median of {asked.rounds} rounds in turns."
    table = common.table([*rows, _row("all", summed) | all_of_them])
    common.write_section("Findings (`benchmarks/findings.py`)", f"{facts}\n\n{table}")


def _row(name: str, took: Mapping[str, float]) -> dict[str, str]:
    return {
        "passes": name,
        **{side: f"{seconds:.2f} s" for side, seconds in took.items()},
        "ours / pandas": f"{took[OURS] / took[PANDAS]:.2f}",
        "SQL / pandas": f"{took[SQL] / took[PANDAS]:.2f}",
    }


def _timed(sides: Mapping[str, Task], rounds: int) -> dict[str, float]:
    """Return the median seconds of each side."""
    times: dict[str, list[float]] = {side: [] for side in sides}
    for n in range(rounds):
        for side in list(sides)[:: 1 if n % 2 == 0 else -1]:
            began = time.perf_counter()
            sides[side]()
            times[side].append(time.perf_counter() - began)
    return {side: statistics.median(seconds) for side, seconds in times.items()}


if __name__ == "__main__":
    main()
