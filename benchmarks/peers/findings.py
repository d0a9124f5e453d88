"""What the findings' passes count, as an analyst would count it with pandas: Parquet, groupby, merge."""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import binom

from analysis.tables.calendar import china

FAILED = ["refused", "withdrawn", "supp_lapsed", "terminated"]
KEYS = ["applicant_key", "catalog_code"]
WORK = ["handle", "review", "approve"]
Counts = tuple[int, ...]


def applications(folder: Path, year: int) -> Counts:
    """Count the pairs in two systems, the re-submissions, and the items applied for together."""
    columns = [
        "case_id", "applicant_key", "item_code", "catalog_code", "source_system", "submitted_at",
        "project_code", "original_case_id", "not_accepted_at", "closed_at", "outcome",
        "applicant_type",
    ]  # fmt: skip
    cases = pd.read_parquet(folder / "cases.parquet", columns=columns)
    cases = cases[(cases["submitted_at"].dt.year == year) & cases["applicant_key"].notna()]
    end = pd.Timestamp(year + 1, 1, 1)
    failed = cases["closed_at"].where(cases["outcome"].isin(FAILED) & (cases["closed_at"] < end))
    refused = cases["not_accepted_at"].where(cases["not_accepted_at"] < end)
    cases = cases.assign(failed_at=refused.fillna(failed), day=cases["submitted_at"].dt.normalize())
    near = _together(cases)
    return _pairs(cases), _resubmitted(cases), len(near), int(near["near"].sum())


def _pairs(cases: pd.DataFrame) -> int:
    by = cases.groupby("catalog_code")
    two = by["source_system"].nunique()
    persons = (cases["applicant_type"] == "person").groupby(cases["catalog_code"]).mean()
    often = (by.size() >= 1000) & (persons >= 0.5)
    cases = cases[cases["catalog_code"].isin(two.index[two > 1])]
    groups = cases.groupby(KEYS)["source_system"].agg(["size", "nunique"])
    cases = cases.merge(groups[groups["nunique"] > 1].reset_index(), on=KEYS)
    both = cases.merge(cases, on=KEYS, suffixes=("_i", ""))
    lag = (both["day"] - both["day_i"]).dt.days
    same_time = both["submitted_at"] == both["submitted_at_i"]
    after = (both["submitted_at"] > both["submitted_at_i"]) | (
        same_time & (both["case_id"] > both["case_id_i"])
    )
    known = both["project_code"].notna() & both["project_code_i"].notna()
    same = known & (both["project_code"] == both["project_code_i"])
    routine = both["catalog_code"].isin(often.index[often]) | (both["size"] > 12)
    kept = (
        after
        & (both["source_system"] != both["source_system_i"])
        & both["original_case_id"].isna()
        & ~(both["failed_at_i"] <= both["submitted_at"])
        & ~(known & ~same)
        & (~routine | same)
        & (lag <= 90)
    )
    return int(kept.sum())


def _resubmitted(cases: pd.DataFrame) -> int:
    failed = cases.loc[cases["failed_at"].notna(), [*KEYS, "source_system", "failed_at", "case_id"]]
    rows = cases[[*KEYS, "source_system", "submitted_at", "case_id"]]
    both = rows.merge(failed, on=[*KEYS, "source_system"], suffixes=("", "_i"))
    since = both["submitted_at"] - both["failed_at"]
    again = since.between(pd.Timedelta(0), pd.Timedelta(days=30), inclusive="left")
    later = both.loc[again & (both["case_id"] != both["case_id_i"]), "case_id"]
    named = cases.loc[cases["original_case_id"].notna(), "case_id"]
    return int(pd.concat([named, later]).nunique())


