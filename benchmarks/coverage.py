"""Coverage (区间覆盖率) of the findings' intervals, and how often they are called where nothing is.

Usage: ``python -m benchmarks.coverage [--seeds 1000] [--jobs 1] [--write]``. Seeds are consecutive from 0.
``--write`` puts the table into ``docs/coverage.md``.
"""

import argparse
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
from benchmarks.simulations import WORLDS
from benchmarks.trials import Trial

DOCS = Path(__file__).parents[1] / "docs" / "coverage.md"
BEGIN, END = "<!-- table -->\n", "<!-- end -->\n"


def run(seeds: int, jobs: int) -> pd.DataFrame:
    """Run all worlds for the seeds from 0 on, in several processes."""
    with ProcessPoolExecutor(jobs) as pool:
        parts = pd.concat(pool.map(trials, [range(n, seeds, jobs) for n in range(jobs)]))
    return parts.groupby("name", sort=False).sum().reset_index()


def trials(seeds: Iterable[int]) -> pd.DataFrame:
    """Run all worlds for some seeds, once with something planted and once without.

    Returns:
        One row per name: ``covered`` and ``intervals`` with something planted, ``covered_nothing``
        and ``intervals_nothing`` without, ``alarms`` and ``tests`` without, ``found`` with.
    """
    rows = [
        (seed, planted, trial)
        for seed in seeds
        for world in WORLDS
        for planted in (True, False)
        for trial in world(seed, planted)
    ]
    names = list(dict.fromkeys(trial.name for _, _, trial in rows))
    return pd.DataFrame([_counted(name, rows) for name in names])


def _counted(name: str, rows: list[tuple[int, bool, Trial]]) -> dict[str, object]:
    of = {
        planted: [t for _, p, t in rows if t.name == name and p == planted]
        for planted in (True, False)
    }
    covered = {planted: [t.covered for t in of[planted] if t.covered is not None] for planted in of}
    alarms = {planted: [t.alarm for t in of[planted] if t.alarm is not None] for planted in of}
    return {
        "name": name,
        "covered": sum(covered[True]),
        "intervals": len(covered[True]),
        "covered_nothing": sum(covered[False]),
        "intervals_nothing": len(covered[False]),
        "found": sum(alarms[True]),
        "alarms": sum(alarms[False]),
        "tests": len(alarms[False]),
    }


def markdown(table: pd.DataFrame) -> str:
    """Return the table as Markdown, shares in per cent."""
    heads = "| 区间或检验 | 覆盖率(有植入) | 覆盖率(无植入) | 误报率(无植入) | 检出率(有植入) |"
    lines = [heads, "|---|---|---|---|---|"]
    for row in table.itertuples():
        cells = [
            _share(row.covered, row.intervals),
            _share(row.covered_nothing, row.intervals_nothing),
            _share(row.alarms, row.tests),
            _share(row.found, row.tests),
        ]
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"


def main() -> None:
    """Run the worlds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    text = markdown(run(asked.seeds, asked.jobs))
    print(text)
    if asked.write:
        before, rest = DOCS.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        DOCS.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
