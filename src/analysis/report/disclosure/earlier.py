"""What was public before (以前公开的数) against what a release hides: numbers given away already.

Pure functions over documents as in ``figures.json``, of this release and of earlier ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from analysis.report.disclosure.rules import K

Document = Mapping[str, Any]
COLUMNS = ("年度", "表", "行", "列", "问题", "公开过的值", "出处")
FIGURES = "指标"
GIVEN_AWAY, LISTED_BEFORE, CLOSE = "已公开,抑制无效", "未列出,以前公开过", "两次公开之差过小"


class Cell(NamedTuple):
    """Where a number stands: year, table, row and column; those of figures are id and variant."""

    year: int
    table: str
    row: str
    column: str


Shown = Mapping[Cell, str]


def shown(document: Document) -> dict[Cell, str]:
    """Return all numbers that a document shows, as text."""
    return {cell: value for cell, value, _ in _cells(document) if value}


def hidden(document: Document, reasons: Mapping[str, bool]) -> dict[Cell, bool]:
    """Return all numbers that a document does not show, and whether each is suppressed.

    Args:
        document: a release's document.
        reasons: the reasons that stand where a figure is hidden, and whether it is suppressed
            there or only not listed. Any other reason means that there is no number.
    """
    gone = ((cell, reason) for cell, value, reason in _cells(document) if not value)
    return {
        cell: reasons.get(reason, True) for cell, reason in gone if reason in reasons or not reason
    }


def _cells(document: Document) -> Iterator[tuple[Cell, str, str]]:
    """Yield each number with its value, and why a figure has none."""
    year = document["year"]
    for figure in document["figures"]:
        cell = Cell(year, FIGURES, figure["id"], figure["variant"])
        yield cell, figure["value"] or "", figure["reason"]
    for table in document["tables"]:
        for row in table["data"]:
            for column, value in zip(table["columns"], row["values"], strict=True):
                cell = Cell(year, table["title"], row["label"], column)
                yield cell, "" if value is None else str(value), ""


def given_away(
    documents: Sequence[Document], earlier: Mapping[str, Shown], reasons: Mapping[str, bool]
) -> pd.DataFrame:
    """Return what is hidden now and was public before, and numbers of which two versions are close.

    Args:
        documents: of what is to be released.
        earlier: by its name, what each earlier release or printed report shows.
        reasons: see ``hidden``.

    Returns:
        One row per finding, in ``COLUMNS``. Only ``GIVEN_AWAY`` makes a suppression vain; the
        others are for reviewers to look at.
    """
    ours = {cell: value for each in documents for cell, value in shown(each).items()}
    gone = {cell: how for each in documents for cell, how in hidden(each, reasons).items()}
    rows = []
    for name, theirs in earlier.items():
        for cell, value in theirs.items():
            if cell in gone:
                rows.append((*cell, GIVEN_AWAY if gone[cell] else LISTED_BEFORE, value, name))
            elif cell in ours and _close(ours[cell], value):
                rows.append((*cell, CLOSE, value, name))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _close(now: str, before: str) -> bool:
    """Return whether two counts differ by a small count: those who were added or taken off."""
    if not (now.isdecimal() and before.isdecimal()):
        return False
    return 0 < abs(int(now) - int(before)) < K
