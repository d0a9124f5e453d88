"""xuke: the statistics and problems of a district's administrative licensing (行政许可)."""

import gc
from importlib import import_module
from typing import Any

_HOMES = {
    "Year": "analysis.tables.year",
    "figures": "analysis.statistics.figures",
    "findings": "analysis.problems.findings",
}
__all__ = ["Year", "figures", "findings"]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: pandas and Ibis take a second."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(_imported(_HOMES[name]), name)  # asked for once
    return found


def _imported(home: str) -> Any:
    """Import a module, out of the sight of Python's collector.

    Nothing of the 100,000 objects that pandas and Ibis define is ever garbage. Looked through again
    and again, and at the end, they took a tenth of all figures' time (benchmarks/results.md).
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return import_module(home)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def __dir__() -> list[str]:
    return __all__
