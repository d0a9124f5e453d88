"""Standardised ratios (标准化比) by expected number, each with its interval: a funnel of intervals."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analysis.problems.departments.answers import SAID
from analysis.report import palette
from analysis.report.marks import axes
from analysis.report.numbers import number

NAMED = 5  # of the departments outside, those furthest from 1
LEAST = 0.5  # expected; below it there is no telling
INSIDE = SAID[0]


def drawable(table: pd.DataFrame) -> pd.Series:
    """Return which departments have a ratio to be drawn."""
    return (table["按事项结构应有"] >= LEAST) & table["标准化比"].notna()


def ratio_funnel(table: pd.DataFrame) -> Axes:
    """Draw each department's ratio over its expected number with its interval, around 1.

    How much a department's events vary beyond chance depends on its items, so there is no one curve
    of limits: each has its own interval, the table's. Who is outside by the verdict is set off.

    Args:
        table: ``部门``, ``按事项结构应有``, ``标准化比``, ``区间下限``, ``区间上限``,
            ``与其他部门相比``.
    """
    ax = axes(height=3.2)
    table = table[drawable(table)]
    expected, ratio = table["按事项结构应有"], table["标准化比"]
    top = max(float(ratio.max()) * 1.15, 2.0)
    high = table["区间上限"].fillna(np.inf).clip(upper=top)
    ax.vlines(
        expected, table["区间下限"].clip(upper=top), high, color=palette.COMPARED, linewidth=1.4
    )
    ax.axhline(1, color=palette.MUTE, linewidth=1, linestyle=(0, (3, 2)))
    outside = table["与其他部门相比"] != INSIDE
    for of, colour in ((~outside, palette.SUBJECT), (outside, palette.ACCENT)):
        ax.scatter(expected[of], ratio[of], color=colour, s=24, zorder=3)
    far = (np.log(ratio.clip(lower=0.05)).abs() * np.sqrt(expected))[outside].nlargest(NAMED).index
    for row in table.loc[far].to_dict("records"):
        ax.annotate(
            str(row["部门"]),
            (row["按事项结构应有"], row["标准化比"]),
            (6, 5),
            textcoords="offset points",
            fontsize=8,
        )
    ax.set_xscale("log")
    ax.set(xlabel="按事项结构应有的件数(对数刻度)", ylabel="实有与应有之比", ylim=(0, top))
    ax.set_xlim(float(expected.min()) * 0.8, float(expected.max()) * 1.6)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda n, _: number(n)))
    return ax
