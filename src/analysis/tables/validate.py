"""Validation (校验): what in a year's tables contradicts their declarations.

Only what would make a figure silently wrong; each problem is counted by the engine that holds the
rows, and named in Chinese.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import ibis
import pandas as pd

from analysis.tables import TABLES
from analysis.tables.contradictions import RULES
from analysis.tables.rules import EMPTY_ALLOWED, Contradiction
from analysis.tables.schema import Column, Need, Type
from analysis.tables.versions import in_force
from analysis.tables.year import Year

VALIDATED = ("items", "cases", "events", "inspections", "evaluations", "staff")
AGAINST = "against:"  # before the rules across columns, among what is counted
ONE_PER_SERVICE = ("in_prov_system", "tolerance_ok", "on_application", "item_type")


def problems(year: Year) -> pd.DataFrame:
    """Return what is wrong with a year's tables.

    Returns:
        One row per rule that is broken: ``table``, ``rule`` (Chinese, naming the column), ``rows``
        (how many rows break it) and ``example`` (a value; never of a column with personal data).
    """
    counted = {name: _counted(year, name) for name in VALIDATED if year.has(name)}
    found = [
        *(problem for name, n in counted.items() for problem in _declared(year, name, n)),
        *(problem for name, n in counted.items() for problem in _contradictions(year, name, n)),
        *_without_case(year),
        *_service_rules(year),
    ]
    return pd.DataFrame(found, columns=["table", "rule", "rows", "example"])


def _counted(year: Year, name: str) -> dict[str, int]:
    """Count what breaks each rule, and rows and keys, in one query."""
    rows, table = year.tables[name], TABLES[name]
    counts: dict[str, Any] = {}
    for column in table.columns:
        if not year.has(name, column.name):
            continue
        if column.need is Need.REQUIRED and (name, column.name) not in EMPTY_ALLOWED:
            counts[f"empty:{column.name}"] = rows[column.name].isnull().sum()
        if column.codes and column.type is Type.CODE:
            bad = rows[column.name].notin(list(column.codes.terms))
            counts[f"code:{column.name}"] = bad.sum()
        if rows[column.name].type().is_floating():
            counts[f"number:{column.name}"] = _no_number(rows[column.name], column).sum()
        if column.type in (Type.INT, Type.FLOAT):
            counts[f"below:{column.name}"] = (rows[column.name] < 0).sum()
    for rule in _rules(year, name):
        counts[f"{AGAINST}{rule.id}"] = rule.broken(rows).fill_null(False).sum()
    keys = (
        ibis.struct({key: rows[key] for key in table.key})
        if len(table.key) > 1
        else rows[table.key[0]]
    )
    counts["rows"], counts["keys"] = rows.count(), keys.nunique()
    result = rows.aggregate(**counts).to_pandas().iloc[0].fillna(0)
    return {str(label): int(n) for label, n in result.items()}


def _declared(
    year: Year, name: str, counted: dict[str, int]
) -> Iterator[tuple[str, str, int, str]]:
    """Empty required columns, unknown codes, repeated keys."""
    rows, table = year.tables[name], TABLES[name]
    for label, n in counted.items():
        rule, _, broken = label.partition(":")
        if broken and n and not label.startswith(AGAINST):
            yield table.term, _rule(rule, table[broken]), n, _example(rule, rows, table[broken])
    if repeated := counted["rows"] - counted["keys"]:
        terms = "、".join(table[key].term for key in table.key)
        yield table.term, f"{terms}重复", repeated, ""


def _no_number(values: Any, column: Column) -> Any:
    """Tell which values are not finite, or not whole where they should be."""
    broken = values.isnan() | values.isinf()
    return broken | (values != values.floor()) if column.type is Type.INT else broken


def _rule(rule: str, column: Column) -> str:
    codes = column.codes.name if column.codes else ""
    said = {
        "empty": "为空",
        "code": f"不在代码表“{codes}”内",
        "number": f"不是{column.type.value}",
        "below": "小于0",
    }[rule]
    return f"“{column.term}”({column.name}){said}"


def _example(rule: str, rows: Any, column: Column) -> str:
    if rule != "code" or column.codes is None:
        return ""
    bad = rows.filter(rows[column.name].notin(list(column.codes.terms)))
    return str(bad[column.name].min().to_pandas())


def _rules(year: Year, name: str) -> list[Contradiction]:
    return [rule for rule in RULES.get(name, ()) if year.has(name, *rule.columns)]


def _contradictions(
    year: Year, name: str, counted: dict[str, int]
) -> Iterator[tuple[str, str, int, str]]:
    """Contradictions between the columns of one row."""
    for rule in _rules(year, name):
        if n := counted[f"{AGAINST}{rule.id}"]:
            yield TABLES[name].term, rule.said, n, ""


def _without_case(year: Year) -> Iterator[tuple[str, str, int, str]]:
    """Steps of cases that the year does not have. Ratings may be of other years' cases."""
    if year.has("events", "case_id") and year.has("cases", "case_id"):
        steps = year.tables["events"].filter(lambda rows: rows["case_id"].notnull())
        lost = steps.anti_join(year.tables["cases"], "case_id").count().to_pandas()
        if lost:
            yield TABLES["events"].term, "办件编号不在办件表内", int(lost), ""


def _service_rules(year: Year) -> Iterator[tuple[str, str, int, str]]:
    """Rows of one service that contradict each other: then its flags cannot be counted."""
    items, table = year.items, TABLES["items"]
    terms = {c: f"“{table[c].term}”({c})" for c in ONE_PER_SERVICE if c in items}
    if {"materials_n", "materials_n_base"} <= set(items.columns):
        items = items.assign(reduced=items["materials_n"] < items["materials_n_base"])
        terms["reduced"] = "是否减材料(materials_n < materials_n_base)"
    days = {"": year.cutoff, "上年末": year.start - timedelta(days=1)}
    told: set[tuple[str, object]] = set()
    for when, day in days.items():
        services = in_force(items, day, year.exported_on).groupby("impl_code")
        for column, term in terms.items():
            values = services[column].nunique(dropna=False)
            mixed = [code for code in values.index[values > 1] if (column, code) not in told]
            told |= {(column, code) for code in mixed}
            if mixed:
                rule = f"同一实施编码的{term}{when}前后不一"
                yield table.term, rule, len(mixed), str(mixed[0])
