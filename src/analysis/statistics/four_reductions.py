"""Four reductions (四减): the figures by which a place counts them, beside each other."""

import pandas as pd

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.figure import rounded
from analysis.statistics.registry import REGISTRY
from analysis.tables.reduction import Reduction, Reductions

COLUMNS = ("四减", "指标", "数值", "单位", "公式", "说明")
NO_FIGURE = "数据不足:目录和办件没有可算的列"


def four_reductions_table(facts: Facts, declared: Reductions) -> pd.DataFrame:
    """Return how a place stands by each of its reductions.

    Args:
        facts: what the figures are computed from.
        declared: which reductions, see ``sources.reductions``.

    Returns:
        Index 四减; 指标, 数值 (text, rounded; empty where it could not be computed), 单位, 公式, and
        说明, which says why not.

    Raises:
        XukeError: a reduction names a figure that is not registered.
    """
    rows = [_row(reduction, facts) for reduction in declared.reductions]
    return pd.DataFrame(rows, columns=list(COLUMNS)).set_index("四减")


def _row(reduction: Reduction, facts: Facts) -> tuple[str, ...]:
    if not reduction.figure:
        return reduction.term, "", "", "", "", NO_FIGURE
    figure = REGISTRY.get((reduction.figure, reduction.variant))
    if figure is None:
        raise XukeError(
            f"four_reductions.toml 的“{reduction.term}”所用指标 {reduction.figure}"
            f"({reduction.variant or '无变体'})没有登记:请对照 docs/figures.md 改正。"
        )
    result = figure.result(facts)
    value = figure.value(result)
    shown = "" if value is None else str(rounded(value, figure.decimals))
    formula = figure.formula
    return reduction.term, figure.term, shown, figure.unit, formula, result.reason
