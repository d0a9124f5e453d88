"""All figures as hand-written DuckDB SQL: a few wide statements for each table."""

from pathlib import Path

import duckdb
from counted import Counted
from facts import LICENCE
from of_catalogue import Limit

from by_sql import cases, catalogue, standards, supervision

TABLES = ("items", "cases", "inspections", "evaluations", "staff", "calendar")
# Items of which no version was ever a licence; what no catalogue knows is not among them.
OTHERS = f"""
    create temp table others as select item_code from items
    group by item_code having not bool_or(item_type = '{LICENCE}')
"""
MADE = (OTHERS, cases.BY_ITEM, catalogue.IN_FORCE, supervision.INSPECTED, supervision.LICENSED)
COUNTED = (
    cases.TOTALS, catalogue.ITEMS, catalogue.PACKAGES, standards.CHANGES, standards.RULES_KEPT,
    supervision.INSPECTIONS_MADE, supervision.HOLDERS, supervision.RATINGS,
    supervision.RATED, supervision.STAFF,
)  # fmt: skip


def peer(folder: Path) -> Counted:
    """Count with SQL."""
    con = duckdb.connect()
    con.sql("set enable_progress_bar = false")
    for name in TABLES:
        con.sql(f"create view {name} as from '{folder / name}.parquet'")
    for statement in MADE:
        con.sql(statement)
    n = {}
    for query in COUNTED:
        rows = con.sql(query)
        n |= dict(zip(rows.columns, rows.fetchall()[0], strict=True))
    limits = [Limit(*row) for row in con.sql(catalogue.LIMITS).fetchall()]
    return Counted(n, limits, *days(con))


def days(con: duckdb.DuckDBPyConnection) -> tuple[dict[int, int], ...]:
    """Return the three distributions of working days of ``Counted``."""
    distributions: tuple[dict[int, int], ...] = ({}, {}, {})
    for completed, of_cohort, still_open, taken, running, k in con.sql(cases.DAYS).fetchall():
        for which, among, value in zip(
            distributions,
            (completed, completed and of_cohort, still_open and of_cohort),
            (taken, running, running),
            strict=True,
        ):
            if among:
                which[value] = which.get(value, 0) + k
    return distributions
