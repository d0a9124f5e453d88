"""Endings: time stamps, recorded due dates, steps, returns and waits of cases completed or open."""

from pathlib import Path

import pandas as pd

from .minutes import minutes
from .rows import completed, licences

WORK = ["handle", "review", "approve"]
NOTICE, ANSWER, RETURN = "supp_notice", "supp_received", "return"
COLUMNS = [
    "case_id", "item_code", "dept_code", "case_type", "submitted_at", "received_at", "accepted_at",
    "not_accepted_at", "closed_at", "outcome", "data_version", "statutory_due_at",
    "promised_due_at",
]  # fmt: skip
KEYS = ["dept_code", "case_type", "closed_on"]


def endings(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Return ``endings``, by department, type and day of closing, and ``minutes`` with many closings."""
    cases = licences(folder, "cases", COLUMNS)
    end = pd.Timestamp(year + 1, 1, 1)
    done = completed(cases, year)
    ended = (cases["closed_at"] < end) | (cases["not_accepted_at"] < end)
    still = (cases["accepted_at"] < end) & ~ended
    cases = cases.assign(done=done, still=still)[done | still]
    cases["closed_on"] = cases["closed_at"].dt.normalize().where(cases["done"])
    cases[KEYS[:2]] = cases[KEYS[:2]].fillna("")
    of_cases = _stamps(cases).join(_due(cases, end))
    counts = of_cases.groupby([cases[key] for key in KEYS], dropna=False).sum()
    done = cases[cases["done"]]
    counts = counts.join(_happened(done, folder)).fillna(0).astype("int64")
    counts = counts[counts.any(axis=1)]
    return {"endings": counts.reset_index(), "minutes": minutes(done)}


def _stamps(cases: pd.DataFrame) -> pd.DataFrame:
    accepted, closed, done = cases["accepted_at"], cases["closed_at"], cases["done"]
    on, closed_on = accepted.dt.normalize(), closed.dt.normalize()
    undated = (on == closed_on) & (closed == closed_on)
    same = accepted.dt.floor("min") == closed.dt.floor("min")
    return pd.DataFrame(
        {
            "n": done,
            "midnight": done & ((accepted == on) | (closed == closed_on)),
            "dated": done & (closed == closed_on),
            "at_once": done & same & (closed != closed_on),
            "reversed": done & (closed < accepted) & ~undated,
            "pushed": done & (cases["data_version"] > 1),
        }
    )


def _due(cases: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    closed, found = cases["closed_at"].dt.normalize(), {}
    for sort in ("statutory", "promised"):
        due = cases[f"{sort}_due_at"].dt.normalize()
        found |= {
            f"{sort}_closed": cases["done"] & due.notna(),
            f"{sort}_late": cases["done"] & (closed > due),
            f"{sort}_still": cases["still"] & due.notna(),
            f"{sort}_overdue": cases["still"] & (due < end - pd.Timedelta(days=1)),
        }
    return pd.DataFrame(found)


def _happened(cases: pd.DataFrame, folder: Path) -> pd.DataFrame:
    columns = ["case_id", "activity", "start_at", "end_at"]
    wanted = [("activity", "in", [*WORK, RETURN, NOTICE, ANSWER])]
    events = pd.read_parquet(folder / "events.parquet", columns=columns, filters=wanted)
    events = events.merge(cases[["case_id", *KEYS, "received_at", "closed_at"]], on="case_id")
    work = events[events["activity"].isin(WORK) & events["end_at"].notna()]
    timed = work.assign(zero=work["end_at"] == work["start_at"]).groupby(KEYS)["zero"]
    back = events[events["activity"] == RETURN]
    slower = back[back["case_type"] != "1"]
    found = pd.DataFrame(
        {
            "timed": timed.size(),
            "zero": timed.sum(),
            "returned": slower.groupby(KEYS)["case_id"].nunique(),
            "any_return": back.groupby(KEYS)["case_id"].nunique(),
        }
    )
    return found.join(_waits(events), how="outer")


def _waits(events: pd.DataFrame) -> pd.DataFrame:
    told = events[events["activity"].isin([NOTICE, ANSWER])]
    answer = told["activity"] == ANSWER
    second = (told["start_at"] - pd.Timestamp(1970, 1, 1)).dt.total_seconds()
    told = told.assign(answer=answer, notice=~answer, waited=second.where(answer, -second))
    told["taken"] = (told["closed_at"] - told["received_at"]).dt.total_seconds()
    by_case = told.groupby("case_id").agg(
        {
            **dict.fromkeys(KEYS, "first"),
            "answer": "sum",
            "notice": "sum",
            "waited": "sum",
            "taken": "first",
        }
    )
    kept = (by_case["notice"] > 0) & (by_case["notice"] == by_case["answer"])
    waits = by_case[kept & by_case["waited"].between(0, by_case["taken"])]
    by = waits.groupby(KEYS)
    return by[["waited", "taken"]].sum().join(by.size().rename("waiting"))
