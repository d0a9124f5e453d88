"""What is counted in inspections with the holders they reach, in ratings, and in staff."""

import pandas as pd
from facts import END, INSPECTIONS, PUBLISH, RECTIFY, ROLES, START, YEAR

from by_pandas.clocks import Numbered

RATING = [
    "case_id", "item_code", "satisfaction", "is_default", "evaluated_at", "order_created_at",
    "rectified_at",
]  # fmt: skip


def of_the_year(inspections: pd.DataFrame) -> pd.DataFrame:
    """Return the inspections of the year, with what was published by the cut-off."""
    for at in ("inspected_on", "published_on"):
        inspections[at] = pd.to_datetime(inspections[at])
    inspections = inspections[inspections["inspected_on"].between(START, END, inclusive="left")]
    published = inspections["published_on"]
    return inspections.assign(published_on=published.where(published < END))


def inspections_made(inspections: pd.DataFrame, number: Numbered) -> dict[str, int]:
    """Count inspections by type and result, and whether their results were published."""
    result, kinds = inspections["result"], inspections["inspect_type"].value_counts()
    found = {
        "inspections": len(inspections),
        **{f"inspections_{kind}": kinds.get(kind, 0) for kind in INSPECTIONS},
        "inspection_visits": inspections["inspectors_n"].sum(),
        "inspection_findings": result.isin(["corrected", "violation"]).sum(),
        "inspection_violations": (result == "violation").sum(),
        "inspection_penalties": inspections["penalty"].sum(),
        "inspections_contacted": (result.notna() & (result != "gone")).sum(),
        "inspections_published": inspections["published_on"].notna().sum(),
        "holders_inspected": inspections["holder_key"].nunique(),
    }
    random = inspections[inspections["inspect_type"] == "random"]
    for which, rows in {"all": inspections, "random": random}.items():
        timed = answered(rows["inspected_on"], rows["published_on"], PUBLISH, number)
        found[f"published_in_time_{which}"], found[f"publication_due_{which}"] = timed
    return found


def answered(asked: pd.Series, done: pd.Series, limit: int, number: Numbered) -> tuple[int, int]:
    """Count what was done in time, and all that was done or is overdue: the rest is not due yet."""
    taken = number(done, "end_no").fillna(number.last) - number(asked, "start_no")
    in_time = done.notna() & (taken <= limit)
    return int(in_time.sum()), int((done.notna() | (taken > limit)).sum())


def holders(cases: pd.DataFrame, inspections: pd.DataFrame) -> dict[str, float]:
    """Count who was licensed in the year, whom of these inspections reached, and how long after."""
    approved = cases[cases["completed"] & (cases["ending"] == "approved")]
    permits = pd.DataFrame(
        {
            "holder_key": approved["applicant_key"],
            "since": approved["decided_at"].dt.normalize(),
            "firm": approved["applicant_type"] == "enterprise",
        }
    )
    licensed = permits.groupby("holder_key").agg({"since": "min", "firm": "max"})
    inspected = inspections.merge(licensed, left_on="holder_key", right_index=True)
    after = inspected[inspected["inspected_on"] >= inspected["since"]]
    first = after.groupby("holder_key").agg({"inspected_on": "min", "since": "first"})
    return {
        "holders_all": len(licensed),
        "holders_all_inspected": inspected["holder_key"].nunique(),
        "holders_firms": licensed["firm"].sum(),
        "holders_firms_inspected": inspected.loc[inspected["firm"], "holder_key"].nunique(),
        "permit_to_inspection_days": (first["inspected_on"] - first["since"]).dt.days.median(),
    }


def ratings(evaluations: pd.DataFrame, number: Numbered) -> dict[str, int]:
    """Count the year's ratings by level, and what became of the bad ones."""
    evaluations = evaluations[evaluations["evaluated_at"] >= START].dropna(subset="satisfaction")
    level = evaluations["satisfaction"]
    satisfied, well, bad = (level.isin(list(levels)) for levels in ("123", "12", "45"))
    active = ~evaluations["is_default"].fillna(False).astype(bool)
    orders = evaluations.loc[bad, ["order_created_at", "rectified_at"]]
    orders = orders.where(orders < END).dropna(subset="order_created_at")
    ordered, rectified = orders["order_created_at"], orders["rectified_at"]
    in_time, due = answered(ordered, rectified, RECTIFY, number)
    return {
        "ratings": len(evaluations),
        "ratings_active": active.sum(),
        "satisfied": satisfied.sum(),
        "satisfied_active": (satisfied & active).sum(),
        "well_satisfied": well.sum(),
        "well_satisfied_active": (well & active).sum(),
        "bad": bad.sum(),
        "bad_active": (bad & active).sum(),
        "bad_orders": len(orders),
        "bad_fixed": rectified.notna().sum(),
        "bad_fixed_in_time": in_time,
        "bad_fix_due": due,
    }


def rated(cases: pd.DataFrame, evaluations: pd.DataFrame) -> dict[str, int]:
    """Count the completed cases that were rated, and their ratings."""
    completed = cases.loc[cases["completed"], ["case_id"]]
    of_cases = evaluations.merge(completed, on="case_id")
    active = of_cases[~of_cases["is_default"].fillna(False).astype(bool)]
    return {
        "ratings_of_cases": len(of_cases),
        "cases_rated": of_cases["case_id"].nunique(),
        "cases_rated_active": active["case_id"].nunique(),
    }


def staff(rows: pd.DataFrame) -> dict[str, int]:
    """Count heads and full-time equivalents, in hundredths, by role, at the last period."""
    rows = rows[rows["period"].between(f"{YEAR}", f"{YEAR}-12")].sort_values("period")
    latest = rows.drop_duplicates(["dept_code", "role"], keep="last")
    latest = latest.assign(fte=(latest["fte"] * 100).round())
    sums = latest.groupby("role")[["headcount", "fte"]].sum().reindex(ROLES, fill_value=0)
    return {
        **{f"staff_{role}": heads for role, heads in sums["headcount"].items()},
        **{f"staff_fte_{role}": fte for role, fte in sums["fte"].items()},
    }
