"""How long the panel of ``explore.ipynb`` takes from a choice to what is shown.

    python benchmarks/explore.py [--rounds 20]

The demo place's 2022 is opened once (counted from its rows). Then departments, channels and months are chosen at
random, and the time is taken until the widgets hold the new view: the narrowed tally, the key
numbers, the open tab with its chart. What the browser adds is not in it. Results go to results.md.
"""

import argparse
import os
import random
import statistics
import time

import common

from analysis.explore import look
from analysis.explore.chosen import SECTIONS
from analysis.explore.panel import CASES, DOWN, Panel
from analysis.project import DATA_VARIABLE

LIMIT = 300  # milliseconds
READ = """The cases are a query over the rows at every choice; the other tabs look at the tally.
Where the load is above the number of cores, the processor's time says what a free one takes."""


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    random.seed(1)
    common.forget()
    os.environ[DATA_VARIABLE] = str(common.demo())
    begun = time.perf_counter()
    panel = Panel("demo", 2022)
    opened = time.perf_counter() - begun
    n = int(panel.view.whole.year.tables["cases"].count().to_pandas())
    rows = []
    for tab in (*SECTIONS, DOWN, CASES):
        panel.tabs.value = tab
        taken = [_chosen(panel) for _ in range(given.rounds)]
        passed, busy = (sorted(each[at] for each in taken) for at in (0, 1))
        rows.append(
            {
                "open tab": tab,
                "median": f"{statistics.median(passed):.0f} ms",
                "largest": f"{passed[-1]:.0f} ms",
                "processor, median": f"{statistics.median(busy):.0f} ms",
                "goal": f"≤ {LIMIT} ms" if tab != CASES else "–",
            }
        )
    common.write_section(
        "Exploring (`benchmarks/explore.py`)",
        f"{common.machine('pandas')} {n:,} cases, {len(panel.view.whole.facts.tally):,} rows of the "
        f"tally. Opening the year: {opened:.1f} s.\n\n{common.table(rows)}\n\n{READ}",
    )


def _chosen(panel: Panel) -> tuple[float, float]:
    """Choose something at random; return the milliseconds until it is shown, and those of CPU."""
    box = random.choice([panel.choose.department, panel.choose.channel, panel.choose.department])
    value = random.choice([value for _, value in box.options if value != box.value])
    begun, busy = time.perf_counter(), time.process_time()
    box.value = value
    taken = (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000
    assert panel.view.choices == look(panel.view.whole, **panel.choose.part).choices
    return taken


if __name__ == "__main__":
    main()
