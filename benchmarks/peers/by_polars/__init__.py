"""All figures in idiomatic Polars: lazy plans, collected together, streaming."""

from pathlib import Path

import polars as pl
from counted import Counted
from facts import END

from by_polars import cases as of_cases
from by_polars import catalogue, clocks, standards, supervision

c = pl.col


def peer(folder: Path) -> Counted:
    """Count with Polars."""
    items, calendar = (
        pl.read_parquet(folder / f"{name}.parquet") for name in ("items", "calendar")
    )
    cases, inspections, evaluations, staff = (
        pl.scan_parquet(folder / f"{name}.parquet")
        for name in ("cases", "inspections", "evaluations", "staff")
    )
    cases = of_cases.with_states(of_cases.of_licences(cases.filter(c("submitted_at") < END), items))
    completed = cases.filter("completed")
    inspections = supervision.of_the_year(of_cases.of_licences(inspections, items))
    evaluations = evaluations.filter(c("evaluated_at") < END)
    rows = clocks.with_days(cases, calendar)
    commitment = rows.filter(c("case_type") == "2")
    cohort = commitment.filter("accepted_in")
    by_item, taken, closed, still_open, *single = pl.collect_all(
        [
            rows.group_by("item_code").agg(*of_cases.measures()),
            commitment.filter("completed").group_by("days").len(),
            cohort.filter("completed").group_by("running").len(),
            cohort.filter("open_end").group_by("running").len(),
            supervision.inspections_made(inspections, calendar),
            supervision.holders(completed, inspections),
            supervision.rated(completed, evaluations),
            supervision.ratings(of_cases.of_licences(evaluations, items), calendar),
            supervision.staff(staff),
        ],
        engine="streaming",
    )
    items_known = catalogue.prepared(items, by_item)
    unknown = by_item.join(items, on="item_code", how="anti").select(
        uncatalogued=c("applications").sum()
    )
    single += [
        by_item.drop("item_code").sum(),
        unknown,
        items_known.select(catalogue.counts()),
        catalogue.packages(items_known),
        standards.changes(items_known),
        standards.movements(items_known),
        standards.rules(items_known),
    ]
    n = {name: value for frame in single for name, value in frame.row(0, named=True).items()}
    days = (dict(each.rows()) for each in (taken, closed, still_open))
    return Counted(n, catalogue.limits(items_known), *days)
