"""All figures of 1.8 million cases, from Parquet, beside SQL, pandas and Polars written by hand.

    python benchmarks/figures.py [--rounds 5]

The peers (``benchmarks/peers/``) compute the same figures from the same files, written from their
definitions; numerators and denominators must be equal. Left out is only what ours says it cannot
compute: figures that people state, and those that the demo's data do not suffice for. What is kept
of earlier runs is not used. Each process starts anew; its work is also timed inside, without what
Python takes to start and import.
"""

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import common

YEAR = 2022
OURS = "ours"
PEERS = {"DuckDB SQL": "by_sql", "pandas": "by_pandas", "Polars": "by_polars"}
GOALS = {"DuckDB SQL": 1.5, "pandas": 0.2, "Polars": 0.667}
MEMORY = {"pandas": 0.333}
TABLES = ("items", "cases", "inspections", "evaluations", "staff")
FOLDER = common.BUILD / "figures"


def main() -> None:
    """Hold all to each other, measure, write; or be one of the processes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    parser.add_argument("--ours", nargs=2, type=Path, help="data folder, file to write")
    given = parser.parse_args()
    if given.ours:
        ours(*given.ours)
        return
    commands = prepared()
    for command in commands.values():
        common.timed(command)
    require_equal()
    inside: dict[str, list[float]] = {name: [] for name in commands}
    rounds: list[dict[str, common.Measured]] = []
    for turn in range(given.rounds):
        order = list(commands)[:: 1 if turn % 2 == 0 else -1]
        rounds.append(common.interleaved({name: commands[name] for name in order}, rounds=1))
        for name in commands:
            inside[name].append(float(said(name)["seconds"]))
    measured = {
        name: common.Measured(
            tuple(one[name].seconds[0] for one in rounds), max(one[name].peak for one in rounds)
        )
        for name in commands
    }
    work = {name: statistics.median(seconds) for name, seconds in inside.items()}
    common.write_section("Figures (`benchmarks/figures.py`)", body(measured, work))


def ours(data: Path, out: Path) -> None:
    """Compute all figures and write what they come to, as the peers do, and why some are left out."""
    from analysis import Year
    from analysis.statistics.facts import Facts
    from analysis.statistics.registry import REGISTRY

    begun = time.perf_counter()
    facts = Facts.of(Year.open("demo", YEAR, data=data))
    results, left_out = {}, {}
    for figure in REGISTRY.values():
        key, found = f"{figure.id} {figure.variant}", figure.result(facts)
        if found.reason:
            left_out[key] = found.reason
        else:
            both = (found.numerator, found.denominator)
            results[key] = ["" if v is None else str(v) for v in both]
    took = time.perf_counter() - begun
    written = {"seconds": took, "results": results, "left out": left_out}
    out.write_text(json.dumps(written, ensure_ascii=False), "utf-8")


def prepared() -> dict[str, common.Command]:
    """Put the files where the peers read them, and return each process's command.

    The peers are given the calendar's numbered days as a file; ours makes them.
    """
    from analysis.tables.calendar import china

    data = common.demo()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        link = FOLDER / f"{table}.parquet"
        link.unlink(missing_ok=True)
        link.symlink_to(data / "years" / "demo" / str(YEAR) / f"{table}.parquet")
    days = china().frame()
    days.assign(date=days["date"].dt.date).to_parquet(FOLDER / "calendar.parquet")
    count = Path(__file__).with_name("peers") / "count.py"
    return {
        OURS: [sys.executable, __file__, "--ours", data, out(OURS)],
        **{name: [sys.executable, count, peer, FOLDER, out(name)] for name, peer in PEERS.items()},
    }


def out(name: str) -> Path:
    """Return the file that a process writes."""
    return FOLDER / f"{name.replace(' ', '_')}.json"


def said(name: str) -> dict[str, Any]:
    """Return what a process wrote."""
    return dict(json.loads(out(name).read_text("utf-8")))


def require_equal() -> None:
    """Require that all come to the same figures, and that ours leaves out none without a reason."""
    mine, left_out = said(OURS)["results"], said(OURS)["left out"]
    for name in PEERS:
        theirs = said(name)["results"]
        unlike = {
            key: (mine.get(key), theirs.get(key))
            for key in (mine.keys() | theirs.keys()) - left_out.keys()
            if mine.get(key) != theirs.get(key)
        }
        assert not unlike, (name, unlike)


def body(measured: dict[str, common.Measured], work: dict[str, float]) -> str:
    """Return the section: the peers' times and memory, and ours against them."""
    mine, whole = measured[OURS], work[OURS]
    rows = []
    for name, took in measured.items():
        row = {
            "what": name,
            "whole process": f"{took.median:.2f} s",
            "ours / this": "",
            "work inside": f"{work[name]:.2f} s",
            "ours / this ": "",
            "peak memory": f"{took.peak:,} MB",
            "ours / this  ": "",
            "min-max": took.spread,
        }
        if name in PEERS:
            row["ours / this"] = common.verdict(mine.median / took.median, GOALS[name])
            row["ours / this "] = common.verdict(whole / work[name], GOALS[name])
            memory = mine.peak / took.peak
            row["ours / this  "] = (
                common.verdict(memory, MEMORY[name]) if name in MEMORY else f"{memory:.2f}"
            )
        rows.append(row)
    facts = common.machine("duckdb", "ibis-framework", "pandas", "polars")
    reasons = Counter(said(OURS)["left out"].values())
    left_out = "; ".join(f"{n} ({reason})" for reason, n in reasons.items())
    return (
        f"{facts} Median of {mine.rounds} rounds in turns.\n\n"
        f"{len(said(OURS)['results'])} figures of a year from Parquet; numerators and denominators equal in all. "
        f"Left out, since they cannot be computed: {left_out}. Ours counts cases into the tally, which holds them "
        "by month, item, department, channel, case type and outcome as well. "
        "The peers get the working-day calendar as a file.\n\n"
        f"{common.table(rows)}"
    )


if __name__ == "__main__":
    main()
