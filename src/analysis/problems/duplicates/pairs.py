"""Pairs (重复对): two applications of one applicant for one matter in two systems."""

from typing import Any

import ibis
import numpy as np
import pandas as pd

from analysis.problems.duplicates.applications import high_frequency, in_two_systems

FARTHEST = 90  # days: the farthest placebo lag
AGENT = 12  # applications a year for one item: who files more files for others, or as a routine
COLUMNS = ("earlier", "later", "applicant", "code", "item_code", "from_system", "to_system", "lag")


def pairs(rows: Any, counts: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of applications of one applicant for one code in two systems.

    A pair is left out where both have a project code and these differ (different objects), where
    the earlier one had failed when the later one came, or the later one is named a re-submission.
    High-frequency items of persons, and applicants with more than ``AGENT`` applications for the
    item, count only with the same project code.

    Args:
        rows: as ``related`` returns them.
        counts: as ``daily`` returns them.

    Returns:
        One row per pair: ``earlier`` and ``later`` (places of the cases), ``applicant`` (place of
        applicant and code), ``code``, ``item_code`` of the later one, ``from_system``,
        ``to_system``, ``lag`` in days (0 to 90), ``rekeyed`` and ``batch`` of the later one.
    """
    codes = pd.DataFrame({"code": in_two_systems(counts)}, dtype="str")
    codes["frequent"] = codes["code"].isin(high_frequency(counts))
    rows = rows.filter(rows["system"].notnull()).join(ibis.memtable(_typed(codes)), "code")
    groups = rows.group_by(["applicant_key", "code"]).agg(
        times=rows.count(), first=rows["system"].min(), last=rows["system"].max()
    )
    groups = groups.filter(groups["first"] != groups["last"]).drop("first", "last")
    rows = rows.inner_join(groups, ["applicant_key", "code"])
    rows = rows.drop(*(c for c in rows.columns if c.endswith("_right")))
    found: pd.DataFrame = _joined(rows).to_pandas()
    return _anonymous(found)


def _joined(rows: Any) -> Any:
    first = rows.select(**{f"i_{name}": rows[name] for name in rows.columns})
    both = rows.inner_join(
        first,
        [rows["applicant_key"] == first["i_applicant_key"], rows["code"] == first["i_code"]],
    )
    known = both["project"].notnull() & both["i_project"].notnull()
    same = both["project"] == both["i_project"]
    after = (both["i_at"] < both["at"]) | (
        (both["i_at"] == both["at"]) & (both["i_case_id"] < both["case_id"])
    )
    routine = both["frequent"] | (both["times"] > AGENT)
    lag = both["day"].delta(both["i_day"], unit="day")
    kept = both.mutate(lag=lag.cast("int64")).filter(
        both["system"] != both["i_system"],
        after,
        ~both["again"],
        ~(both["i_failed_at"] <= both["at"]).fill_null(False),
        ~(known & ~same).fill_null(False),
        ~routine | (known & same).fill_null(False),
        lag <= FARTHEST,
    )
    return kept.select(
        "applicant_key",
        "code",
        "item_code",
        "lag",
        "rekeyed",
        "batch",
        earlier="i_case_id",
        later="case_id",
        from_system="i_system",
        to_system="system",
    )


def _typed(codes: pd.DataFrame) -> pd.DataFrame:
    return codes.astype({"code": "str", "frequent": "bool"})


def _anonymous(found: pd.DataFrame) -> pd.DataFrame:
    """Sort the pairs, and put numbers where applicants and cases were."""
    found = found.sort_values(["later", "earlier"], ignore_index=True)
    who = found["applicant_key"].astype("str") + "|" + found["code"].astype("str")
    found["applicant"] = pd.factorize(who)[0]
    both = np.concatenate([found["earlier"], found["later"]])
    places = pd.factorize(pd.Series(both))[0]
    found["earlier"], found["later"] = places[: len(found)], places[len(found) :]
    return found[[*COLUMNS, "rekeyed", "batch"]].astype({"lag": "int64"})
