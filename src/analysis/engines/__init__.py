"""Engines (计算引擎): what holds the cases and counts them; DuckDB embedded, PostgreSQL, Spark.

Only this room knows engines by name. Everything else is given Ibis tables, see ``tables.year``.
"""
