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
from analysis.tables.schema import Column, Need, Type
from analysis.tables.versions import in_force
from analysis.tables.year import Year

# A required column may be empty where the thing has not happened.
EMPTY_ALLOWED = {
    ("cases", "accepted_at"),
    ("cases", "not_accepted_at"),
    ("cases", "closed_at"),
    ("cases", "outcome"),
    ("items", "statutory_limit"),
}
ONE_PER_SERVICE = ("in_prov_system", "tolerance_ok", "on_application", "item_type")


def problems(year: Year) -> pd.DataFrame:
    """Return what is wrong with a year's items and cases.

    Returns:
        One row per rule that is broken: ``table``, ``rule`` (Chinese, naming the column), ``rows``
        (how many rows break it) and ``example`` (a value; never of a column with personal data).
    """
    found = [
        *_declared(year, "items"),
        *_declared(year, "cases"),
        *_case_rules(year.tables["cases"]),
        *_service_rules(year),
    ]
    return pd.DataFrame(found, columns=["table", "rule", "rows", "example"])


def _declared(year: Year, name: str) -> Iterator[tuple[str, str, int, str]]:
    """Empty required columns, unknown codes, repeated keys – all counted in one query."""
    rows, table = year.tables[name], TABLES[name]
    there = [column for column in table.columns if column.name in rows.columns]
    counts: dict[str, Any] = {}
    for column in there:
        if column.need is Need.REQUIRED and (name, column.name) not in EMPTY_ALLOWED:
            counts[f"empty:{column.name}"] = rows[column.name].isnull().sum()
        if column.codes and column.type is Type.CODE:
            bad = rows[column.name].notin(list(column.codes.terms))
            counts[f"code:{column.name}"] = bad.sum()
        if rows[column.name].type().is_floating():
            counts[f"number:{column.name}"] = _no_number(rows[column.name], column).sum()
    keys = (
        ibis.struct({key: rows[key] for key in table.key})
        if len(table.key) > 1
        else rows[table.key[0]]
    )
    counts["rows"], counts["keys"] = rows.count(), keys.nunique()
    result = rows.aggregate(**counts).to_pandas().iloc[0].fillna(0).astype("int64")
    repeated = int(result.pop("rows") - result.pop("keys"))
    for label, n in result[result > 0].items():
        rule, broken = str(label).split(":")
        yield table.term, _rule(rule, table[broken]), int(n), _example(rule, rows, table[broken])
    if repeated:
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
    }[rule]
    return f"“{column.term}”({column.name}){said}"


def _example(rule: str, rows: Any, column: Column) -> str:
    if rule != "code" or column.codes is None:
        return ""
    bad = rows.filter(rows[column.name].notin(list(column.codes.terms)))
    return str(bad[column.name].min().to_pandas())


def _case_rules(cases: Any) -> Iterator[tuple[str, str, int, str]]:
    """Contradictions between the columns of one case."""
    accepted, closed = cases["accepted_at"].notnull(), cases["closed_at"].notnull()
    refused = cases["not_accepted_at"].notnull()
    rules = {
        "受理时间早于申请时间": cases["accepted_at"] < cases["submitted_at"],
        "办结时间早于申请时间": cases["closed_at"] < cases["submitted_at"],
        "办结时间早于不受理时间": cases["closed_at"] < cases["not_accepted_at"],
        "办结时间早于受理时间": cases["closed_at"] < cases["accepted_at"],
        "不受理时间早于申请时间": cases["not_accepted_at"] < cases["submitted_at"],
        "既有受理时间又有不受理时间": accepted & refused,
        "受理状态为受理而没有受理时间": (cases["accept_status"] == "accepted") & ~accepted,
        "有受理时间而受理状态不是受理": (cases["accept_status"] != "accepted") & accepted,
        "受理状态为不受理而没有不受理时间": _not_accepted(cases) & ~refused,
        "有不受理时间而受理状态不是不受理或不予受理": ~_not_accepted(cases) & refused,
        "有办结时间而没有办结结果": closed & ~refused & cases["outcome"].isnull(),
        "有办结结果而没有办结时间": cases["outcome"].notnull() & ~closed,
        "准予或不予许可而没有受理时间": cases["outcome"].isin(["approved", "refused"]) & ~accepted,
    }
    if "record_state" in cases.columns:
        rules["数据状态为作废,不应计入"] = cases["record_state"] == "void"
    counted = {str(n): broken.fill_null(False).sum() for n, broken in enumerate(rules.values())}
    result = cases.aggregate(**counted).to_pandas().iloc[0].fillna(0)
    for rule, rows in zip(rules, result, strict=True):
        if rows:
            yield TABLES["cases"].term, rule, int(rows), ""


def _not_accepted(cases: Any) -> Any:
    return cases["accept_status"].isin(["not_needed", "rejected"])


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
        services = in_force(items, day).groupby("impl_code")
        for column, term in terms.items():
            values = services[column].nunique(dropna=False)
            mixed = [code for code in values.index[values > 1] if (column, code) not in told]
            told |= {(column, code) for code in mixed}
            if mixed:
                rule = f"同一实施编码的{term}{when}前后不一"
                yield table.term, rule, len(mixed), str(mixed[0])
