"""How long the panel of ``explore.ipynb`` takes from a choice to what is shown.

    python benchmarks/explore.py [--place demo] [--year 2022] [--rounds 20]

A year is opened once (counted from its rows). Then departments, channels and months are chosen at
random, and the time is taken until the widgets hold the new view: the narrowed tally, the key
numbers, the open tab with its chart. What the browser adds is not in it. Results go to results.md.
"""

import argparse
import os
import platform
import random
import statistics
import time
from importlib.metadata import version
from pathlib import Path

from analysis.explore import look
from analysis.explore.chosen import SECTIONS
from analysis.explore.panel import CASES, DOWN, Panel

RESULTS = Path(__file__).with_name("results.md")
TITLE = "## Exploring (`benchmarks/explore.py`)"
LIMIT = 300  # milliseconds


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--place", default="demo")
    parser.add_argument("--year", type=int, default=2022)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    random.seed(1)
    begun = time.perf_counter()
    panel = Panel(given.place, given.year)
    opened = time.perf_counter() - begun
    rows = int(panel.view.whole.year.tables["cases"].count().to_pandas())
    lines = [
        TITLE,
        "",
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, pandas "
        f"{version('pandas')}; load average {os.getloadavg()[0]:.1f}; {rows:,} cases, tally of "
        f"{len(panel.view.whole.facts.tally):,} rows. Opening the year: {opened:.1f} s.",
        "",
        "| open tab | median | largest | processor, median | goal |\n|---|---|---|---|---|",
    ]
    for tab in (*SECTIONS, DOWN, CASES):
        panel.tabs.value = tab
        taken = [_chosen(panel) for _ in range(given.rounds)]
        passed, busy = (sorted(each[at] for each in taken) for at in (0, 1))
        goal = f"≤ {LIMIT} ms" if tab != CASES else "–"
        lines.append(
            f"| {tab} | {statistics.median(passed):.0f} ms | {passed[-1]:.0f} ms "
            f"| {statistics.median(busy):.0f} ms | {goal} |"
        )
    lines += [
        "",
        "The cases are a query over the rows at every choice; the other tabs look at the tally.",
        "Where the load is above the number of cores, the processor's time says what a free one takes.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    _write(text)


def _chosen(panel: Panel) -> tuple[float, float]:
    """Choose something at random; return the milliseconds until it is shown, and those of CPU."""
    box = random.choice([panel.choose.department, panel.choose.channel, panel.choose.department])
    value = random.choice([value for _, value in box.options if value != box.value])
    begun, busy = time.perf_counter(), time.process_time()
    box.value = value
    taken = (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000
    assert panel.view.choices == look(panel.view.whole, **panel.choose.part).choices
    return taken


def _write(text: str) -> None:
    """Put the section in the place of the last one."""
    old = RESULTS.read_text(encoding="utf-8")
    before, _, rest = old.partition(TITLE)
    after = rest[rest.index("\n## ") + 1 :] if "\n## " in rest else ""
    RESULTS.write_text(f"{before.rstrip()}\n\n{text}" + (f"\n{after}" if after else ""), "utf-8")


if __name__ == "__main__":
    main()
