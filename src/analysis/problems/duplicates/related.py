"""Related applications: those of one applicant for one code in two systems, or after one that failed."""

from typing import Any

import ibis
import pandas as pd

KEYS = ["applicant_key", "code"]


def related(rows: Any, counts: pd.DataFrame) -> Any:
    """Return the applications that may be pairs or re-submissions, with all others they may be so with.

    Those of an applicant for a code, as soon as one of them failed, or was made outside the system in
    which the code is applied for most: of two in different systems, one is. They are few, and
    applicants many: to group all of these would take several times as long.

    Args:
        rows: as ``applications`` returns them.
        counts: as ``daily`` returns them.
    """
    by = counts.groupby(["code", "system"])["n"].sum().reset_index()
    most = by.sort_values("n", kind="stable").drop_duplicates("code", keep="last")
    named = most[["code", "system"]].set_axis(["of_code", "usual"], axis=1)
    usual = ibis.memtable(named.astype("str"))  # none at all have no type
    found = rows.left_join(usual, rows["code"] == usual["of_code"])
    elsewhere = (found["system"] != found["usual"]).fill_null(False)
    reasons = found.filter(elsewhere | found["failed_at"].notnull()).select(KEYS)
    return rows.semi_join(reasons, KEYS)
