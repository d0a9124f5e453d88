"""What looks like duplication and is not (返工): applications that repeat one that had failed."""

from datetime import timedelta
from typing import Any

import pandas as pd

WITHIN = 30  # days after the first application failed


def resubmitted(rows: Any, few: Any) -> pd.DataFrame:
    """Count the re-submissions (退回后重新提交) by ``code``, ``n``.

    An application that names the one it repeats, or one of the same applicant and code in the same
    system within ``WITHIN`` days after an earlier one was not accepted, refused or withdrawn.

    Args:
        rows: as ``applications`` returns them.
        few: as ``related`` returns them.
    """
    named = rows.filter(rows["again"]).select("case_id", "code")
    failed = few.filter(few["failed_at"].notnull()).select(
        "applicant_key", "code", "system", since="failed_at", before="case_id"
    )
    keys = ["applicant_key", "code"]
    both = few.inner_join(failed, keys, rname="first_{name}")
    same = both["system"].fill_null("") == both["first_system"].fill_null("")
    after = (both["at"] >= both["since"]) & (both["at"] < both["since"] + timedelta(days=WITHIN))
    later = both.filter(same, after, both["case_id"] != both["before"]).select("case_id", "code")
    every = named.union(later, distinct=True)
    counted: pd.DataFrame = every.group_by("code").agg(n=every.count()).to_pandas()
    return counted.sort_values("code", ignore_index=True)
