"""Readings of one column (一列的读法), as a mapping file writes them."""

from enum import StrEnum
from typing import Any

from analysis.errors import XukeError
from analysis.sources.mapping.checked import constant, only, text, texts
from analysis.sources.mapping.conditions import conditions
from analysis.sources.mapping.declared import (
    CodeSystem,
    Derive,
    Headings,
    Pick,
    Read,
    Reading,
    usual_read,
)
from analysis.sources.mapping.formats import check_format
from analysis.sources.mapping.systems import LISTS, OWN
from analysis.tables.codes.catalogue import LIMIT_UNIT
from analysis.tables.schema import Column, Type

KEYS = (
    "from",
    "join",
    "joined_by",
    "value",
    "copy",
    "derive",
    "extract",
    "codes",
    "read",
    "unit",
    "times",
    "when",
    "pick",
)
ORIGINS = ("from", "join", "value", "copy", "derive")


def readings(
    column: Column, entry: Any, where: str, known: dict[str, CodeSystem], times: tuple[str, ...]
) -> tuple[Reading, ...]:
    """Read what a mapping says of a column.

    ``"heading"``, ``["heading", "other name"]``, one inline table, or a list of inline tables that
    are tried in turn.

    Raises:
        XukeError: an unknown key, a value of the wrong kind, a code system of another list.
    """
    if entry in ("", []):
        raise XukeError(f"{where} 是空的:请写表头,或删去这一列。")
    if isinstance(entry, str) or (isinstance(entry, list) and _all_text(entry)):
        entry = {"from": entry}
    listed = entry if isinstance(entry, list) else [entry]
    return tuple(_reading(column, one, where, known, times) for one in listed)


def _all_text(entry: list[Any]) -> bool:
    return all(isinstance(one, str) for one in entry)


def _reading(
    column: Column, entry: Any, where: str, known: dict[str, CodeSystem], times: tuple[str, ...]
) -> Reading:
    entry = only(entry, KEYS, where)
    if sum(key in entry for key in ORIGINS) != 1:
        raise XukeError(f"{where} 须恰有一个来源:{'、'.join(ORIGINS)} 之一。")
    pick = _choice(entry, "pick", Pick, where) or Pick.ONLY
    usual = Read.TEXT if pick is Pick.COUNT else usual_read(column)
    read = _choice(entry, "read", Read, where) or usual
    made = Reading(
        headings=texts(entry.get("from", []), where),
        join=tuple(texts(one, where) for one in _list(entry.get("join", []), where)),
        joined_by=text(entry.get("joined_by", "-"), where),
        value=_value(column, entry["value"], where) if "value" in entry else None,
        copy=text(entry.get("copy", ""), where),
        derive=_choice(entry, "derive", Derive, where),
        extract=text(entry.get("extract", ""), where),
        codes=_system(column, entry.get("codes", ""), where, known),
        read=read,
        unit=_unit(entry.get("unit", ""), where),
        times=(texts(entry.get("times", []), where) or times) if read is Read.TIME else (),
        when=conditions(entry.get("when", {}), where),
        pick=pick,
    )
    for one in made.times:
        check_format(one, where)
    return made


def _list(value: Any, where: str) -> list[str | Headings]:
    if not isinstance(value, list):
        raise XukeError(f"{where} 的 join 须为表头的列表。")
    return value


def _choice(entry: dict[str, Any], key: str, kind: type[StrEnum], where: str) -> Any:
    if key not in entry:
        return None
    said = text(entry[key], f"{where} {key}")
    only({said: None}, [one.value for one in kind], f"{where} {key}")
    return kind(said)


def _value(column: Column, value: Any, where: str) -> str:
    said = constant(value, f"{where} value")
    if column.codes:
        for part in said.split("^") if column.type is Type.SET else (said,):
            only({part: None}, column.codes.terms, f"{where} value")
    if column.type is Type.BOOL:
        only({said: None}, ("true", "false"), f"{where} value")
    return said


def _unit(value: Any, where: str) -> str:
    said = text(value, f"{where} unit")
    if said:
        only({said: None}, LIMIT_UNIT.terms, f"{where} unit")
    return said


def _system(column: Column, value: Any, where: str, known: dict[str, CodeSystem]) -> str:
    said = text(value, f"{where} codes")
    if not said or said == OWN:
        return said
    fitting = [
        name
        for name, system in known.items()
        if (system.codes == "flag" if column.type is Type.BOOL else _same(system, column))
    ]
    only({said: None}, [*fitting, OWN], f"{where} codes")
    return said


def _same(system: CodeSystem, column: Column) -> bool:
    return column.codes is not None and LISTS.get(system.codes) == column.codes
