"""Reconciliation (数据核对): printed figures against computed ones, one verdict each."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pandas as pd

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, Kind, rounded
from analysis.statistics.figures import REGISTRY
from analysis.tables.explanation import Explanation

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
    printed = {
        str(row["figure"]): _number(str(row["value"]), str(row["figure"]))
        for _, row in published.iterrows()
    }
    residuals = [figure for figure in REGISTRY.values() if figure.kind is Kind.RESIDUAL]
    rows += [
        _residual(figure, printed, facts)
        for figure in residuals
        if all(name in printed for name, _ in figure.printed_as)
    ]
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
    """Compare a value with the printed one, at the printed decimals; words are taken exactly."""
    printed = _number(str(row["value"]), str(row["figure"]))
    decimals = max(-int(printed.as_tuple().exponent), 0)
    computed = rounded(value, decimals)
    exactly = row["basis"] != "words" or value == Fraction(printed)
    agrees = computed == printed and exactly
    shown = str(computed) if exactly else str(rounded(value, decimals + 6))
    difference = Decimal(shown) - printed
    out = {"computed": shown, "difference": f"{difference:f}", "note": ""}
    if agrees:
        verdict = Verdict.CALIBRATED if facts.year.synthetic else Verdict.AGREES
        return {**out, "verdict": verdict.value}
    if explanation and explanation.difference == difference:
        said = f"{explanation.reason}({explanation.who},{explanation.date})"
        return {**out, "verdict": Verdict.EXPLAINED.value, "note": said}
    return {**out, "verdict": Verdict.DIFFERS.value}


def _residual(figure: Figure, printed: Mapping[str, Decimal], facts: Facts) -> dict[str, str]:
    """Show what printed figures leave over, beside what the rows say it is made of."""
    left = sum((sign * printed[name] for name, sign in figure.printed_as), Decimal(0))
    value = figure.value(figure.result(facts))
    found = "" if value is None else str(rounded(value, 0))
    verdict = Verdict.RESIDUAL if found == str(left) else Verdict.DIFFERS
    return {
        "id": figure.id,
        "term": figure.term,
        "unit": figure.unit,
        "section": figure.section,
        "published": str(left),
        "computed": found,
        "difference": "" if value is None else str(Decimal(found) - left),
        "verdict": verdict.value,
        "note": f"{RESIDUAL_NOTE};办件中为{figure.numerator}",
    }


def _number(text: str, key: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise XukeError(
            f"公开数“{key}”的值“{text}”不是数:请改正 published/figures.csv。"
        ) from error
