"""Let one peer count a folder, and write what it comes to: ``count.py <peer> FOLDER OUT``.

A peer is a package beside this file with a function ``peer(folder)`` that reads the Parquet files in
its own idiom; the figures of what it has counted are made for all in the same way.
"""

import importlib
import json
import sys
import time
from pathlib import Path

from counted import results


def main() -> None:
    """Count and write."""
    name, folder, out = sys.argv[1:]
    begun = time.perf_counter()
    found = results(importlib.import_module(name).peer(Path(folder)))
    took = time.perf_counter() - begun
    Path(out).write_text(json.dumps({"seconds": took, "results": found}), "utf-8")


if __name__ == "__main__":
    main()
