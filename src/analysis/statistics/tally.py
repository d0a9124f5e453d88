"""The tally (汇总): every count that figures are made of, as one long table of integers.

Sums only, so the tallies of several places add up exactly. It holds no identifiers, but small
cells: it is for internal use, never for publication.
"""

import pandas as pd

from analysis.statistics.cells import DIMENSIONS, cells
from analysis.statistics.measures import COLUMNS, MEASURES
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
    grouped = _coded(cells(year, margin=margin), margin)
    there = [m for m in MEASURES if set(m.columns) <= set(grouped.columns)]
    return merge([measure.unfold(grouped, margin) for measure in there])


def _coded(grouped: pd.DataFrame, margin: str | None) -> pd.DataFrame:
    """Number the words of the cells once: each cell is in some twenty measures.

    Endings and acceptance share their numbers, for a measure takes either as its outcome.
    """
    words = [*DIMENSIONS, "accept_status", *((margin,) if margin else ())]
    filled = grouped[words].fillna("").astype("str")
    endings = pd.CategoricalDtype(sorted({*filled["outcome"], *filled["accept_status"]}))
    shared = {"outcome": endings, "accept_status": endings}
    return grouped.assign(**filled.astype({word: shared.get(word, "category") for word in words}))


def merge(tallies: list[pd.DataFrame]) -> pd.DataFrame:
    """Add up tallies: the counts of equal rows are summed."""
    together = pd.concat(tallies, ignore_index=True)
    keys = [*COLUMNS, *(c for c in together.columns if c not in (*COLUMNS, "n"))]
    words = [key for key in keys if key not in ("month", "value")]
    coded = together.astype(dict.fromkeys(words, "category"))
    summed = coded.groupby(keys, observed=True, sort=True)["n"].sum().reset_index()
    return summed.assign(**{word: _words(summed[word]) for word in words})


def _words(coded: pd.Series) -> pd.Series:
    """Return words for their numbers: what ``astype`` does, twenty times faster for a million."""
    return pd.Series(coded.cat.categories.astype("str").array.take(coded.cat.codes.to_numpy()))
