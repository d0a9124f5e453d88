"""How long the findings' passes over individual rows take, all of them.

    python -m benchmarks.findings [--rounds 3] [--year 2022]

Each is timed beside an idiomatic pandas version of the same counts (``benchmarks/peers/findings.py``).
Both take turns; medians; what both count must agree. Prints the lines for results.md, the last one for
all of them together; what the tally answers is timed in ``benchmarks/figures.py``.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from benchmarks.peers import findings as peers

from analysis.problems.courses import courses
from analysis.problems.duplicates.counted import counted
from analysis.problems.grounds import Grounds
from analysis.problems.happened import happened
from analysis.problems.overdue.recorded import recorded
from analysis.problems.quality.batches import BATCHED, batches
from analysis.problems.quality.stamps import stamps
from analysis.statistics.facts import Facts
from analysis.tables.year import Year

Counts = tuple[int, ...]


def main() -> None:
    """Time the passes and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--year", type=int, default=2022)
    asked = parser.parse_args()
    year = Year.open("demo", asked.year)
    assert year.folder is not None
    print("| passes | ours | pandas | ratio | counted by both |\n|---|---|---|---|---|")
    spent = []
    for name, (ours, theirs) in TASKS.items():
        spent.append(_timed(name, ours, theirs, year, year.folder, asked.rounds))
    mine, other = (sum(times) for times in zip(*spent, strict=True))
    print(f"| all | {mine:.2f} s | {other:.2f} s | {other / mine:.1f} | |")


def _timed(
    name: str,
    ours: Callable[[Grounds], Counts],
    theirs: Callable[[Path, int], Counts],
    year: Year,
    folder: Path,
    rounds: int,
) -> tuple[float, float]:
    """Print the line of a pass; return the medians of both in seconds."""
    times: tuple[list[float], list[float]] = ([], [])
    found: Counts = ()
    for _ in range(rounds):
        for at, task in enumerate((lambda: ours(_fresh(year)), lambda: theirs(folder, year.year))):
            began = time.perf_counter()
            result = task()
            times[at].append(time.perf_counter() - began)
            assert not at or result == found, (result, found)
            found = result
    mine, other = (statistics.median(each) for each in times)
    shown = ", ".join(f"{n:,}" for n in found)
    print(f"| {name} | {mine:.2f} s | {other:.2f} s | {other / mine:.1f} | {shown} |", flush=True)
    return mine, other


def _fresh(year: Year) -> Grounds:
    """Return grounds that have computed nothing; the tally is no part of these passes."""
    return Grounds(Facts(year, pd.DataFrame(), year.items))


def _applications(grounds: Grounds) -> Counts:
    found = counted(grounds)
    of = found.together
    return len(found.pairs), int(found.resubmitted["n"].sum()), len(of), int(of["near"].sum())


def _courses(grounds: Grounds) -> Counts:
    return (int(courses(grounds)["n"].sum()),)


def _happened(grounds: Grounds) -> Counts:
    found = happened(grounds)
    return tuple(int(found[name].sum()) for name in ("timed", "zero", "returned", "waited"))


def _stamps(grounds: Grounds) -> Counts:
    found = stamps(grounds)
    odd = (int(found[name].sum()) for name in ("n", "midnight", "reversed", "pushed"))
    return (*odd, int(batches(grounds)[BATCHED].sum()))


def _recorded(grounds: Grounds) -> Counts:
    found = recorded(grounds)
    names = ("closed", "late", "still", "overdue")
    return tuple(int(of[name].sum()) for of in found.values() for name in names)


TASKS: dict[str, tuple[Callable[[Grounds], Counts], Callable[[Path, int], Counts]]] = {
    "applications (pairs in two systems, re-submissions, bundles)": (
        _applications,
        peers.applications,
    ),
    "courses of commitment cases": (_courses, peers.courses),
    "steps, returns and waits": (_happened, peers.happened),
    "time stamps and batches": (_stamps, peers.stamps),
    "recorded due dates": (_recorded, peers.recorded),
}


if __name__ == "__main__":
    main()
