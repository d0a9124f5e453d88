"""Codes without a declared system are refused (代码须声明代码系统), showing the readings there are."""

from typing import Any

from analysis.errors import XukeError
from analysis.sources.mapping.columnwise import Columns
from analysis.sources.mapping.declared import CodeSystem, Read, Reading
from analysis.sources.mapping.engine import among
from analysis.sources.mapping.expressions import meaning
from analysis.sources.mapping.mapped import NOT_DATA
from analysis.sources.mapping.systems import readings
from analysis.sources.mapping.values import lowered
from analysis.tables.schema import Column

LOOKED_AT = 200  # distinct values
SHOWN = 5
Coded = tuple[str, Reading, set[str]]  # column, reading, words that mean something
CODE_LENGTH = 6  # longer values are no codes and might be personal, so they are not repeated


def check_codes(columns: Columns, rows: Any) -> dict[str, str]:
    """Refuse codes whose system is not declared; name the codes that a declared system lacks.

    Returns:
        For a column with unknown codes, what to add to the rule's sentence.

    Raises:
        XukeError: a column holds codes, and the mapping does not say whose.
    """
    said = {}
    systems = columns.mapping.systems
    coded = [
        (
            name,
            reading,
            {lowered(word) for word in meaning(reading, columns.table.table[name], systems)},
        )
        for name, listed in columns.carried.items()
        for reading in listed
        if reading.references and _is_coded(reading, columns.table.table[name])
    ]
    for name, reading, known in _with_others(columns, rows, coded):
        column = columns.table.table[name]
        unknown = [v for v in _values(columns, reading, rows) if lowered(v) not in known]
        if unknown and _is_undeclared(reading, column, unknown, systems):
            raise XukeError(_refusal(column, reading, unknown, systems))
        if unknown:
            said[name] = _shown(unknown)
    return said


def _with_others(columns: Columns, rows: Any, coded: list[Coded]) -> list[Coded]:
    """Keep the readings whose column may hold other words than the known ones; in one pass."""
    data = rows.filter(rows[NOT_DATA].isnull())
    others = {}
    for n, (_, reading, known) in enumerate(coded):
        if known and reading.read is Read.CODE:
            text = columns.text(reading, data)
            unknown = columns.applies(reading, data) & ~among(text.lower(), sorted(known))
            others[n] = unknown.any()
    if not others:
        return coded
    found = data.aggregate(**{str(n): each for n, each in others.items()}).to_pyarrow().to_pylist()
    return [one for n, one in enumerate(coded) if n not in others or found[0][str(n)]]


def _is_undeclared(
    reading: Reading, column: Column, unknown: list[str], systems: dict[str, CodeSystem]
) -> bool:
    """Tell whether nobody has said whose codes these are; word lists say nothing of codes."""
    system = systems.get(reading.codes)
    if system is not None and system.words:
        return any(v in s.values for v in unknown for s in readings(column, systems))
    return not reading.codes


def _is_coded(reading: Reading, column: Column) -> bool:
    return column.codes is not None and reading.read in (Read.CODE, Read.CODES)


def _values(columns: Columns, reading: Reading, rows: Any) -> list[str]:
    """Return the distinct words in a column, where the reading applies."""
    there = rows.filter(columns.applies(reading, rows) & rows[NOT_DATA].isnull())
    text = columns.text(reading, there)
    if reading.read is Read.CODES:
        text = text.re_split(r"[\^,、;|,;]").unnest()
    found = there.select(word=text).filter(lambda t: t.word.notnull()).distinct().limit(LOOKED_AT)
    words = [str(word).strip() for word in found.to_pandas()["word"]]
    return sorted(word for word in words if word)


def _refusal(
    column: Column, reading: Reading, unknown: list[str], systems: dict[str, CodeSystem]
) -> str:
    heading = reading.references[0][0]
    fitting = readings(column, systems)
    code = next((v for v in unknown if any(v in s.values for s in fitting)), "")
    meanings = [
        f'codes = "{s.name}"({code} = {_term(column, s.values[code])},{s.term})'
        for s in fitting
        if code in s.values
    ]
    if not meanings:
        return (
            f"“{heading}”({column.term})里有对照没有说明的值{_shown(unknown)}:"
            "请在对照的 [codes] 里逐个写明含义,并在该列写 codes。"
        )
    return (
        f"“{heading}”({column.term})里是代码{_shown(unknown)},对照没有写明是哪一种代码系统:"
        f"请在该列写明 {' 或 '.join(meanings)}。"
    )


def _term(column: Column, code: str) -> str:
    terms = column.codes.terms if column.codes else {}
    return "、".join(terms.get(part, part) for part in code.split("^")) or "空"


def _shown(values: list[str]) -> str:
    """Name some values; long ones are only counted."""
    short = [f"“{value}”" for value in values if len(value) <= CODE_LENGTH][:SHOWN]
    if not short:
        return f"({len(values)} 种,超过 {CODE_LENGTH} 字,不在此列出)"
    return "".join(short) + (f"等{len(values)}种" if len(values) > len(short) else "")
