"""Engines (计算引擎): what holds the cases and counts them; DuckDB embedded, PostgreSQL, Spark.

Only this room knows engines by name. Everything else is given Ibis tables, see ``tables.year``.
"""

from analysis.engines.address import DEFAULT, ENGINE_VARIABLE, Address, Kind, named, use
from analysis.engines.connect import connect, read, stored

__all__ = [
    "DEFAULT",
    "ENGINE_VARIABLE",
    "Address",
    "Kind",
    "connect",
    "named",
    "read",
    "stored",
    "use",
]
