"""Rows that are not data (不是数据的行): what the reader saw, and totals where a name should be."""

from typing import Any

import ibis

from analysis.sources.mapping.declared import Headings
from analysis.sources.mapping.engine import regexp_full_match, stripped, strlen
from analysis.sources.mapping.feed import Feed
from analysis.sources.reading.not_data import FOREIGN_TOTALS, TOTAL, TOTALS
from analysis.sources.reading.source import NOT_DATA, cell

ANY = f"{TOTALS}|{FOREIGN_TOTALS}"
# Every total is a short word. To look at that takes a fraction of the time of the pattern, and most
# case numbers and times are longer or begin with a digit.
LONGEST, LETTERS = 24, "A"  # bytes; digits and signs come before


def not_data(rows: Any, feed: Feed) -> Any:
    """Return why a row is not data, null where it is.

    The reader judges by all cells of a row, also those that are not kept. Only the mapping knows
    which columns name a row: 合计 in one of them, behind a running number, is a total too.
    """
    naming = [stripped(rows[cell(feed.cells[reference])]) for reference in _naming(feed)]
    maybe = ibis.or_(*(_short_word(text).fill_null(False) for text in naming))
    totals = ibis.or_(*(regexp_full_match(text, ANY).fill_null(False) for text in naming))
    total = maybe.ifelse(totals, False).ifelse(TOTAL, ibis.null("string"))
    return rows[NOT_DATA].coalesce(total)


def _short_word(text: Any) -> Any:
    return (text >= LETTERS) & (strlen(text) <= LONGEST)


def _naming(feed: Feed) -> list[Headings]:
    """Return the headings of the columns that a source must have."""
    return [
        reference
        for column in feed.table.needs
        for reading in feed.table.columns[column][:1]
        for reference in reading.references
        if reference in feed.cells
    ]
