"""The log (披露控制记录): every number that is not shown, or shown although small, and why.

It is for reviewers inside: which numbers were hidden first is not for the public.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.report.disclosure.secondary import Pattern
from analysis.report.disclosure.system import Place, System
from analysis.report.disclosure.tables import Table

COLUMNS = ("表", "行", "列", "处理", "理由", "决定人")
PRIMARY, SECONDARY, DEPENDENT = "主要抑制", "次要抑制", "派生数抑制"
EXEMPTED, IMPLIED = "例外公开", "可由例外推算"

Entry = tuple[str, str, str, str, str, str]


def log(
    tables: Sequence[Table], system: System, pattern: Pattern, dependent: list[Place]
) -> pd.DataFrame:
    """Return one row for each number that was suppressed or exempted.

    Args:
        tables: in which the numbers stand.
        system: what all numbers are.
        pattern: which of them are hidden.
        dependent: where values stand that are hidden since they are worked out from hidden ones.

    Returns:
        Columns 表, 行, 列, 处理 (what was done), 理由 (why), 决定人 (for exemptions).
    """
    entries = [*_cells(tables, system, pattern), *_implied(system, pattern)]
    entries += [(*place, DEPENDENT, "由抑制数或过小的数计算得出", "") for place in dependent]
    return pd.DataFrame(entries, columns=list(COLUMNS), dtype=object)


def _cells(tables: Sequence[Table], system: System, pattern: Pattern) -> Iterator[Entry]:
    at = {coordinates: n for n, coordinates in enumerate(system.cells)}
    for table in tables:
        for coordinates, row, column, _ in table.cells():
            cell, n = system.cells[coordinates], at[coordinates]
            place = Place(table.name, row, column)
            if not cell.printed:
                continue
            if cell.exemption and cell.small:
                yield *place, EXEMPTED, cell.exemption.reason, cell.exemption.decided_by
            elif pattern.hidden[n]:
                limited = _limited(cell.k, int(pattern.wanted[n]))
                if cell.small:
                    yield *place, PRIMARY, f"1 至 {cell.k - 1}{limited}", ""
                else:
                    yield *place, SECONDARY, f"防止由合计等公开数推算抑制数{limited}", ""


def _limited(k: int, width: int) -> str:
    return f";受例外限制,推算范围宽 {width},不足 {k}" if width < k else ""


def _implied(system: System, pattern: Pattern) -> Iterator[Entry]:
    """Name the small numbers that are not printed but follow from exempt ones."""
    for cell, hidden, width in zip(
        system.cells.values(), pattern.hidden, pattern.width, strict=True
    ):
        if hidden and cell.small and not cell.printed and width < cell.k:
            known = "推算出来" if width == 0 else f"推算到宽 {width} 的范围内"
            yield *cell.place, IMPLIED, f"未印出,但可由例外公开的数{known}", ""
