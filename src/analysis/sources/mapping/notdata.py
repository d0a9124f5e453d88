"""Rows that are not data (不是数据的行): blank lines, totals, headings that come again."""

from collections.abc import Sequence
from typing import Any

import ibis

from analysis.sources.mapping.declared import Headings
from analysis.sources.mapping.engine import regexp_full_match
from analysis.sources.mapping.feed import Feed
from analysis.sources.reading.source import cell

BLANK, TOTAL, HEADINGS = "空行", "合计行", "重复的表头"
TOTALS = r"(本页|本月|全年)?[合总小共累]\s*计\s*[::]?"


def not_data(rows: Any, feed: Feed, headings: Sequence[str], wanted: Sequence[int]) -> Any:
    """Return why a row is not data, null where it is.

    Looked at are the cells that are read: all empty; the words 合计 and the like in the first of
    them or in one that names the row; headings standing under themselves.
    """
    cells = {at: rows[cell(at)].strip() for at in wanted}
    naming = [feed.cells[r] for r in _naming(feed)]
    totals = [regexp_full_match(cells[at], TOTALS) for at in {*naming, wanted[0]}]
    repeated = [cells[at] == headings[at] for at in naming or wanted]
    return ibis.cases(
        (ibis.and_(*(text.isnull() | (text == "") for text in cells.values())), BLANK),
        (ibis.or_(*(t.fill_null(False) for t in totals)), TOTAL),
        (ibis.and_(*(r.fill_null(False) for r in repeated)), HEADINGS),
        else_=ibis.null("string"),
    )


def _naming(feed: Feed) -> list[Headings]:
    """Return the headings of the columns that a source must have."""
    return [
        reference
        for column in feed.table.needs
        for reading in feed.table.columns[column][:1]
        for reference in reading.references
        if reference in feed.cells
    ]
