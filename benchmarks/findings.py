"""How long the findings' passes over individual rows take, all of them.

    python benchmarks/findings.py [--rounds 5] [--year 2022]

Each is timed beside an idiomatic pandas version of the same counts (``benchmarks/peers/findings.py``).
Both take turns; medians; what both count must agree. What the tally answers is timed in
``benchmarks/figures.py``.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import common
import pandas as pd
from peers import findings as peers

from analysis.problems.courses import courses
from analysis.problems.duplicates.counted import counted
from analysis.problems.endings import endings
from analysis.problems.grounds import Grounds
from analysis.problems.happened import happened
from analysis.problems.minutes import SAME, minutes
from analysis.problems.overdue.recorded import recorded
from analysis.problems.quality.batches import BATCHED, batches
from analysis.statistics.facts import Facts
from analysis.tables.year import Year

Counts = tuple[int, ...]
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
        mine, other, found = _timed(ours, theirs, year, asked.rounds)
        spent.append((mine, other))
        rows.append(
            _row(name, mine, other) | {"counted by both": ", ".join(f"{n:,}" for n in found)}
        )
    mine, other = (sum(times) for times in zip(*spent, strict=True))
    of_all = {"ratio": common.verdict(mine / other, GOAL), "counted by both": ""}
    facts = f"{common.machine('duckdb', 'ibis-framework', 'pandas')} Median of {asked.rounds} rounds in turns."
    table = common.table([*rows, _row("all", mine, other) | of_all])
    common.write_section("Findings (`benchmarks/findings.py`)", f"{facts}\n\n{table}")


def _row(name: str, mine: float, other: float) -> dict[str, str]:
    times = {"ours": f"{mine:.2f} s", "pandas": f"{other:.2f} s"}
    return {"passes": name, **times, "ratio": f"{mine / other:.2f}"}


def _timed(
    ours: Callable[[Grounds], Counts],
    theirs: Callable[[Path, int], Counts],
    year: Year,
    rounds: int,
) -> tuple[float, float, Counts]:
    """Return the medians of both in seconds, and what both have counted."""
    assert year.folder is not None
    folder, times, found = year.folder, ([], []), set()
    tasks = ((0, lambda: ours(_fresh(year))), (1, lambda: theirs(folder, year.year)))
    for n in range(rounds):
        for who, task in tasks if n % 2 == 0 else reversed(tasks):
            began = time.perf_counter()
            found.add(task())
            times[who].append(time.perf_counter() - began)
    (counts,) = found  # one, or they disagree
    return statistics.median(times[0]), statistics.median(times[1]), counts


def _fresh(year: Year) -> Grounds:
    """Return grounds that have computed nothing; the tally is no part of these passes."""
    return Grounds(Facts(year, pd.DataFrame(), year.items))


def _applications(grounds: Grounds) -> Counts:
    found = counted(grounds)
    of = found.together
    return len(found.pairs), int(found.resubmitted["n"].sum()), len(of), int(of["near"].sum())


def _courses(grounds: Grounds) -> Counts:
    return (int(courses(grounds)["n"].sum()),)


def _endings(grounds: Grounds) -> Counts:
    counts = endings(grounds)
    of_steps, of_stamps = happened(counts).sum(), counts.sum(numeric_only=True)
    steps = (int(of_steps[name]) for name in ("timed", "zero", "returned", "waited"))
    odd = (int(of_stamps[name]) for name in ("n", "midnight", "reversed", "pushed"))
    due = (recorded(counts, sort).sum() for sort in ("statutory", "promised"))
    late = (int(of[name]) for of in due for name in ("closed", "late", "still", "overdue"))
    return (*steps, *odd, int(batches(minutes(grounds), SAME)[BATCHED].sum()), *late)


TASKS: dict[str, tuple[Callable[[Grounds], Counts], Callable[[Path, int], Counts]]] = {
    "applications (pairs in two systems, re-submissions, bundles)": (
        _applications,
        peers.applications,
    ),
    "courses of commitment cases": (_courses, peers.courses),
    "endings (steps, waits, time stamps, batches, due dates)": (_endings, peers.endings),
}


if __name__ == "__main__":
    main()
