"""What is counted in inspections with the holders they reach, in ratings, and in staff."""

import polars as pl
from facts import CUTOFF, END, FIRST, INSPECTIONS, PUBLISH, RECTIFY, ROLES, START, YEAR

c = pl.col


def of_the_year(inspections: pl.LazyFrame) -> pl.LazyFrame:
    """Return the inspections of the year, with what was published by the cut-off."""
    return inspections.filter(c("inspected_on").is_between(FIRST, CUTOFF)).with_columns(
        published_on=pl.when(c("published_on") <= CUTOFF).then("published_on")
    )


def answered(
    rows: pl.LazyFrame, asked: str, done: str, limit: int, calendar: pl.DataFrame
) -> pl.LazyFrame:
    """Tell what was done in time, and what was done or is overdue: the rest is not due yet."""
    last = calendar.filter(c("date") == CUTOFF)["end_no"].item()
    for at, kind in {asked: "start_no", done: "end_no"}.items():
        numbers = calendar.lazy().select(c("date").alias(f"{at}_day"), c(kind).alias(f"{at}_no"))
        rows = rows.with_columns(c(at).cast(pl.Date).alias(f"{at}_day"))
        rows = rows.join(numbers, on=f"{at}_day", how="left")
    taken = c(f"{done}_no").fill_null(last) - c(f"{asked}_no")
    return rows.with_columns(
        in_time=c(done).is_not_null() & (taken <= limit),
        due=c(done).is_not_null() | (taken > limit),
    )


def inspections_made(inspections: pl.LazyFrame, calendar: pl.DataFrame) -> pl.LazyFrame:
    """Count inspections by type and result, and whether their results were published."""
    rows = answered(inspections, "inspected_on", "published_on", PUBLISH, calendar)
    result, kind = c("result"), c("inspect_type")
    random = kind == "random"
    return rows.select(
        *((kind == name).sum().alias(f"inspections_{name}") for name in INSPECTIONS),
        inspections=pl.len(),
        inspection_visits=c("inspectors_n").sum(),
        inspection_findings=result.is_in(["corrected", "violation"]).sum(),
        inspection_violations=(result == "violation").sum(),
        inspection_penalties=c("penalty").sum(),
        inspections_contacted=(result != "gone").sum(),
        inspections_published=c("published_on").is_not_null().sum(),
        published_in_time_all=c("in_time").sum(),
        published_in_time_random=(random & c("in_time")).sum(),
        publication_due_all=c("due").sum(),
        publication_due_random=(random & c("due")).sum(),
        holders_inspected=c("holder_key").drop_nulls().n_unique(),
    )


def holders(completed: pl.LazyFrame, inspections: pl.LazyFrame) -> pl.LazyFrame:
    """Count who was licensed in the year, whom of these inspections reached, and how long after."""
    permits = completed.filter(c("ending") == "approved", c("applicant_key").is_not_null())
    licensed = permits.group_by(holder_key="applicant_key").agg(
        since=c("decided").min().dt.date(), firm=(c("applicant_type") == "enterprise").any()
    )
    after = c("inspected_on").filter(c("inspected_on") >= c("since"))
    reached = (
        licensed.join(inspections, on="holder_key")
        .group_by("holder_key")
        .agg(first_after=after.min())
    )
    return licensed.join(reached, on="holder_key", how="left", coalesce=False).select(
        holders_all=pl.len(),
        holders_all_inspected=c("holder_key_right").count(),
        holders_firms=c("firm").sum(),
        holders_firms_inspected=(c("firm") & c("holder_key_right").is_not_null()).sum(),
        permit_to_inspection_days=(c("first_after") - c("since")).dt.total_days().median(),
    )


def ratings(evaluations: pl.LazyFrame, calendar: pl.DataFrame) -> pl.LazyFrame:
    """Count the year's ratings by level, and what became of the bad ones."""
    rows = evaluations.filter(c("evaluated_at") >= START, c("satisfaction").is_not_null())
    rows = rows.with_columns(
        pl.when(c(at) < END).then(at).alias(at) for at in ("order_created_at", "rectified_at")
    )
    rows = answered(rows, "order_created_at", "rectified_at", RECTIFY, calendar)
    satisfied, well, bad = (c("satisfaction").is_in(list(levels)) for levels in ("123", "12", "45"))
    active = ~c("is_default").fill_null(False)
    order = bad & c("order_created_at").is_not_null()
    masks = {
        "ratings_active": active,
        "satisfied": satisfied,
        "satisfied_active": satisfied & active,
        "well_satisfied": well,
        "well_satisfied_active": well & active,
        "bad": bad,
        "bad_active": bad & active,
        "bad_orders": order,
        "bad_fixed": order & c("rectified_at").is_not_null(),
        "bad_fixed_in_time": order & c("in_time"),
        "bad_fix_due": order & c("due"),
    }
    return rows.select(pl.len().alias("ratings"), *(m.sum().alias(n) for n, m in masks.items()))


def rated(completed: pl.LazyFrame, evaluations: pl.LazyFrame) -> pl.LazyFrame:
    """Count the completed cases that were rated, and their ratings."""
    by_case = evaluations.group_by("case_id").agg(
        k=pl.len(), active=(~c("is_default").fill_null(False)).any()
    )
    return completed.join(by_case, on="case_id").select(
        ratings_of_cases=c("k").sum(), cases_rated=pl.len(), cases_rated_active=c("active").sum()
    )


def staff(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Count heads and full-time equivalents, in hundredths, by role, at the last period."""
    latest = (
        rows.filter(c("period") >= f"{YEAR}", c("period") <= f"{YEAR}-12")
        .sort("period")
        .group_by("dept_code", "role")
        .agg(c("headcount", "fte").last())
    )
    hundredths = (c("fte") * 100).round()
    return latest.select(
        column.filter(c("role") == role).sum().cast(pl.Int64).alias(f"{name}_{role}")
        for role in ROLES
        for name, column in {"staff": c("headcount"), "staff_fte": hundredths}.items()
    )
