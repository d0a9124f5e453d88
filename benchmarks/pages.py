"""The demo place made anew, and how large its pages are and how soon a browser has them.

    python benchmarks/pages.py [--rounds 5]

The demo: all tables of three years, in a process of its own. Pages: every page that ``xuke run`` makes of
them, opened from disk in headless Chromium without a network, in a fresh context each time; the
time runs from the request to the load event, after which the page can be read, and to the end of drawing
it for the first time.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import common

sys.path.insert(0, str(common.ROOT))
SECONDS, MEMORY, LARGEST = 120, 3072, 400  # goals: of the demo in seconds and MB; of a page in KB
WORK = common.BUILD / "pages"
MADE = "import pathlib, sys; from analysis.sources.demo import generate; generate(pathlib.Path(sys.argv[1]))"
TIMES = """() => new Promise(done => new PerformanceObserver(list => {
  const paint = list.getEntries().find(each => each.name == "first-contentful-paint");
  if (paint) setTimeout(() =>
    done([performance.getEntriesByType("navigation")[0].loadEventEnd, paint.startTime]));
}).observe({type: "paint", buffered: true}))"""  # a busy browser paints long after loading


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    given = parser.parse_args()
    demo = common.measured([made() for _ in range(given.rounds)])
    print("the pages", file=sys.stderr, flush=True)
    words = ["run", "--data", common.demo(), "--out", WORK / "reports"]
    subprocess.run([Path(sys.executable).parent / "xuke", *words], check=True, stdout=sys.stderr)
    common.write_section("Demo and pages (`benchmarks/pages.py`)", body(demo, opened(given.rounds)))


def made() -> common.Took:
    """Make the demo place's years in an empty folder and tell what it took."""
    folder = WORK / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    ignored = shutil.ignore_patterns("years", "raw", "imports", ".cache")
    shutil.copytree(common.ROOT / "data", folder, ignore=ignored)
    took = common.timed([sys.executable, "-c", MADE, folder])
    print(f"demo: {took.seconds:.1f} s, {took.peak} MB", file=sys.stderr, flush=True)
    shutil.rmtree(folder)
    return took


def opened(rounds: int) -> dict[Path, list[list[float]]]:
    """Open each page again and again, in turns; return milliseconds to load and to paint."""
    from playwright.sync_api import sync_playwright
    from tests.browsing import CHROMIUM

    files = sorted((WORK / "reports").rglob("*.html"))
    found: dict[Path, list[list[float]]] = {file: [] for file in files}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for n in range(rounds + 1):  # the first one fills the system's own memory of files
            for file in files:
                took = once(browser, file)
                found[file] += [took] if n else []
        browser.close()
    return found


def once(browser: Any, file: Path) -> list[float]:
    """Open a page in a context of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    took: list[float] = page.evaluate(TIMES)
    context.close()
    return took


def body(demo: common.Measured, found: dict[Path, list[list[float]]]) -> str:
    """Return the section."""
    rows = [
        {
            "work": "demo, all tables, three years",
            "time": f"{demo.median:.1f} s ({said(demo.median, SECONDS)} s)",
            "peak memory": f"{demo.peak:,} MB ({said(demo.peak, MEMORY)} MB)",
            "min-max": demo.spread,
        }
    ]
    pages = []
    for file, times in found.items():
        size = file.stat().st_size / 1024
        load, paint = (statistics.median(each[at] for each in times) for at in (0, 1))
        loads = sorted(each[0] for each in times)
        pages.append(
            {
                "page": file.relative_to(WORK / "reports"),
                "size": f"{size:.0f} KB ({said(size, LARGEST)} KB)",
                "loaded": f"{load:.0f} ms",
                "first painted": f"{paint:.0f} ms",
                "min-max, loaded": f"{loads[0]:.0f}-{loads[-1]:.0f} ms",
            }
        )
    return (
        f"{common.machine('playwright', 'duckdb')} Median of {demo.rounds} rounds in turns.\n\n"
        f"{common.table(rows)}\n\n{common.table(pages)}\n\n"
        "Load times have no goal of their own: pages make no request and run no script."
    )


def said(value: float, goal: float) -> str:
    """Say whether a limit is kept."""
    return f"{'met' if value < goal else 'MISSED'}: < {goal:,}"


if __name__ == "__main__":
    main()
