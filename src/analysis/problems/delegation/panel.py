"""Panels (面板): what each item's cases were like, month by month, this year and the year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.problems.courses import STILL_OPEN, courses, whole_months
from analysis.problems.delegation.items import ITEM
from analysis.problems.grounds import Grounds

MONTH = "month"
SUMS = ["closed", "days", "supplemented", "promised", "late"]


@dataclass(frozen=True)
class Panel:
    """Sums by item and month.

    Attributes:
        sums: ``item_code``, ``month`` (see ``number_of``) and sums; nothing where there was no case.
        months: the months that the data cover, numbered: a month without a case counts as one.
    """

    sums: pd.DataFrame
    months: tuple[int, ...]


def number_of(year: int, month: int) -> int:
    """Number the months through the years, so that they can be subtracted."""
    return 12 * year + month - 1


def acceptances(grounds: Grounds) -> Panel:
    """Return the ``accepted`` cases of any kind, of whole months."""
    years = [each for each in (grounds.before, grounds) if each is not None]
    counts = [each.facts.rows("accepted").assign(of=number_of(each.year.year, 1)) for each in years]
    rows = pd.concat(counts, ignore_index=True)
    rows[MONTH] = rows["of"] + rows[MONTH] - 1
    sums = rows.groupby([ITEM, MONTH])["n"].sum().rename("accepted").reset_index()
    return _panel(sums, [month for each in years for month in _months(each)])


def handled(grounds: Grounds) -> Panel:
    """Return what became of the commitment cases, by the month in which they were accepted.

    Only months whose cases have had two whole months to be closed in. The cases of the end of the year
    before are closed in this year, and counted with it.

    Returns:
        Sums of the cases ``closed``: working ``days`` taken, those ``supplemented``, those that
        have a limit ``promised``, and of these those that are ``late``.
    """
    this, now = grounds.year, grounds.once(courses)
    parts = [_sums(now, "accepted_month", this.year)]
    months = _months(grounds)[:-STILL_OPEN]
    before = grounds.before
    if before is not None:
        parts.append(_sums(before.once(courses), "accepted_month", before.year.year))
        earlier = _months(before)
        carried = now[now["accepted_before"] > 0]
        # A system that was exported from January on has nothing of them: then they are not followed.
        if before.year.cutoff == date(before.year.year, 12, 31) and len(carried):
            parts.append(_sums(carried, "accepted_before", before.year.year))
            months = [*earlier, *_months(grounds)][:-STILL_OPEN]
        else:
            months = [*earlier[:-STILL_OPEN], *months]
    return _panel(pd.concat(parts, ignore_index=True), months)


def _panel(sums: pd.DataFrame, months: Sequence[int]) -> Panel:
    kept = sums[sums[MONTH].isin(months)]
    return Panel(kept.groupby([ITEM, MONTH]).sum().reset_index(), tuple(months))


def _months(grounds: Grounds) -> list[int]:
    """Return the whole months of a year up to its cut-off."""
    months = range(1, whole_months(grounds.year.cutoff) + 1)
    return [number_of(grounds.year.year, month) for month in months]


def _sums(counts: pd.DataFrame, accepted: str, year: int) -> pd.DataFrame:
    done = counts[(counts[accepted] > 0) & (counts["closed_month"] > 0) & counts["days"].notna()]
    n, promised = done["n"], done["allowed"].notna()
    sums = pd.DataFrame(
        {
            ITEM: done[ITEM],
            MONTH: number_of(year, 0) + done[accepted],
            "closed": n,
            "days": n * done["days"],
            "supplemented": done["supplemented"],
            "promised": n * promised,
            "late": n * (promised & (done["days"] > done["allowed"])),
        }
    )
    return sums.groupby([ITEM, MONTH])[SUMS].sum().reset_index()
