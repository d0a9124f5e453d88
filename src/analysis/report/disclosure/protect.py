"""The one way from tables to what the public sees (公开前处理): ``protect``."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.errors import XukeError
from analysis.report.disclosure.log import COLUMNS, log
from analysis.report.disclosure.rules import ACCOUNTING, MUST_PUBLISH, Coordinates, Exemption, Sum
from analysis.report.disclosure.secondary import Pattern, suppress
from analysis.report.disclosure.system import Place, System, build
from analysis.report.disclosure.tables import Derived, Share, Summary, Table, sources
from analysis.report.numbers import MASK

STATUS, SUPPRESSED = "状态", "已抑制:"
INTERNAL, PUBLIC = "internal", "public"


@dataclass(frozen=True)
class Protected:
    """Tables as their audience may see them.

    Attributes:
        tables: each table by its name, without its unprinted columns; what is not shown is ``*``.
        exports: the same for files: what is not shown is empty, and where anything is, a column
            状态 names the columns that are not shown.
        log: what was suppressed and what exempted, see ``log.log``; for internal use only.
    """

    tables: dict[str, pd.DataFrame]
    exports: dict[str, pd.DataFrame]
    log: pd.DataFrame


def protect(
    tables: Sequence[Table],
    *,
    audience: str,
    exemptions: Sequence[Exemption] = (),
    sums: Sequence[Sum] = ACCOUNTING,
) -> Protected:
    """Suppress what the audience may not see, in all tables together.

    Tables that are published together, or beside others that were published before, must be
    given together: a number hidden in one could be worked out from another.

    Args:
        tables: what is to be shown.
        audience: ``internal`` changes nothing; ``public`` applies the rules.
        exemptions: numbers published although small, beside ``rules.MUST_PUBLISH``.
        sums: the identities that are known to hold.

    Raises:
        XukeError: an unknown audience, two tables of one name, numbers that contradict each other,
            or a number that cannot be hidden since exempt ones give it away.
    """
    if audience not in (INTERNAL, PUBLIC):
        raise XukeError(f"没有“{audience}”这种读者:请用 {INTERNAL}(内部)或 {PUBLIC}(公开)。")
    names = [table.name for table in tables]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise XukeError(f"有几张表都叫“{'、'.join(twice)}”:请改名后再公开。")
    if audience == INTERNAL:
        frames = {table.name: _printed(table, table.frame) for table in tables}
        return Protected(frames, frames, pd.DataFrame(columns=list(COLUMNS), dtype=object))
    system = build(tables, sums, [*MUST_PUBLISH, *exemptions])
    pattern = suppress(system)
    _refuse_what_cannot_be_hidden(system, pattern)
    hidden = {
        coordinates for coordinates, gone in zip(system.cells, pattern.hidden, strict=True) if gone
    }
    masks = {table.name: _mask(table, system, hidden) for table in tables}
    dependent = [
        Place(table.name, str(row), each.column)
        for table in tables
        for each in table.derived
        for row in table.frame.index[masks[table.name][each.column]]
    ]
    return Protected(
        {table.name: _shown(table, masks[table.name]) for table in tables},
        {table.name: _exported(table, masks[table.name]) for table in tables},
        log(tables, system, pattern, dependent),
    )


def _refuse_what_cannot_be_hidden(system: System, pattern: Pattern) -> None:
    known = [
        f"{cell.place.table}中{cell.place.row}的“{cell.place.column}”"
        for cell, hidden, width in zip(
            system.cells.values(), pattern.hidden, pattern.width, strict=True
        )
        if hidden and cell.printed and width == 0
    ]
    if known:
        more = f"等 {len(known)} 个数" if len(known) > 3 else ""
        raise XukeError(
            f"{'、'.join(known[:3])}{more}可由例外公开的数推算出来,无法抑制:"
            "请把它们也登记为例外(写明理由和决定人),或者不列这一列。"
        )


def _mask(table: Table, system: System, hidden: set[Coordinates]) -> pd.DataFrame:
    """Return which values of a table are not shown."""
    mask = pd.DataFrame(False, index=table.frame.index, columns=table.frame.columns)
    for column in table.counts:
        mask[column] = [table.coordinates(str(row), column) in hidden for row in mask.index]
    for each in table.derived:
        mask[each.column] = [
            gone or _too_small(each, table, str(row), system)
            for row, gone in mask[list(sources(each))].any(axis=1).items()
        ]
    return mask


def _too_small(derived: Derived, table: Table, row: str, system: System) -> bool:
    """Return whether a value rests on too few cases, even if their number is exempt."""
    cells = [system.cells[table.coordinates(row, source)] for source in sources(derived)]
    match derived:
        case Share():
            part, whole = cells
            return part.small or 0 < whole.value - part.value < max(part.k, whole.k)
        case Summary():
            return cells[0].small
        case _:
            return False


def _printed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=list(table.unprinted))


def _shown(table: Table, mask: pd.DataFrame) -> pd.DataFrame:
    frame = table.frame.copy()
    for column in frame.columns[mask.any()]:
        frame[column] = frame[column].astype(object).mask(mask[column], MASK)
    return _printed(table, frame)


def _exported(table: Table, mask: pd.DataFrame) -> pd.DataFrame:
    frame, mask = _printed(table, table.frame.copy()), _printed(table, mask)
    for column in frame.columns[mask.any()]:
        frame[column] = frame[column].convert_dtypes().mask(mask[column])
    if mask.to_numpy().any():
        gone = [list(mask.columns[row]) for row in mask.to_numpy()]
        frame[STATUS] = [SUPPRESSED + "、".join(names) if names else "" for names in gone]
    return frame
