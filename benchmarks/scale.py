"""Figures of ten and a hundred times as many cases, in parts, beside those of one district.

    python benchmarks/scale.py [--rounds 5]
    python benchmarks/scale.py --province [--rounds 3]

A district is the demo place's 2022: 1.8 million cases. A city is ten parts of it, 18 million; a
province a hundred, 180 million, which has a section of its own. A part has the district's cases under other numbers, in a
file of its own. Every figure that adds up is ten (a hundred) times the
district's, which is required before anything is timed. A process computes all figures, from files.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import common

GOAL, MEMORY = 1.2, 3072  # times the district's time per case; MB
YEAR = "2022"
TABLES = ("items", "cases")
SIZES = {"district": 1, "city": 10, "province": 100}
CITY, PROVINCE = ("district", "city"), ("district", "province")
FIGURES = """
import sys
from analysis import Year, figures
figures(Year.open("demo", 2022, data=__import__("pathlib").Path(sys.argv[1]))).to_csv(sys.argv[2])
"""


def main() -> None:
    """Make the parts if they are not there, hold them to each other, measure, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--province", action="store_true")
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    given = parser.parse_args()
    if given.province:
        measure("Scale, a province (`benchmarks/scale.py --province`)", PROVINCE, given.rounds)
    else:
        measure("Scale (`benchmarks/scale.py`)", CITY, given.rounds)


def measure(title: str, names: Sequence[str], rounds: int) -> None:
    """Hold the sizes to each other, time them in turns, and write."""
    sizes = {name: SIZES[name] for name in names}
    folders = {name: parts(name, n) for name, n in sizes.items()}
    for name, n in sizes.items():
        print(f"{name}: once, to compare the figures", file=sys.stderr, flush=True)
        common.timed(command(folders[name]))
        require_multiple(folders["district"], folders[name], n)
    commands = {name: command(folder) for name, folder in folders.items()}
    common.write_section(title, body(sizes, common.interleaved(commands, rounds=rounds)))


def parts(name: str, n: int) -> Path:
    """Return a data folder with ``n`` parts of the demo's cases.

    All but the tenth part of a province are other names (hard links) of a city's files: what an engine
    reads is as much, the disk holds less.
    """
    import duckdb

    source, folder = common.demo(), common.BUILD / "scale" / name
    year = folder / "years" / "demo" / YEAR
    if (folder / ".made").is_file():
        return folder
    cases = year / "cases"
    cases.mkdir(parents=True, exist_ok=True)
    for plain in ("places.toml", "four_reductions.toml"):
        (folder / plain).write_bytes((source / plain).read_bytes())
    for plain in ("year.json", "items.parquet"):
        (year / plain).write_bytes((source / "years" / "demo" / YEAR / plain).read_bytes())
    given = source / "years" / "demo" / YEAR / "cases.parquet"
    duckdb.sql("set enable_progress_bar = false")
    for part in range(n):
        file = cases / f"part-{part:03}.parquet"
        file.unlink(missing_ok=True)
        if part >= SIZES["city"]:
            file.hardlink_to(cases / f"part-{part % SIZES['city']:03}.parquet")
            continue
        number = f"'{part:03}-' || case_id as case_id"
        rows = f"select * replace ({number}) from '{given}'" if part else f"from '{given}'"
        duckdb.sql(f"copy ({rows}) to '{file}' (format parquet, compression zstd)")
    (folder / ".made").touch()
    return folder


def command(folder: Path) -> common.Command:
    """Return what computes all figures of a folder and writes them beside it."""
    return [sys.executable, "-c", FIGURES, folder, folder / "figures.csv"]


def require_multiple(one: Path, many: Path, n: int) -> None:
    """Require that every count of cases is ``n`` times that of one district."""
    import pandas as pd

    ours, theirs = (pd.read_csv(folder / "figures.csv", dtype=str) for folder in (one, many))
    counts = (ours["grain"] == "办件") & (ours["kind"] == "count") & ours["numerator"].notna()
    assert counts.sum() > 20
    assert (
        ours["numerator"][counts].astype(int) * n == theirs["numerator"][counts].astype(int)
    ).all()


def body(sizes: dict[str, int], measured: dict[str, common.Measured]) -> str:
    """Return the section: time per case against the district's."""
    one = measured["district"].median
    rows = [
        {
            "cases": f"{1.8 * n:g} million in {n} part{'s' if n > 1 else ''}",
            "time": f"{measured[name].median:.1f} s",
            "time per case, against 1.8 million": common.verdict(
                measured[name].median / n / one, GOAL
            )
            if n > 1
            else "1",
            "peak memory": f"{measured[name].peak:,} MB "
            f"({'met' if measured[name].peak <= MEMORY else 'MISSED'}: ≤ {MEMORY:,} MB)",
            "min-max": measured[name].spread,
        }
        for name, n in sizes.items()
    ]
    rounds = f"Median of {measured['district'].rounds} rounds in turns."
    return f"{common.machine('duckdb', 'pandas')} {rounds}\n\n{common.table(rows)}"


if __name__ == "__main__":
    main()
