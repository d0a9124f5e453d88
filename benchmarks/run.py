"""``xuke run`` on three years of the demo place, cold and with nothing changed, beside papermill.

    python benchmarks/run.py [--rounds 5]

The others run the command lines that everybody knows, ``papermill`` and then ``jupyter nbconvert``, on
the notebooks that make a page per year: one after another, and two at a time. xuke makes the same pages,
checks the years, writes their figures, and the index; its rounds begin with empty folders.
"""

import argparse
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import common

YEARS = (2021, 2022, 2023)
ALONE, TWO, AGAIN = 0.25, 0.5, 1.0  # goals: times the others' time; seconds
BIN = Path(sys.executable).parent
WORK = common.BUILD / "run"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    parser.add_argument("--papermill", type=int, help="only make the pages, so many at a time")
    parser.add_argument("--cold", action="store_true", help="only run xuke, from nothing")
    given = parser.parse_args()
    if given.papermill:
        papermill(given.papermill)
    elif given.cold:
        cold()
    else:
        measure(given.rounds)


def measure(rounds: int) -> None:
    """Time all three in turns, then a run with nothing changed."""
    common.demo()
    own = [sys.executable, __file__]
    commands = {
        "xuke": [*own, "--cold"],
        "one": [*own, "--papermill", "1"],
        "two": [*own, "--papermill", "2"],
    }
    cold()
    papermill(2)
    require_same_pages()
    took = common.interleaved(commands, rounds=rounds)
    again = common.interleaved({"again": xuke()}, rounds=rounds)["again"]
    common.write_section("Runs (`benchmarks/run.py`)", body(took, again))


def notebooks() -> list[Path]:
    """Return the notebooks that make a page per year."""
    from analysis.publish.notebook import Scope, of_pages

    return [each.path for each in of_pages(common.ROOT / "notebooks") if each.scope is Scope.YEAR]


def xuke() -> common.Command:
    """Return the command that makes all pages of the three years."""
    chosen = [word for path in notebooks() for word in ("--notebook", path.stem)]
    return [BIN / "xuke", "run", *map(str, YEARS), *chosen, *where()]


def where() -> list[str | Path]:
    """Return the folders that xuke reads and writes."""
    return ["--data", common.demo(), "--out", WORK / "reports"]


def cold() -> None:
    """Run xuke into an empty folder."""
    shutil.rmtree(WORK / "reports", ignore_errors=True)
    subprocess.run([str(word) for word in xuke()], check=True, stdout=subprocess.DEVNULL)


def papermill(at_a_time: int) -> None:
    """Make each page by two commands, some pages at the same time."""
    folder = WORK / "papermill"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(lambda each: one_page(*each, folder), product(notebooks(), YEARS)))


def one_page(notebook: Path, year: int, folder: Path) -> None:
    """Run papermill, then nbconvert with the template of this project."""
    import os

    env = os.environ | {"XUKE_DATA": str(common.demo())}
    out = folder / f"{notebook.stem}-{year}.ipynb"
    parameters = ["-p", "place", "demo", "-p", "year", str(year)]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": env}
    subprocess.run([BIN / "papermill", notebook, out, *parameters], **quiet)
    convert = [BIN / "jupyter", "nbconvert", "--to", "html", "--template", "xuke", out]
    subprocess.run(convert, **quiet)


def require_same_pages() -> None:
    """Require that both have made the same pages, with the same tables in them."""
    import re

    for notebook, year in product(notebooks(), YEARS):
        ours = (WORK / "reports" / "demo" / str(year) / f"{notebook.stem}.html").read_text("utf-8")
        theirs = (WORK / "papermill" / f"{notebook.stem}-{year}.html").read_text("utf-8")
        numbers = [re.findall(r"<td[^>]*>([^<]*)</td>", page) for page in (ours, theirs)]
        assert numbers[0] == numbers[1], f"{notebook.stem} {year}: the pages differ"
        assert len(numbers[0]) > 50


def body(took: dict[str, common.Measured], again: common.Measured) -> str:
    """Return the section."""
    ours = took["xuke"].median
    pages = len(notebooks()) * len(YEARS)
    rows = [
        {
            "work": f"{pages} pages, cold, beside one after another",
            "xuke run": f"{ours:.1f} s",
            "papermill + nbconvert": f"{took['one'].median:.1f} s",
            "ratio": common.verdict(ours / took["one"].median, ALONE),
            "min-max (ours / other)": f"{took['xuke'].spread} / {took['one'].spread}",
        },
        {
            "work": f"{pages} pages, cold, beside two at a time",
            "xuke run": f"{ours:.1f} s",
            "papermill + nbconvert": f"{took['two'].median:.1f} s",
            "ratio": common.verdict(ours / took["two"].median, TWO),
            "min-max (ours / other)": f"{took['xuke'].spread} / {took['two'].spread}",
        },
        {
            "work": "nothing changed",
            "xuke run": f"{again.median:.2f} s",
            "papermill + nbconvert": "—",
            "ratio": f"{'met' if again.median < AGAIN else 'MISSED'}: < {AGAIN:g} s",
            "min-max (ours / other)": again.spread,
        },
    ]
    rounds = f"Median of {took['xuke'].rounds} rounds in turns."
    return f"{common.machine('papermill', 'nbconvert', 'duckdb')} {rounds}\n\n{common.table(rows)}"


if __name__ == "__main__":
    main()