def _together(cases: pd.DataFrame) -> pd.DataFrame:
    times = cases.groupby("applicant_key")["case_id"].transform("size")
    rows = cases.loc[times.between(2, 50), ["applicant_key", "item_code", "day"]].drop_duplicates()
    both = rows.merge(rows, on="applicant_key", suffixes=("", "_other"))
    both = both[both["item_code"] < both["item_code_other"]]
    lag = (both["day"] - both["day_other"]).abs().dt.days
    keys = ["item_code", "item_code_other"]
    near = both[lag <= 7].groupby(keys)["applicant_key"].agg(near="size", applicants="nunique")
    far = both[lag.between(31, 90)].groupby(keys).size().rename("far")
    pairs = near.join(far, how="outer").fillna(0).astype(int)
    return pairs[pairs["near"] + pairs["far"] >= 20]


def courses(folder: Path, year: int) -> Counts:
    """Count the commitment cases by department, item, months and days with pandas."""
    columns = [
        "dept_code", "item_code", "case_type", "accepted_at", "closed_at", "outcome",
        "statutory_days", "promised_days", "extended_days", "stopped_days_art45",
        "stopped_days_other", "supp_rounds",
    ]  # fmt: skip
    cases = pd.read_parquet(folder / "cases.parquet", columns=columns)
    cases = cases[(cases["case_type"] == "2") & (cases["outcome"] != "deleted")].copy()
    end = pd.Timestamp(year + 1, 1, 1)
    for name in ("accepted_at", "closed_at"):
        cases[name] = cases[name].where(cases[name] < end)
    cases = cases[cases["accepted_at"].notna()]
    inside = {name: cases[name].dt.year == year for name in ("accepted_at", "closed_at")}
    cases = cases[cases["closed_at"].isna() | inside["closed_at"] | inside["accepted_at"]]
    numbers = china().frame().set_index("date")
    first = numbers["start_no"].reindex(cases["accepted_at"].dt.normalize()).to_numpy()
    last = numbers["end_no"].reindex(cases["closed_at"].dt.normalize()).to_numpy()
    stops = (
        cases[["extended_days", "stopped_days_art45", "stopped_days_other"]].fillna(0).sum(axis=1)
    )
    cases = cases.assign(
        days=(last - first).clip(min=0),
        supplemented=cases["supp_rounds"] > 0,
        allowed=cases["promised_days"] + stops,
        accepted_month=cases["accepted_at"].dt.month.where(cases["accepted_at"].dt.year == year, 0),
        accepted_before=cases["accepted_at"].dt.month.where(
            cases["accepted_at"].dt.year == year - 1, 0
        ),
        closed_month=cases["closed_at"].dt.month.where(cases["closed_at"].dt.year == year, 0),
    )
    keys = ["dept_code", "item_code", "accepted_month", "accepted_before", "closed_month"]
    keys += ["statutory_days", "promised_days", "allowed", "days"]
    counted = cases.groupby(keys, dropna=False).agg(
        n=("case_type", "size"), supplemented=("supplemented", "sum")
    )
    return (int(counted["n"].sum()),)


def endings(folder: Path, year: int) -> Counts:
    """Count steps, returns and waits, time stamps and batches, and recorded due dates."""
    columns = [
        "case_id", "dept_code", "case_type", "submitted_at", "received_at", "accepted_at",
        "not_accepted_at", "closed_at", "outcome", "data_version", "statutory_due_at",
        "promised_due_at",
    ]  # fmt: skip
    cases = pd.read_parquet(folder / "cases.parquet", columns=columns)
    end = pd.Timestamp(year + 1, 1, 1)
    cases = cases[cases["accepted_at"] < end]
    done = (cases["closed_at"].dt.year == year) & (cases["outcome"] != "deleted")
    completed = cases[done]
    return (
        *_happened(completed, folder, year),
        *_stamps(completed),
        *_recorded(cases, done, end),
    )


