"""All figures of 1.8 million cases, from Parquet, beside SQL, pandas and Polars written by hand.

    python benchmarks/figures.py [--rounds 5]

The peers (``benchmarks/peers/``) compute the figures that are counted in cases: flows and stocks,
acceptance, endings, lateness on five clocks in working days, durations with their medians, immediate
handling, notices and deliveries, supplements, visits, tolerance, commitment, packages, channels, and
what weighs the catalogue by its cases. Ours computes the same from the same files (``same``) and, in
another process, all figures of all tables (``all``). Numerators and denominators must be equal. What
is kept of earlier runs is not used. Each process starts anew; its work is also timed inside, without
what Python takes to start and import.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import common

YEAR = 2022
OURS = ("same", "all")
PEERS = {"DuckDB SQL": "by_sql", "pandas": "by_pandas", "Polars": "by_polars"}
OF_OTHERS = ("inspections", "evaluations", "staff")
FOLDER = common.BUILD / "figures"


def main() -> None:
    """Hold all to each other, measure, write; or be one of the processes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    parser.add_argument("--ours", nargs=3, help="same or all, data folder, file to write")
    given = parser.parse_args()
    if given.ours:
        ours(given.ours[0] == "all", Path(given.ours[1]), Path(given.ours[2]))
        return
    commands = prepared()
    for command in commands.values():
        common.timed(command)
    n = require_equal()
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
    common.write_section("Figures (`benchmarks/figures.py`)", body(n, measured, work))


def ours(everything: bool, data: Path, out: Path) -> None:
    """Compute figures and write what they come to, as the peers do."""
    from analysis import Year
    from analysis.statistics.facts import Facts, licence_cases
    from analysis.statistics.passes.cells import cells
    from analysis.statistics.passes.tally import numbered
    from analysis.statistics.registry import REGISTRY

    begun = time.perf_counter()
    year = Year.open("demo", YEAR, data=data)
    if everything:
        facts = Facts.of(year)
    else:  # no table but cases and items is read
        facts = Facts(year, licence_cases(numbered(cells(year)), year.items), year.items)
    results = {}
    for figure in REGISTRY.values():
        tables = {need.split(".")[0] for need in figure.needs}
        if everything or ("cases" in tables and not tables & set(OF_OTHERS)):
            found = figure.result(facts)
            both = (found.numerator, found.denominator)
            results[f"{figure.id} {figure.variant}"] = ["" if v is None else str(v) for v in both]
    took = time.perf_counter() - begun
    out.write_text(json.dumps({"seconds": took, "results": results}), "utf-8")


def prepared() -> dict[str, common.Command]:
    """Put the files where the peers read them, and return each process's command.

    The peers are given the calendar's numbered days as a file; ours makes them.
    """
    from analysis.tables.calendar import china

    data = common.demo()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for table in ("items", "cases"):
        link = FOLDER / f"{table}.parquet"
        link.unlink(missing_ok=True)
        link.symlink_to(data / "years" / "demo" / str(YEAR) / f"{table}.parquet")
    days = china().frame()
    days.assign(date=days["date"].dt.date).to_parquet(FOLDER / "calendar.parquet")
    peers = Path(__file__).with_name("peers")
    return {
        **{name: [sys.executable, __file__, "--ours", name, data, out(name)] for name in OURS},
        **{
            name: [sys.executable, peers / f"{file}.py", FOLDER, out(name)]
            for name, file in PEERS.items()
        },
    }


def out(name: str) -> Path:
    """Return the file that a process writes."""
    return FOLDER / f"{name.replace(' ', '_')}.json"


def said(name: str) -> dict[str, object]:
    """Return what a process wrote."""
    return dict(json.loads(out(name).read_text("utf-8")))


def require_equal() -> int:
    """Require that all come to the same figures; return how many."""
    mine = said("same")["results"]
    assert isinstance(mine, dict)
    everything = said("all")["results"]
    assert isinstance(everything, dict)
    assert mine == {key: everything[key] for key in mine}
    for name in PEERS:
        theirs = said(name)["results"]
        assert theirs == mine, (name, theirs)
    return len(mine)


def body(n: int, measured: dict[str, common.Measured], work: dict[str, float]) -> str:
    """Return the section: the peers' times and memory, and ours against them."""
    goals = {"DuckDB SQL": 1.5, "pandas": 1 / 5, "Polars": 1 / 1.5}
    mine, whole = measured["same"], work["same"]
    rows = []
    for name, took in measured.items():
        is_peer = name in PEERS
        rows.append(
            {
                "what": name if is_peer else f"ours, {name}",
                "whole process": f"{took.median:.2f} s",
                "ours, same / this": common.verdict(
                    mine.median / took.median, round(goals[name], 3)
                )
                if is_peer
                else "",
                "work inside": f"{work[name]:.2f} s",
                "ours, same / this ": common.verdict(whole / work[name], round(goals[name], 3))
                if is_peer
                else "",
                "peak memory": f"{took.peak:,} MB",
                "ours, same / this  ": common.verdict(mine.peak / took.peak, 0.333)
                if name == "pandas"
                else (f"{mine.peak / took.peak:.2f}" if is_peer else ""),
                "min-max": took.spread,
            }
        )
    facts = common.machine("duckdb", "ibis-framework", "pandas", "polars")
    return (
        f"{facts} Median of {mine.rounds} rounds in turns.\n\n"
        f"The {n} figures that are counted in cases, from Parquet; numerators and denominators equal in all. "
        "`all` computes every figure of every table, more than the peers do; `same` only theirs, but from the tally, "
        "which holds them by month, item, department, channel, case type and outcome as well. "
        "The peers get the working-day calendar as a file.\n\n"
        f"{common.table(rows)}"
    )


if __name__ == "__main__":
    main()
