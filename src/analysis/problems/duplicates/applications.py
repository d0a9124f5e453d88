"""Applications (申请) as duplicates are looked for in them, and how many there are a day."""

from typing import Any

import ibis
import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.statistics.passes.counting import by_cutoff, total, within
from analysis.tables.year import Year

# Ended without a licence: who applies again does so because of that (返工), and not twice.
FAILED = ("refused", "withdrawn", "supp_lapsed", "terminated")
FREQUENT = 1_000  # applications a year, from which on an item of persons is a high-frequency one
PERSON, REKEYED = "person", "staff_rekey"
NIGHT_ENDS = 6  # o'clock: what is loaded before it came in a batch


def applications(grounds: Grounds) -> Any:
    """Return the applications of the year whose applicant is known, as an Ibis table.

    Columns: ``case_id``, ``applicant_key``, ``code`` (基本编码, without it the item's own),
    ``item_code``, ``system``, ``at``, ``day``, ``project``, ``again`` (named as a re-submission),
    ``failed_at``, ``person``, ``rekeyed``, ``batch``.
    """
    year, cases = grounds.year, grounds.rows("cases")
    cases = cases.filter(within(cases["submitted_at"], year), cases["applicant_key"].notnull())
    failed = (cases["outcome"].isin(FAILED)).ifelse(
        by_cutoff(cases["closed_at"], year), ibis.null("timestamp")
    )
    return cases.select(
        "case_id",
        "applicant_key",
        "item_code",
        code=_optional(cases, year, "catalog_code").fill_null(cases["item_code"]),
        system=_optional(cases, year, "source_system"),
        at=cases["submitted_at"],
        day=cases["submitted_at"].date(),
        project=_optional(cases, year, "project_code"),
        again=_optional(cases, year, "original_case_id").notnull(),
        failed_at=by_cutoff(cases["not_accepted_at"], year).fill_null(failed),
        person=_optional(cases, year, "applicant_type").fill_null("") == PERSON,
        rekeyed=_optional(cases, year, "entry_mode").fill_null("") == REKEYED,
        batch=(_loaded(cases, year).hour() < NIGHT_ENDS).fill_null(False),
    )


def daily(rows: Any) -> pd.DataFrame:
    """Count applications by ``code``, ``system`` and ``day``: ``n``, ``persons``, ``rekeyed``."""
    keys = ["code", "system", "day"]
    sums = {"persons": total(rows["person"]), "rekeyed": total(rows["rekeyed"])}
    counted: pd.DataFrame = rows.group_by(keys).agg(n=rows.count(), **sums).to_pandas()
    counted["day"] = pd.to_datetime(counted["day"])
    return counted.sort_values(keys, ignore_index=True)


def in_two_systems(counts: pd.DataFrame) -> list[str]:
    """Return the codes that are applied for in more than one system."""
    systems = counts.groupby("code")["system"].nunique()
    return sorted(systems.index[systems > 1])


def high_frequency(counts: pd.DataFrame) -> list[str]:
    """Return the codes of high-frequency items of persons (高频个人事项): they repeat rightly."""
    summed = counts.groupby("code")[["n", "persons"]].sum()
    often = (summed["n"] >= FREQUENT) & (summed["persons"] * 2 >= summed["n"])
    return sorted(summed.index[often])


def _optional(cases: Any, year: Year, column: str) -> Any:
    return cases[column] if year.has("cases", column) else ibis.null("string")


def _loaded(cases: Any, year: Year) -> Any:
    return cases["loaded_at"] if year.has("cases", "loaded_at") else ibis.null("timestamp")
