"""The tally (汇总): every count that figures are made of, in integers.

It has two forms. *Cells* are what the pass over the cases comes to, one row for each combination of
what they were counted by: measures are taken from them when they are asked for. *Unfolded* it is one
row for each measure and what tells its cases apart, sums only, so that the tallies of several places
add up exactly. It holds no identifiers, but small numbers: it is for internal use, never for
publication.
"""

import pandas as pd

from analysis.statistics.passes.cells import DIMENSIONS, cells
from analysis.statistics.passes.measures import BY_NAME, COLUMNS, MEASURES
from analysis.tables.year import Year


def tally(year: Year, *, margin: str | None = None) -> pd.DataFrame:
    """Count the cases of a year.

    Args:
        year: the year.
        margin: a column of ``cases`` that the tally does not hold, to count by as well in a pass
            of its own; see ``cells``.

    Returns:
        One row per measure (see ``measures``), month (1-12; 0 for a stock), item, department,
        channel, case type, outcome and value (working days; 0 where the measure has none), with
        ``n``, the number of cases (or what a measure adds up over them). Sorted, so that equal data give an equal frame. A measure
        whose columns or calendar are absent has no rows.

    Raises:
        XukeError: the calendar does not cover the year, or a date of a case.
    """
    return unfolded(numbered(cells(year, margin=margin), margin), margin)


def numbered(found: pd.DataFrame, margin: str | None = None) -> pd.DataFrame:
    """Return cells with their words numbered in order, and sorted: equal data give equal frames.

    Endings and acceptance share their numbers, for a measure takes either as its outcome.
    """
    words = [*DIMENSIONS, "accept_status", *((margin,) if margin else ())]
    found = found.astype(dict.fromkeys(words, "category"))  # no rows come back from disk as objects
    known = {word: set(found[word].cat.categories) for word in words}
    known["outcome"] = known["accept_status"] = known["outcome"] | known["accept_status"]
    coded = found.assign(
        **{word: found[word].cat.set_categories(sorted(known[word])) for word in words}
    )
    return coded.sort_values(list(coded.columns[: coded.columns.get_loc("n")]), ignore_index=True)


def measured(counts: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the rows of one measure from cells: as ``tally`` has them, but not added up or in words."""
    wanted = BY_NAME[measure]
    if set(wanted.columns) <= set(counts.columns):
        return wanted.unfold(counts)
    return BY_NAME["applications"].unfold(counts.iloc[:0])  # without its columns it has no rows


def unfolded(counts: pd.DataFrame, margin: str | None = None) -> pd.DataFrame:
    """Return a tally in one row per measure, month, item … and value, from either of its forms."""
    if "measure" in counts:
        return counts
    there = [m for m in MEASURES if set(m.columns) <= set(counts.columns)]
    return merge([measure.unfold(counts, margin) for measure in there])


def merge(tallies: list[pd.DataFrame]) -> pd.DataFrame:
    """Add up unfolded tallies: the counts of equal rows are summed."""
    together = pd.concat(tallies, ignore_index=True)
    keys = [*COLUMNS, *(c for c in together.columns if c not in (*COLUMNS, "n"))]
    words = [key for key in keys if key not in ("month", "value")]
    coded = together.astype(dict.fromkeys(words, "category"))
    summed = coded.groupby(keys, observed=True, sort=True)["n"].sum().reset_index()
    return in_words(summed)


def in_words(coded: pd.DataFrame) -> pd.DataFrame:
    """Return words for their numbers: what ``astype`` does, twenty times faster for a million."""
    words = {
        name: coded[name].cat.categories.astype("str").array.take(coded[name].cat.codes.to_numpy())
        for name in coded.columns[coded.dtypes == "category"]
    }
    return coded.assign(**words)
