"""xuke: the statistics and problems of a district's administrative licensing (行政许可)."""

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
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
