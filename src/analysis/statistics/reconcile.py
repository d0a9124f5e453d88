"""Reconciliation (数据核对): printed figures against computed ones, one verdict each."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pandas as pd

from analysis.statistics.agreement import agreement, printed_number
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, Kind, rounded
from analysis.statistics.registry import REGISTRY
from analysis.tables.explanation import Explanation

ZERO = Decimal(0)
RESIDUAL_NOTE = "由公开数相减;报告没有说明"


class Verdict(StrEnum):
    """What a comparison says (结论)."""

    AGREES = "一致"
    CALIBRATED = "校准一致"
    DIFFERS = "不一致"
    EXPLAINED = "已说明"
    RESIDUAL = "差额"
    STATED = "仅陈述"
    MISSING = "无法计算"
    UNKNOWN = "未登记"


FAILING = (Verdict.DIFFERS, Verdict.MISSING, Verdict.UNKNOWN)


def reconcile(
    facts: Facts, published: pd.DataFrame, explained: Mapping[str, Explanation] | None = None
) -> pd.DataFrame:
    """Compare each printed figure with the computed one.

    Args:
        facts: what the figures are computed from.
        published: the printed figures of the report, as ``tables.PUBLISHED``.
        explained: reasons by figure id; one covers only the difference that it names.

    Returns:
        One row per printed figure, then one per residual of printed figures: ``id``, ``term``,
        ``unit``, ``section``, ``published`` (as printed), ``computed`` (at the printed decimals),
        ``difference`` (computed − printed; empty where there is nothing to compare), ``verdict``
        and ``note``.
    """
    ours = {figure.id: figure for figure in reversed(REGISTRY.values())}  # first variant wins
    rows = [_compare(row, ours, facts, explained or {}) for _, row in published.iterrows()]
    rows += _residuals(rows, published, facts, explained or {})
    return pd.DataFrame(rows)


def with_verdicts(computed: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Put printed figure, difference and verdict beside the computed figures.

    Args:
        computed: as returned by ``figures``.
        compared: as returned by ``reconcile``; may be empty.

    Returns:
        ``computed`` with the columns ``published``, ``difference`` and ``verdict`` (empty where
        nothing is printed), on the first variant of each figure.
    """
    columns = ["published", "difference", "verdict"]
    beside = compared.reindex(columns=["id", *columns]).set_index("id")
    out = computed.join(beside, on="id")
    out.loc[out["id"].duplicated(), columns] = ""
    return out.fillna(dict.fromkeys(columns, ""))


def _compare(
    row: pd.Series,
    ours: Mapping[str, Figure],
    facts: Facts,
    explained: Mapping[str, Explanation],
) -> dict[str, str]:
    key, text = str(row["figure"]), str(row["value"])
    out = {
        "id": key,
        "term": str(row["term"]),
        "unit": str(row["unit"]),
        "section": str(row["section"]),
        "published": text,
        "computed": "",
        "difference": "",
        "verdict": Verdict.UNKNOWN.value,
        "note": "指标登记表里没有这个编号",
    }
    figure = ours.get(key)
    if figure is None:
        return out
    out["note"] = figure.numerator if figure.kind is Kind.STATED else ""
    if figure.kind is Kind.STATED:
        return {**out, "verdict": Verdict.STATED.value}
    result = figure.result(facts)
    value = figure.value(result)
    if value is None:
        return {**out, "verdict": Verdict.MISSING.value, "note": result.reason}
    return {**out, **_verdict(value, row, facts, explained.get(key))}


def _verdict(
    value: Fraction, row: pd.Series, facts: Facts, explanation: Explanation | None
) -> dict[str, str]:
    printed = printed_number(str(row["value"]), str(row["figure"]))
    found = agreement(value, printed, str(row["rounding"]), str(row["basis"]))
    difference = found.computed - printed
    out = {"computed": f"{found.computed:f}", "difference": f"{difference:f}", "note": ""}
    if found.agrees is None:
        return {**out, "verdict": Verdict.STATED.value, "note": "约数,不核对"}
    if found.agrees:
        verdict = Verdict.CALIBRATED if facts.year.synthetic else Verdict.AGREES
        return {**out, "verdict": verdict.value}
    if explanation and explanation.difference == difference:
        return {**out, "verdict": Verdict.EXPLAINED.value, "note": _said(explanation)}
    return {**out, "verdict": Verdict.DIFFERS.value}


def _residuals(
    rows: list[dict[str, str]],
    published: pd.DataFrame,
    facts: Facts,
    explained: Mapping[str, Explanation],
) -> list[dict[str, str]]:
    """Return what exact printed figures leave over, beside what the rows say it is made of."""
    exact = set(published.loc[published["rounding"] == "exact", "figure"])
    parts = {row["id"]: row for row in rows if row["id"] in exact}
    return [
        _residual(figure, parts, facts, explained.get(figure.id))
        for figure in REGISTRY.values()
        if figure.kind is Kind.RESIDUAL and all(name in parts for name, _ in figure.printed_as)
    ]


def _residual(
    figure: Figure,
    parts: Mapping[str, Mapping[str, str]],
    facts: Facts,
    explanation: Explanation | None,
) -> dict[str, str]:
    def total(column: str) -> Decimal:
        return sum((s * Decimal(parts[name][column] or 0) for name, s in figure.printed_as), ZERO)

    left, value = total("published"), figure.value(figure.result(facts))
    found = ZERO if value is None else rounded(value, 0)
    gap = found - left
    verdict, note = Verdict.DIFFERS, f"{RESIDUAL_NOTE};办件中为{figure.numerator}"
    off = {parts[name]["verdict"] for name, _ in figure.printed_as}
    off -= {Verdict.AGREES, Verdict.CALIBRATED}
    if value is None:
        verdict = Verdict.MISSING
    elif gap == 0:
        verdict = Verdict.RESIDUAL
    elif explanation and explanation.difference == gap:
        verdict, note = Verdict.EXPLAINED, _said(explanation)
    elif gap == total("difference") and off <= {Verdict.EXPLAINED}:
        verdict, note = Verdict.EXPLAINED, "差额随已说明的差异而变"
    return {
        "id": figure.id,
        "term": figure.term,
        "unit": figure.unit,
        "section": figure.section,
        "published": f"{left:f}",
        "computed": "" if value is None else f"{found:f}",
        "difference": "" if value is None else f"{gap:f}",
        "verdict": verdict.value,
        "note": note,
    }


def _said(explanation: Explanation) -> str:
    return f"{explanation.reason}({explanation.who},{explanation.date})"
