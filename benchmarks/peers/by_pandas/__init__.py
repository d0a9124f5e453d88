"""All figures in idiomatic pandas: the columns needed, masks, groupby and merge."""

from pathlib import Path

import pandas as pd
from counted import Counted
from facts import END

from by_pandas import cases as of_cases
from by_pandas import catalogue, clocks, standards, supervision


def peer(folder: Path) -> Counted:
    """Count with pandas."""
    items, calendar, inspections, staff = (
        pd.read_parquet(folder / f"{table}.parquet")
        for table in ("items", "calendar", "inspections", "staff")
    )
    number = clocks.Numbered(calendar)
    cases = pd.read_parquet(folder / "cases.parquet", columns=of_cases.COLUMNS)
    cases = of_cases.with_states(of_cases.seen(of_cases.of_licences(cases, items)))
    evaluations = pd.read_parquet(folder / "evaluations.parquet", columns=supervision.RATING)
    evaluations = evaluations[evaluations["evaluated_at"] < END]
    inspections = supervision.of_the_year(of_cases.of_licences(inspections, items))
    n = (
        supervision.inspections_made(inspections, number)
        | supervision.holders(cases, inspections)
        | supervision.rated(cases, evaluations)
        | supervision.ratings(of_cases.of_licences(evaluations, items), number)
        | supervision.staff(staff)
    )
    cases = clocks.with_days(cases, number)
    n |= of_cases.flows(cases) | of_cases.flags(cases) | clocks.lateness(cases)
    n["uncatalogued"] = of_cases.uncatalogued(cases, items)
    items = catalogue.prepared(items, cases)
    n |= catalogue.of_licences(items) | catalogue.of_services(items)
    n |= standards.changes(items) | standards.rules(items)
    return Counted(n, catalogue.limits(items), *clocks.distributions(cases))
