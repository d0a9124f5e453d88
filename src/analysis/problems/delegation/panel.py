"""The panel (面板): what each item's cases were like, month by month, this year and the year before."""

import pandas as pd

from analysis.problems.courses import closed, courses
from analysis.problems.delegation.items import ITEM
from analysis.problems.grounds import Grounds

STILL_OPEN = 2  # months before the cut-off whose cases may not all be closed yet


def number_of(year: int, month: int) -> int:
    """Number the months through the years, so that they can be subtracted."""
    return 12 * year + month - 1


def panel(grounds: Grounds) -> pd.DataFrame:
    """Return the sums of each item and month, of this year and, if there, the year before.

    Returns:
        ``item_code``, ``month`` (see ``number_of``) and sums: ``accepted`` cases of any kind; of
        commitment cases accepted in the month and closed by the cut-off ``closed``, ``days`` taken,
        ``supplemented`` and ``late`` by their promise. The latter are null in months whose cases
        may still be open.
    """
    years = [each for each in (grounds.before, grounds) if each is not None]
    return pd.concat([_of_year(each) for each in years], ignore_index=True)


def _of_year(grounds: Grounds) -> pd.DataFrame:
    keys = [ITEM, "month"]
    accepted = grounds.facts.rows("accepted").groupby(keys)["n"].sum().rename("accepted")
    done = closed(grounds.once(courses))
    done = done[done["accepted_month"].between(1, grounds.year.cutoff.month - STILL_OPEN)]
    sums = pd.DataFrame(
        {
            ITEM: done[ITEM],
            "month": done["accepted_month"],
            "closed": done["n"],
            "days": done["n"] * done["days"],
            "supplemented": done["supplemented"],
            "late": done["n"] * (done["margin"] < 0),
        }
    )
    table = pd.concat([accepted, sums.groupby(keys).sum()], axis=1).fillna({"accepted": 0})
    table = table.rename_axis(keys).reset_index()
    return table.assign(month=number_of(grounds.year.year, 0) + table["month"])
