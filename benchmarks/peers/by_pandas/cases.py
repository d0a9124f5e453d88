"""What is counted in cases: the columns needed, their states in the year, flows and what they were like."""

import numpy as np
import pandas as pd
from facts import END, LICENCE, ONLINE, START

COLUMNS = [
    "case_id", "item_code", "case_type", "applicant_key", "applicant_type", "apply_channel", "outcome",
    "package_code", "submitted_at", "received_at", "first_supp_notice_at", "accepted_at",
    "not_accepted_at", "decided_at", "closed_at", "delivered_at", "supp_rounds", "statutory_days",
    "promised_days", "extended_days", "stopped_days_art45", "stopped_days_other", "tolerance_used",
    "commitment_used", "site_visits_actual", "online_full",
]  # fmt: skip
TIMES = [column for column in COLUMNS if column.endswith("_at")]


def of_licences(rows: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of licences, of no item, and of items that no catalogue knows."""
    licences = items.loc[items["item_type"] == LICENCE, "item_code"]
    others = items.loc[~items["item_code"].isin(licences), "item_code"]
    return rows[~rows["item_code"].isin(others)]


def seen(cases: pd.DataFrame) -> pd.DataFrame:
    """Return what was known at the cut-off: nothing had happened yet that happened later."""
    cases = cases[cases["submitted_at"] < END]
    return cases.assign(**{at: cases[at].where(cases[at] < END) for at in TIMES})


def with_states(cases: pd.DataFrame) -> pd.DataFrame:
    """Add when things happened and what state the case was in, and leave out what does not concern."""
    submitted, accepted, refused, closed = (
        cases[f"{moment}_at"] for moment in ("submitted", "accepted", "not_accepted", "closed")
    )
    was_accepted, was_refused, was_closed = accepted.notna(), refused.notna(), closed.notna()
    before = submitted < START
    closed_in = closed >= START
    open_end = was_accepted & ~was_closed
    ending = cases["outcome"].fillna("").where(was_closed, "")
    cases = cases.assign(
        submitted_in=submitted >= START,
        accepted_in=accepted >= START,
        refused_in=refused >= START,
        closed_in=closed_in,
        pending_start=before & ~((accepted < START) | (refused < START) | (closed < START)),
        open_start=(accepted < START) & ~(closed < START),
        pending_end=~(was_accepted | was_refused | was_closed),
        open_end=open_end,
        closed_accepted=closed_in & was_accepted,
        ended_before=closed_in & ~was_accepted & ~was_refused,
        completed=closed_in & was_accepted & (ending != "deleted"),
        ending=ending,
    )
    happened = ["submitted_in", "accepted_in", "refused_in", "closed_in"]
    states = ["pending_start", "open_start", "pending_end", "open_end"]
    return cases[cases[happened + states].any(axis=1)]


def flows(cases: pd.DataFrame) -> dict[str, int]:
    """Count flows and stocks."""
    endings = cases.loc[cases["completed"], "ending"].value_counts()
    masks = {
        "applications": "submitted_in",
        "accepted": "accepted_in",
        "not_accepted": "refused_in",
        "completed": "completed",
        "ended_before": "ended_before",
        "pending_at_start": "pending_start",
        "pending_at_end": "pending_end",
        "open_at_start": "open_start",
        "open_at_end": "open_end",
    }
    return {
        **{name: int(cases[mask].sum()) for name, mask in masks.items()},
        "approved": int(endings.get("approved", 0)),
        "disapproved": int(endings.get("refused", 0)),
        "deleted": int((cases["closed_accepted"] & ~cases["completed"]).sum()),
        "cohort_closed": int((cases["accepted_in"] & cases["completed"]).sum()),
    }


def flags(cases: pd.DataFrame) -> dict[str, int]:
    """Count what accepted, completed and noticed cases were like."""
    accepted, completed = cases[cases["accepted_in"]], cases[cases["completed"]]
    noticed = cases[(cases["first_supp_notice_at"] >= START) & cases["received_at"].notna()]
    granted = completed[completed["ending"] == "approved"]
    due = granted["delivered_at"].notna() | granted["delivery_late"]
    tolerated = completed[completed["tolerance_used"].fillna(False).astype(bool)]
    days = completed["closed_at"].dt.normalize() == completed["submitted_at"].dt.normalize()
    types = accepted["case_type"].value_counts()
    found = {
        "accepted_immediate": types.get("1", 0),
        "accepted_commitment": types.get("2", 0),
        "accepted_online": accepted["apply_channel"].isin(ONLINE).sum(),
        "completed_online": completed["apply_channel"].isin(ONLINE).sum(),
        "same_day": days.sum(),
        "noticed": len(noticed),
        "noticed_late": noticed["noticed_late"].sum(),
        "delivery_due": (granted["decided_at"].notna() & due).sum(),
        "delivery_late": granted["delivery_late"].sum(),
        "supp_known": accepted["supp_rounds"].notna().sum(),
        "one_pass": (accepted["supp_rounds"] == 0).sum(),
        "visits_known": completed["site_visits_actual"].notna().sum(),
        "visits": completed["site_visits_actual"].sum(),
        "tolerance": accepted["tolerance_used"].sum(),
        "tolerance_completed": len(tolerated),
        "tolerance_lapsed": (tolerated["ending"] == "supp_lapsed").sum(),
        "promise": accepted["commitment_used"].sum(),
        "in_package": accepted["package_code"].notna().sum(),
        "online_full": accepted["online_full"].sum(),
    }
    for limit in ("statutory", "promised"):
        limited = completed[completed[f"{limit}_days"].notna()]
        found[f"{limit}_limit"] = np.floor(limited[f"{limit}_days"]).sum()
        found[f"{limit}_taken"] = limited["days"].sum()
    return {name: int(value) for name, value in found.items()}


def uncatalogued(cases: pd.DataFrame, items: pd.DataFrame) -> int:
    """Count the applications of items that no catalogue knows."""
    return int((~cases.loc[cases["submitted_in"], "item_code"].isin(items["item_code"])).sum())
