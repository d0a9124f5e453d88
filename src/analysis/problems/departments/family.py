"""One family of tests (一并校正): all departments in all aspects, and those that change sides."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.problems.departments.standardised import verdicts
from analysis.problems.judging import FALSE_DISCOVERIES, benjamini_hochberg


def judged_together(tables: Mapping[str, pd.DataFrame], turning: str) -> dict[str, pd.DataFrame]:
    """Return tables with p values adjusted over all of them, and verdicts by these.

    Args:
        tables: by aspect, as ``standardised.standardised`` returns them.
        turning: the aspect in which departments are also tested for changing sides.

    Returns:
        The tables with ``adjusted_p`` and ``verdict`` made anew; that of ``turning`` has ``turned``
        too: whether the department lies on one side of the others by its crude rate, and on the
        other one once standardised, both beyond chance.
    """
    tests = {(term, "p_value"): table["p_value"] for term, table in tables.items()}
    if turning in tables:
        tests[turning, "turned_p"] = tables[turning]["turned_p"]
    if not tests:
        return {}
    adjusted = pd.Series(benjamini_hochberg(list(np.concatenate(list(tests.values())))))
    ends = np.cumsum([len(each) for each in tests.values()])
    by = dict(zip(tests, np.split(adjusted.to_numpy(), ends[:-1]), strict=True))
    judged = {}
    for term, table in tables.items():
        table = table.assign(adjusted_p=by[term, "p_value"])
        table["verdict"] = verdicts(table)
        if term == turning:
            table["turned"] = by[term, "turned_p"] <= FALSE_DISCOVERIES
        judged[term] = table
    return judged