def _happened(cases: pd.DataFrame, folder: Path, year: int) -> Counts:
    columns = ["case_id", "activity", "start_at", "end_at"]
    wanted = [*WORK, "return", "supp_notice", "supp_received"]
    filters = [("activity", "in", wanted)]
    events = pd.read_parquet(folder / "events.parquet", columns=columns, filters=filters)
    cases = cases[["case_id", "dept_code", "case_type", "received_at", "closed_at"]]
    events = events.merge(cases, on="case_id")
    work = events[events["activity"].isin(WORK) & events["end_at"].notna()]
    zero = work["end_at"] == work["start_at"]
    timed = work.assign(zero=zero).groupby("dept_code")["zero"].agg(["size", "sum"]).sum()
    back = events[(events["activity"] == "return") & (events["case_type"] != "1")]
    returned = back.groupby("dept_code")["case_id"].nunique().sum()
    events["second"] = (events["start_at"] - pd.Timestamp(year, 1, 1)).dt.total_seconds()
    notices = events[events["activity"] == "supp_notice"].groupby("case_id")["second"]
    answers = events[events["activity"] == "supp_received"].groupby("case_id")["second"]
    waits = pd.DataFrame({"notices": notices.size(), "answers": answers.size()})
    waits["waited"] = answers.sum() - notices.sum()
    of = cases[cases["case_id"].isin(waits.index)].set_index("case_id")
    waits["taken"] = (of["closed_at"] - of["received_at"]).dt.total_seconds()
    waits = waits[waits["notices"] == waits["answers"]]
    waited = waits.loc[waits["waited"].between(0, waits["taken"]), "waited"].sum()
    return int(timed["size"]), int(timed["sum"]), int(returned), int(waited)


def _stamps(cases: pd.DataFrame) -> Counts:
    accepted, closed = cases["accepted_at"], cases["closed_at"]
    on, closed_on = accepted.dt.normalize(), closed.dt.normalize()
    undated = (on == closed_on) & ((accepted == on) | (closed == closed_on))
    cases = cases.assign(
        day=closed_on,
        midnight=(accepted == on) | (closed == closed_on),
        reversed=(closed < accepted) & ~undated,
        pushed=cases["data_version"] > 1,
        minute=closed.dt.floor("min"),
    )
    by = cases.groupby(["dept_code", "case_type", "day"])
    counted = by.agg(
        n=("minute", "size"),
        midnight=("midnight", "sum"),
        reversed=("reversed", "sum"),
        pushed=("pushed", "sum"),
    ).sum()
    within = (accepted.dt.floor("min") == cases["minute"]) & (closed != closed_on)
    minutes = cases[within].groupby(["dept_code", "minute"]).size().rename("n").reset_index()
    hour = minutes["minute"].dt.floor("h")
    hours = minutes.groupby(["dept_code", hour])["n"].sum()
    around = [
        hours.reindex(pd.MultiIndex.from_arrays([minutes["dept_code"], hour + step]), fill_value=0)
        for step in pd.to_timedelta([-1, 0, 1], unit="h")
    ]
    busiest = np.max([each.to_numpy() for each in around], axis=0)
    beyond = (minutes["n"] >= 10) & (binom.sf(minutes["n"] - 1, busiest, 1 / 60) <= 0.05 / 120_000)
    batched = minutes.loc[beyond, "n"].sum()
    return (*(int(counted[name]) for name in counted.index), int(batched))


def _recorded(cases: pd.DataFrame, done: pd.Series, end: pd.Timestamp) -> Counts:
    still = ~(cases["closed_at"] < end) & ~(cases["not_accepted_at"] < end)
    closed = cases["closed_at"].dt.normalize()
    found: list[int] = []
    for sort in ("statutory", "promised"):
        due = cases[f"{sort}_due_at"].dt.normalize()
        over = due < end - pd.Timedelta(days=1)
        counts = pd.DataFrame(
            {
                "closed": done & due.notna(),
                "late": done & (closed > due),
                "still": still & due.notna(),
                "overdue": still & over,
            }
        )
        found += counts.groupby(cases["dept_code"]).sum().sum().astype(int).tolist()
    return tuple(found)
