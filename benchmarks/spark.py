"""A tally on a Spark cluster of two workers, beside one worker, from 18 million cases in ten parts.

    python benchmarks/spark.py [--rounds 5]

Master and workers run on this machine, a core each. A round is a new application: its time is that of
the tally, without starting the JVM. Both must give the tally that DuckDB gives.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import common

sys.path.insert(0, str(common.ROOT))
GOAL = 1.5  # times faster


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    parser.add_argument("--cases", choices=["district", "city"], default="city")
    given = parser.parse_args()
    import scale

    folder = scale.parts(given.cases, scale.SIZES[given.cases])
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    took: dict[int, list[float]] = {1: [], 2: []}
    expected = tallied(folder, "duckdb://")[1]
    from tests.engines import spark

    with spark.cluster() as cluster:
        # Held to DuckDB once before anything is timed; it also lets the driver's JVM get warm.
        for n in range(given.rounds + 1):
            for cores in (1, 2) if n % 2 == 0 else (2, 1):
                url = f"{cluster.master}?spark.executor.memory=1g&spark.executor.cores=1"
                url += f"&spark.cores.max={cores}&spark.sql.shuffle.partitions=4"
                seconds, found = tallied(folder, url + "&spark.driver.host=127.0.0.1")
                assert found.equals(expected), "Spark counts otherwise than DuckDB"
                took[cores] += [seconds] if n else []
                said = f"{cores} workers, round {n or 'that is not timed'}: {seconds:.1f} s"
                print(said, file=sys.stderr, flush=True)
    common.write_section("Spark (`benchmarks/spark.py`)", body(took, scale.SIZES[given.cases]))


def tallied(folder: Path, url: str):
    """Return how long a tally takes in an engine, and the tally."""
    from analysis.engines.address import ENGINE_VARIABLE
    from analysis.statistics.passes.tally import tally
    from analysis.tables.year import Year

    os.environ[ENGINE_VARIABLE] = url
    year = Year.open("demo", 2022, data=folder)
    begun = time.perf_counter()
    found = tally(year)
    seconds = time.perf_counter() - begun
    year.tables["cases"]._find_backend().disconnect()
    return seconds, found


def body(took: dict[int, list[float]], parts: int) -> str:
    """Return the section."""
    one, two = (statistics.median(took[cores]) for cores in (1, 2))
    rows = [
        {
            "work": f"tally of {1.8 * parts:g} million cases",
            "one worker": f"{one:.1f} s",
            "two workers": f"{two:.1f} s",
            "faster": f"{one / two:.2f}× ({'met' if one / two >= GOAL else 'MISSED'}: ≥ {GOAL}×)",
            "min-max (one / two)": " / ".join(
                f"{min(took[c]):.1f}-{max(took[c]):.1f} s" for c in (1, 2)
            ),
        }
    ]
    rounds = f"Median of {len(took[1])} rounds in turns."
    facts = common.machine("pyspark", "ibis-framework")
    return (
        f"{facts} {rounds}\n\n{common.table(rows)}\n\n"
        f"What a second worker does not make faster (2 × two workers − one worker): {2 * two - one:.1f} s: "
        "planning in the driver, starting executors, and handing the groups over to pandas."
    )


if __name__ == "__main__":
    main()
