"""The figures counted in cases in idiomatic pandas: the columns needed, masks, one groupby by item."""

from pathlib import Path

import numpy as np
import pandas as pd
from counted import CUTOFF, END, FIRST_DAY, START, Counted, run

COLUMNS = [
    "item_code", "case_type", "apply_channel", "outcome", "package_code", "submitted_at", "received_at",
    "first_supp_notice_at", "accepted_at", "not_accepted_at", "decided_at", "closed_at", "delivered_at",
    "supp_rounds", "statutory_days", "promised_days", "extended_days", "stopped_days_art45",
    "stopped_days_other", "tolerance_used", "commitment_used", "site_visits_actual", "online_full",
]  # fmt: skip
TIMES = [column for column in COLUMNS if column.endswith("_at")]
WORKING_DAYS = {"W": 1, "N": 250 / 365, "M": 250 / 12, "Y": 250, "H": 1 / 8}


def peer(folder: Path) -> Counted:
    """Count with pandas."""
    items = pd.read_parquet(folder / "items.parquet")
    cases = pd.read_parquet(folder / "cases.parquet", columns=COLUMNS)
    licences = set(items.loc[items["item_type"] == "01", "item_code"])
    others = set(items["item_code"]) - licences
    cases = cases[(cases["submitted_at"] < END) & ~cases["item_code"].isin(others)]
    for at in TIMES:
        cases[at] = cases[at].where(cases[at] < END)
    cases = with_states(cases)
    cases = with_days(cases, pd.read_parquet(folder / "calendar.parquet"))
    n = flows(cases) | flags(cases) | lateness(cases) | by_items(cases, items)
    commitment = cases[cases["case_type"] == "2"]
    closed = commitment[commitment["completed"]]
    still_open = commitment[commitment["accepted_in"] & commitment["open_end"]]
    return Counted(
        n,
        counts(closed["days"]),
        counts(closed.loc[closed["accepted_in"], "running"]),
        counts(still_open["running"]),
    )


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


