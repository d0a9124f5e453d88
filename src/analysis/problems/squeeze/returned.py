"""Returned (退回): cases that a reviewer sent back to the handler."""

import pandas as pd

from analysis.problems.grounds import Grounds
from analysis.tables.codes import COMMITMENT

RETURN = "return"


def returned(grounds: Grounds) -> pd.DataFrame:
    """Count the completed commitment cases by ``dept_code``: ``n``, and ``returned`` of them."""
    cases = grounds.completed()
    cases = cases.filter(cases["case_type"] == COMMITMENT).select("case_id", "dept_code")
    events = grounds.year.tables["events"]
    sent_back = events.filter(events["activity"] == RETURN).select("case_id")
    back = cases.semi_join(sent_back, "case_id")
    n: pd.Series = (
        cases.group_by("dept_code").agg(n=cases.count()).to_pandas().set_index("dept_code")["n"]
    )
    some = back.group_by("dept_code").agg(n=back.count()).to_pandas().set_index("dept_code")["n"]
    table = pd.DataFrame({"n": n, "returned": some}).fillna(0).astype("int64")
    return table.sort_index().reset_index()
