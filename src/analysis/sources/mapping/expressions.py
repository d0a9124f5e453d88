"""One reading as an expression (读法的表达式): what a cell says, and when it holds."""

from collections.abc import Callable
from typing import Any

import ibis

from analysis.sources.mapping import values
from analysis.sources.mapping.declared import (
    CodeSystem,
    Comparison,
    Condition,
    Mapping,
    Pick,
    Read,
    Reading,
    terms,
)
from analysis.sources.mapping.engine import among, narrow
from analysis.sources.mapping.systems import OWN
from analysis.sources.mapping.values import Decoded
from analysis.sources.mapping.words import narrowed
from analysis.tables.conform import IBIS
from analysis.tables.schema import Column, Type

Cell = Callable[[tuple[str, ...]], Any]  # the text under a heading, from its names


def text_of(reading: Reading, cell: Cell) -> Any:
    """Return the text that a reading reads."""
    parts = [cell(reference) for reference in reading.references]
    text = parts[0]
    for part in parts[1:]:
        text = text.concat(reading.joined_by).concat(part)
    if reading.extract:
        group = 1 if "(" in reading.extract.replace("\\(", "").replace("(?:", "") else 0
        text = text.re_extract(reading.extract, group).nullif("")
    return text


def read(text: Any, reading: Reading, column: Column, mapping: Mapping) -> Decoded:
    """Return what the texts say."""
    if reading.pick is Pick.COUNT:
        return Decoded(text.notnull().cast("int64"), text.notnull())
    match reading.read:
        case Read.TIME:
            return values.times(text, reading.times, mapping.written_in, mapping.zone)
        case Read.NUMBER if column.type is Type.INT:
            return values.integers(text)
        case Read.NUMBER:
            return values.numbers(text)
        case Read.LIMIT:
            return values.limits(text)
        case Read.UNIT:
            return values.units(text, reading.unit)
        case Read.DAYS:
            return values.working_days(text, reading.unit)
        case Read.FLAG:
            return values.flags(text, meaning(reading, column, mapping.systems))
        case Read.CODE:
            return values.codes(text, meaning(reading, column, mapping.systems))
        case Read.CODES:
            return values.code_sets(text, meaning(reading, column, mapping.systems))
        case Read.TEXT:
            return Decoded(text, text.notnull())


def meaning(reading: Reading, column: Column, systems: dict[str, CodeSystem]) -> dict[str, str]:
    """Return the canonical code by every word that may stand in the column.

    The declared system's codes and its own words for them; always the canonical terms, since a
    Chinese word means the same in every system.
    """
    known = dict(terms(column.codes))
    if reading.codes == OWN and column.codes:
        return known | {code: code for code in column.codes.terms}
    if system := systems.get(reading.codes):
        own = {label: system.values[code] for label, code in system.labels.items()}
        short = {code.lstrip("0"): meant for code, meant in system.values.items()}
        known |= own | {code: m for code, m in short.items() if code} | system.values
    return known


def constant(reading: Reading, column: Column) -> Any:
    """Return the value that every row has."""
    said = reading.value or ""
    made: Any = said == "true" if column.type is Type.BOOL else said
    return ibis.literal(made).cast(IBIS[column.type])


def holds(condition: Condition, value: Any) -> Any:
    """Return where a condition holds; an empty value is none of the values."""
    text = narrow(value.cast("string"))
    wanted = [narrowed(one) for one in condition.values]
    match condition.test:
        case Comparison.IS:
            return among(text, wanted).fill_null(False)
        case Comparison.NOT:
            return (~among(text, wanted)).fill_null(True)
        case Comparison.CONTAINS:
            return ibis.or_(*(text.contains(one) for one in wanted)).fill_null(False)
        case Comparison.FILLED:
            return value.notnull() if wanted == ["true"] else value.isnull()
