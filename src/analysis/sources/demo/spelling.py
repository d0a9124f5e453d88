"""Spelling (写法): canonical values as the texts of a system: its codes, times and limits."""

import pandas as pd

from analysis.sources.mapping.declared import Mapping, Read, Reading, TableMapping
from analysis.sources.mapping.systems import OWN
from analysis.tables.schema import Column, Type

YES_NO = {True: "是", False: "否"}
UNITS = {"W": "个工作日", "N": "个自然日", "M": "个月", "Y": "年", "H": "小时"}
IMMEDIATE = "即办"
DAY = "%Y-%m-%d"


def spelled(
    rows: pd.DataFrame, column: Column, reading: Reading, table: TableMapping, mapping: Mapping
) -> pd.Series:
    """Return the values of a column as a reading would read them; null where it has no text.

    Args:
        rows: canonical rows in declared types.
        column: the column.
        reading: one that reads the cells of a heading.
        table: how the mapping makes the table.
        mapping: the mapping that it belongs to.
    """
    values = rows[column.name]
    match reading.read:
        case Read.TIME:
            text = values.dt.strftime(time_format(reading, column))
        case Read.FLAG:
            text = values.astype(object).map(YES_NO)
        case Read.CODE:
            text = values.astype(object).map(_codes(reading, column, mapping))
        case Read.CODES:
            known = _codes(reading, column, mapping)
            text = values.astype(object).map(lambda codes: _set(codes, known), na_action="ignore")
        case Read.LIMIT | Read.DAYS | Read.NUMBER:
            text = values.map(lambda number: f"{number:.15g}", na_action="ignore")
            text = _with_unit(text, rows, column, reading, table)
        case _:
            text = values
    spelt: pd.Series = text.astype("string").replace("", pd.NA)
    return spelt


def time_format(reading: Reading, column: Column) -> str:
    """Return the format in which a system writes a time, or a day."""
    if column.type is Type.TIMESTAMP:
        return reading.times[0]
    return next((each for each in reading.times if "%H" not in each), reading.times[0])


def _codes(reading: Reading, column: Column, mapping: Mapping) -> dict[str, str]:
    """Return the system's code by canonical code; the Chinese term where no system is declared."""
    terms = column.codes.terms if column.codes else {}
    if reading.codes == OWN:
        return {code: code for code in terms}
    return mapping.systems[reading.codes].written if reading.codes else terms


def _set(codes: str, known: dict[str, str]) -> str:
    """Return several codes; without a code list, as they are."""
    parts = codes.split("^")
    return "^".join(known[part] for part in parts if part in known) if known else codes


def _with_unit(
    text: pd.Series, rows: pd.DataFrame, column: Column, reading: Reading, table: TableMapping
) -> pd.Series:
    """Write the unit behind a limit where both stand under one heading."""
    name = column.name.replace("_limit", "_unit")
    first = table.columns[name][0] if name != column.name and name in table.columns else None
    if first is None or first.read is not Read.UNIT or first.headings != reading.headings:
        return text
    unit = rows[name].astype(object)
    return (text + unit.map(UNITS)).mask((text == "0") & (unit == "W"), IMMEDIATE)