def with_days(cases: pd.DataFrame, calendar: pd.DataFrame) -> pd.DataFrame:
    """Add working days, and days left on each clock, from the calendar's numbers by day."""

    def number(at: pd.Series, kind: str) -> pd.Series:
        days = (at.dt.normalize() - pd.Timestamp(FIRST_DAY)).dt.days
        known = days.notna()
        found = np.full(len(at), np.nan)
        found[known] = calendar[kind].to_numpy()[days[known].astype(int)]
        return pd.Series(found, index=at.index)

    accepted = number(cases["accepted_at"], "start_no")
    received = number(cases["received_at"], "start_no")
    last = calendar["end_no"].iloc[(CUTOFF - FIRST_DAY).days]
    ended = number(cases["closed_at"], "end_no").fillna(last)
    noticed = number(cases["first_supp_notice_at"], "end_no")
    answered = np.minimum(noticed.fillna(last), number(cases["accepted_at"], "end_no").fillna(last))
    deemed = (answered - received > 5) & cases["not_accepted_at"].isna()
    counted = cases["closed_accepted"] | cases["open_end"]
    days = (ended - accepted).clip(lower=0)
    strict = cases["stopped_days_art45"].fillna(0)
    loose = strict + cases["stopped_days_other"].fillna(0)
    extended = cases["extended_days"].fillna(0)
    legal = np.minimum(extended, np.where(cases["statutory_days"] == 45, 15, 10))
    allowed = cases["statutory_days"] + legal
    deemed_days = (ended - accepted.where(~deemed, received)).clip(lower=0)
    first_day = (ended - accepted + 1).clip(lower=0)
    waiting = cases["pending_end"] & deemed
    return cases.assign(
        days=days.where(counted),
        running=(days - np.floor(loose)).clip(lower=0),
        noticed_late=(noticed - received).clip(lower=0) > 5,
        delivered_late=number(cases["delivered_at"], "end_no")
        - number(cases["decided_at"], "start_no")
        > 10,
        open_or_deemed=cases["open_end"] | waiting,
        statutory=(np.floor(allowed + strict) - days).where(counted),
        statutory_loose=(np.floor(allowed + loose) - days).where(counted),
        statutory_deemed=(np.floor(allowed + strict) - deemed_days).where(counted | waiting),
        statutory_first_day=(np.floor(allowed + strict) - first_day).where(counted),
        promised=(np.floor(cases["promised_days"] + extended + loose) - days).where(counted),
    )


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
    noticed = cases[cases["first_supp_notice_at"] >= START]
    delivered = completed["decided_at"].notna() & completed["delivered_at"].notna()
    tolerated = completed[completed["tolerance_used"].fillna(False).astype(bool)]
    online = ["pc", "mobile"]
    days = completed["closed_at"].dt.normalize() == completed["submitted_at"].dt.normalize()
    types = accepted["case_type"].value_counts()
    found = {
        "accepted_immediate": types.get("1", 0),
        "accepted_commitment": types.get("2", 0),
        "accepted_online": accepted["apply_channel"].isin(online).sum(),
        "completed_online": completed["apply_channel"].isin(online).sum(),
        "same_day": days.sum(),
        "noticed": len(noticed),
        "noticed_late": noticed["noticed_late"].sum(),
        "delivered": delivered.sum(),
        "delivered_late": completed["delivered_late"].sum(),
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


def lateness(cases: pd.DataFrame) -> dict[str, int]:
    """Count the cases early, on the last day and late, on every clock."""
    completed = cases[cases["completed"]]
    found: dict[str, int] = {}
    for clock in ("statutory", "statutory_loose", "statutory_deemed", "statutory_first_day", "promised"):  # fmt: skip
        still = cases["open_or_deemed" if clock == "statutory_deemed" else "open_end"]
        found |= {
            f"{clock}_early": int((completed[clock] > 0).sum()),
            f"{clock}_last": int((completed[clock] == 0).sum()),
            f"{clock}_late": int((completed[clock] < 0).sum()),
            f"{clock}_open_late": int((cases.loc[still, clock] < 0).sum()),
        }
    commitment = completed["case_type"] == "2"
    found["promised_early_commitment"] = int((completed.loc[commitment, "promised"] > 0).sum())
    return found


def by_items(cases: pd.DataFrame, items: pd.DataFrame) -> dict[str, float]:
    """Weigh the catalogue by its cases."""
    accepted = cases[cases["accepted_in"]]
    n = accepted.groupby("item_code").size()
    used = accepted.loc[accepted["tolerance_used"].fillna(False).astype(bool), "item_code"].unique()
    unknown = ~cases.loc[cases["submitted_in"], "item_code"].isin(items["item_code"].unique())
    day = pd.Timestamp(CUTOFF)
    since, until = (pd.to_datetime(items[column]) for column in ("valid_from", "valid_to"))
    in_force = (since.isna() | (since <= day)) & (until.isna() | (until >= day))
    in_use = (items["item_status"] == "1") | until.notna()
    licences = items[in_force & in_use & (items["item_type"] == "01")]
    licences = licences.assign(n=licences["item_code"].map(n).fillna(0))
    platform = licences[licences["in_prov_system"].fillna(False).astype(bool)]
    limited = platform[
        ~platform["no_statutory_limit"].fillna(False).astype(bool)
        & (platform["statutory_limit"] > 0)
        & platform["promised_limit"].notna()
    ]
    weighted = {
        f"weighted_{name}": (
            limited["n"] * limited[f"{name}_limit"] * limited[f"{name}_unit"].map(WORKING_DAYS)
        ).sum()
        for name in ("statutory", "promised")
    }
    known = platform[platform["site_visits"].notna()]
    tolerant = licences[
        licences["tolerance_ok"].fillna(False).astype(bool)
        & licences["on_application"].fillna(False).astype(bool)
    ]
    return weighted | {
        "weighted_visits": float((known["n"] * known["site_visits"]).sum()),
        "weighted_by": float(known["n"].sum()),
        "tolerant": tolerant["impl_code"].nunique(),
        "tolerant_used": tolerant.loc[tolerant["item_code"].isin(used), "impl_code"].nunique(),
        "uncatalogued": int(unknown.sum()),
    }


def counts(days: pd.Series) -> dict[int, int]:
    """Return how many took how many days."""
    return {int(day): int(n) for day, n in days.value_counts().items()}


if __name__ == "__main__":
    run(peer)
