"""Applications by day, pairs of them in two systems, and re-submissions."""

from pathlib import Path

import pandas as pd

from .bundles import together
from .rows import licences, of_year

FAILED = ["refused", "withdrawn", "supp_lapsed", "terminated"]
COLUMNS = [
    "case_id", "applicant_key", "item_code", "catalog_code", "source_system", "submitted_at",
    "project_code", "original_case_id", "not_accepted_at", "closed_at", "outcome", "applicant_type",
    "entry_mode", "loaded_at",
]  # fmt: skip
KEYS = ["applicant_key", "code"]
FREQUENT, AGENT = 1000, 12  # applications a year: of an item of persons, of one applicant
FARTHEST = 90  # days
NIGHT_ENDS = 6  # o'clock
AGAIN = pd.Timedelta(days=30)


def applications(folder: Path, year: int) -> dict[str, pd.DataFrame]:
    """Return what the applications of a year hold: ``daily``, ``pairs``, ``resubmitted``, ``together``."""
    cases = licences(folder, "cases", COLUMNS)
    cases = cases[of_year(cases["submitted_at"], year) & cases["applicant_key"].notna()]
    end = pd.Timestamp(year + 1, 1, 1)
    failed = cases["closed_at"].where(cases["outcome"].isin(FAILED) & (cases["closed_at"] < end))
    refused = cases["not_accepted_at"].where(cases["not_accepted_at"] < end)
    cases = cases.assign(
        code=cases["catalog_code"].fillna(cases["item_code"]),
        failed_at=refused.fillna(failed),
        day=cases["submitted_at"].dt.normalize(),
        person=cases["applicant_type"] == "person",
        rekeyed=cases["entry_mode"] == "staff_rekey",
    )
    daily = _daily(cases)
    return {
        "daily": daily,
        "pairs": _pairs(cases, daily),
        "resubmitted": _resubmitted(cases),
        "together": together(cases),
    }


def _daily(cases: pd.DataFrame) -> pd.DataFrame:
    by = cases.groupby(["code", "source_system", "day"], dropna=False)
    counted = by.agg(n=("day", "size"), persons=("person", "sum"), rekeyed=("rekeyed", "sum"))
    return counted.reset_index().rename(columns={"source_system": "system"})


def _pairs(cases: pd.DataFrame, daily: pd.DataFrame) -> pd.DataFrame:
    by = daily.groupby("code")
    systems, sums = by["system"].nunique(), by[["n", "persons"]].sum()
    often = (sums["n"] >= FREQUENT) & (sums["persons"] * 2 >= sums["n"])
    cases = cases[cases["code"].isin(systems.index[systems > 1]) & cases["source_system"].notna()]
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
    routine = both["code"].isin(often.index[often]) | (both["size"] > AGENT)
    kept = (
        after
        & (both["source_system"] != both["source_system_i"])
        & both["original_case_id"].isna()
        & ~(both["failed_at_i"] <= both["submitted_at"])
        & ~(known & ~same)
        & (~routine | same)
        & (lag <= FARTHEST)
    )
    found = both.assign(lag=lag, batch=both["loaded_at"].dt.hour < NIGHT_ENDS)[kept]
    found = found.sort_values(["case_id", "case_id_i"])
    return pd.DataFrame(
        {
            "code": found["code"],
            "item_code": found["item_code"],
            "from_system": found["source_system_i"],
            "to_system": found["source_system"],
            "lag": found["lag"],
            "rekeyed": found["rekeyed"],
            "batch": found["batch"],
        }
    )


def _resubmitted(cases: pd.DataFrame) -> pd.DataFrame:
    keys = [*KEYS, "source_system"]
    failed = cases.loc[cases["failed_at"].notna(), [*keys, "failed_at", "case_id"]]
    rows = cases[[*keys, "submitted_at", "case_id"]]
    both = rows.merge(failed, on=keys, suffixes=("", "_i"))
    since = both["submitted_at"] - both["failed_at"]
    again = since.between(pd.Timedelta(0), AGAIN, inclusive="left")
    later = both.loc[again & (both["case_id"] != both["case_id_i"]), ["case_id", "code"]]
    named = cases.loc[cases["original_case_id"].notna(), ["case_id", "code"]]
    return (
        pd.concat([named, later]).drop_duplicates().groupby("code").size().rename("n").reset_index()
    )
