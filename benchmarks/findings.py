"""How long the findings on duplicates, squeeze, delegation and departments take.

    python benchmarks/findings.py [--rounds 3] [--year 2022]

Each problem's pass over the rows is timed beside an idiomatic pandas version of the same counts
(Parquet columns read, groupby and merge). Both take turns; medians; what both count must agree.
Prints the lines for results.md.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.problems.courses import courses
from analysis.problems.duplicates.pairs import pairs
from analysis.problems.grounds import Grounds
from analysis.statistics.facts import Facts
from analysis.tables.calendar import china
from analysis.tables.year import Year


def main() -> None:
    """Time the passes and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--year", type=int, default=2022)
    asked = parser.parse_args()
    year = Year.open("demo", asked.year)
    assert year.folder is not None
    path = year.folder / "cases.parquet"
    tasks: dict[str, tuple[Callable[[], int], Callable[[], int]]] = {
        "duplicates": (lambda: len(pairs(_fresh(year))), lambda: pandas_pairs(path, asked.year)),
        "squeeze": (
            lambda: int(courses(_fresh(year))["n"].sum()),
            lambda: pandas_courses(path, asked.year),
        ),
    }
    print("| problem | ours | pandas | ratio | counted |\n|---|---|---|---|---|")
    for name, (ours, theirs) in tasks.items():
        times: dict[str, list[float]] = {"ours": [], "theirs": []}
        for _ in range(asked.rounds):
            counted = {}
            for which, task in (("ours", ours), ("theirs", theirs)):
                began = time.perf_counter()
                counted[which] = task()
                times[which].append(time.perf_counter() - began)
            assert counted["ours"] == counted["theirs"], counted
        mine, other = (statistics.median(times[which]) for which in ("ours", "theirs"))
        print(
            f"| {name} | {mine:.2f} s | {other:.2f} s | {other / mine:.1f} | {counted['ours']:,} |"
        )


def _fresh(year: Year) -> Grounds:
    """Return grounds that have computed nothing; the tally is no part of these passes."""
    return Grounds(Facts(year, pd.DataFrame(), year.items))


def pandas_pairs(path: Path, year: int) -> int:
    """Count the pairs in two systems as an analyst would, with merge and groupby."""
    columns = [
        "case_id", "applicant_key", "catalog_code", "source_system", "submitted_at",
        "project_code", "original_case_id", "not_accepted_at", "closed_at", "outcome",
        "applicant_type",
    ]  # fmt: skip
    cases = pd.read_parquet(path, columns=columns)
    cases = cases[(cases["submitted_at"].dt.year == year) & cases["applicant_key"].notna()]
    end = pd.Timestamp(year + 1, 1, 1)
    ended = cases["outcome"].isin(["refused", "withdrawn", "supp_lapsed", "terminated"])
    failed = cases["closed_at"].where(ended & (cases["closed_at"] < end))
    cases["failed_at"] = (
        cases["not_accepted_at"].where(cases["not_accepted_at"] < end).fillna(failed)
    )
    by = cases.groupby("catalog_code")
    two = by["source_system"].nunique()
    often = (by.size() >= 1000) & (
        by["applicant_type"].apply(lambda kind: (kind == "person").mean()) >= 0.5
    )
    cases = cases[cases["catalog_code"].isin(two.index[two > 1])]
    keys = ["applicant_key", "catalog_code"]
    groups = cases.groupby(keys)["source_system"].agg(["size", "nunique"])
    cases = cases.merge(groups[groups["nunique"] > 1].reset_index(), on=keys)
    both = cases.merge(cases, on=keys, suffixes=("_i", ""))
    lag = (both["submitted_at"].dt.normalize() - both["submitted_at_i"].dt.normalize()).dt.days
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


def pandas_courses(path: Path, year: int) -> int:
    """Count the commitment cases by department, item, months and days with pandas."""
    columns = [
        "dept_code", "item_code", "case_type", "accepted_at", "closed_at", "outcome",
        "statutory_days", "promised_days", "extended_days", "stopped_days_art45",
        "stopped_days_other", "supp_rounds",
    ]  # fmt: skip
    cases = pd.read_parquet(path, columns=columns)
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
        allowed=cases["promised_days"] + stops,
        accepted_month=cases["accepted_at"].dt.month.where(cases["accepted_at"].dt.year == year, 0),
        closed_month=cases["closed_at"].dt.month.where(cases["closed_at"].dt.year == year, 0),
    )
    keys = ["dept_code", "item_code", "accepted_month", "closed_month"]
    keys += ["statutory_days", "promised_days", "allowed", "days"]
    counted = cases.groupby(keys, dropna=False).agg(
        n=("case_type", "size"), supplemented=("supp_rounds", lambda rounds: (rounds > 0).sum())
    )
    return int(counted["n"].sum())


if __name__ == "__main__":
    main()
