"""``xuke run`` on three years of the demo place, cold and with nothing changed, beside papermill.

    python benchmarks/run.py [--rounds 5]

The others run the command lines that everybody knows, ``papermill`` and then ``jupyter nbconvert``, on
all notebooks that make pages: one after another, and two at a time. xuke makes the same pages, checks
the years, and writes their figures, workbooks, drafts and the index. All begin with nothing: no report, and
no tally or answer kept, which the notebooks of either side keep for the others of the same year.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import common

from analysis.publish.notebook import Scope, of_pages

YEARS = (2021, 2022, 2023)
ALONE, TWO, AGAIN = 0.25, 0.5, 1.0  # goals: times the others' time; seconds
BIN = Path(sys.executable).parent
WORK = common.BUILD / "run"
PAPERMILL, REPORTS = WORK / "papermill", WORK / "reports"
NUMBERS = re.compile(r"<td[^>]*>([^<]*)")  # cells have no end tags on a page


@dataclass(frozen=True)
class Page:
    """One page: its notebook and parameters, and where xuke puts it below the reports."""

    notebook: Path
    parameters: tuple[str, ...]
    file: Path

    @property
    def theirs(self) -> Path:
        """Where the notebook is that papermill executes; the page lies beside it."""
        return PAPERMILL / "-".join(self.file.with_suffix(".ipynb").parts)


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
    """Require the same pages, time all three in turns, then a run with nothing changed."""
    common.demo()
    own = [sys.executable, __file__]
    commands = {
        "two": [*own, "--papermill", "2"],
        "one": [*own, "--papermill", "1"],
        "xuke": [*own, "--cold"],
    }
    print("every page once on both sides, to compare them", file=sys.stderr, flush=True)
    papermill(2)
    cold()
    require_same_pages()
    took = common.interleaved(commands, rounds=rounds)
    cold()
    again = common.interleaved({"again": xuke()}, rounds=rounds)["again"]
    common.write_section("Runs (`benchmarks/run.py`)", body(took, again))


@cache
def pages() -> tuple[Page, ...]:
    """Return all pages that a run makes."""
    found = []
    for each in of_pages(common.ROOT / "notebooks"):
        place = ("-p", "place", "demo") if "place" in each.defaults else ()
        if each.scope is Scope.YEAR:
            found += [
                Page(
                    each.path,
                    (*place, "-p", "year", str(year)),
                    Path(f"demo/{year}/{each.path.stem}.html"),
                )
                for year in YEARS
            ]
        else:
            folder = Path("demo" if place else "")
            found.append(Page(each.path, place, folder / f"{each.path.stem}.html"))
    return tuple(found)


def xuke() -> common.Command:
    """Return the command that makes all pages of the three years."""
    years = map(str, YEARS)
    return [BIN / "xuke", "run", *years, "--data", common.demo(), "--out", REPORTS]


def cold() -> None:
    """Run xuke into an empty folder."""
    common.forget()
    shutil.rmtree(REPORTS, ignore_errors=True)
    subprocess.run([str(word) for word in xuke()], check=True, stdout=subprocess.DEVNULL)


def papermill(at_a_time: int) -> None:
    """Make each page by two commands, some pages at the same time."""
    common.forget()
    shutil.rmtree(PAPERMILL, ignore_errors=True)
    PAPERMILL.mkdir(parents=True)
    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(one_page, pages()))


def one_page(page: Page) -> None:
    """Run papermill, then nbconvert with the template of this project."""
    env = os.environ | {"XUKE_DATA": str(common.demo())}
    for command in (
        [BIN / "papermill", "--no-progress-bar", page.notebook, page.theirs, *page.parameters],
        [BIN / "jupyter", "nbconvert", "--to", "html", "--template", "xuke", page.theirs],
    ):
        done = subprocess.run(command, capture_output=True, env=env, check=False)
        if done.returncode:
            raise SystemExit(done.stderr.decode(errors="replace"))


def require_same_pages() -> None:
    """Require that both have made the same pages, with the same tables in them."""
    for page in pages():
        ours = NUMBERS.findall((REPORTS / page.file).read_text("utf-8"))
        theirs = NUMBERS.findall(page.theirs.with_suffix(".html").read_text("utf-8"))
        assert len(ours) > 20, page.file
        assert ours == theirs, f"{page.file}: the pages differ"


def body(took: dict[str, common.Measured], again: common.Measured) -> str:
    """Return the section."""
    ours = took["xuke"]
    rows = [
        {
            "work": f"{len(pages())} pages, cold, beside {how}",
            "xuke run": f"{ours.median:.1f} s",
            "papermill + nbconvert": f"{took[which].median:.1f} s",
            "ratio": common.verdict(ours.median / took[which].median, goal),
            "processor, ours / theirs": f"{ours.median_cpu:.0f} / {took[which].median_cpu:.0f} s",
            "min-max, ours / theirs": f"{ours.spread} / {took[which].spread}",
        }
        for which, how, goal in (("one", "one after another", ALONE), ("two", "two at a time", TWO))
    ]
    rows.append(
        {
            "work": "nothing changed",
            "xuke run": f"{again.median:.2f} s",
            "papermill + nbconvert": "—",
            "ratio": f"{'met' if again.median < AGAIN else 'MISSED'}: < {AGAIN:g} s",
            "processor, ours / theirs": f"{again.median_cpu:.2f} s",
            "min-max, ours / theirs": again.spread,
        }
    )
    facts = common.machine("papermill", "nbconvert", "duckdb", "ibis-framework", "pandas")
    return (
        f"{facts} Median of {ours.rounds} rounds in turns.\n\n{common.table(rows)}\n\n"
        "xuke also checks the years and writes figures, workbooks, drafts, findings and the index. "
        f"Seconds of each of its files in the last round, two at a time:\n\n{common.table(files())}"
    )


def files() -> list[dict[str, object]]:
    """Return how long each file took, as the manifests say."""
    rows = []
    for manifest in sorted(REPORTS.rglob("manifest.json")):
        made = json.loads(manifest.read_text("utf-8"))["outputs"]
        for name, entry in made.items():
            if name.endswith((".html", "figures.csv")):
                where = (manifest.parent / name).relative_to(REPORTS)
                rows.append({"file": where, "seconds": entry["seconds"]})
    return sorted(rows, key=lambda row: -float(str(row["seconds"])))


if __name__ == "__main__":
    main()
