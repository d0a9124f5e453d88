"""The funnel of standardised ratios (标准化比漏斗图): how far chance reaches, by expected number."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from scipy.stats import chi2

from analysis.problems.departments.answers import SAID
from analysis.report import palette
from analysis.report.marks import axes
from analysis.report.numbers import number

LIMITS = (0.002, 0.05)  # two-sided: 99.8 % and 95 %
NAMED = 5  # of the departments outside, those furthest from 1
LEAST = 0.5  # expected; below it there is no telling


def ratio_funnel(table: pd.DataFrame) -> Axes:
    """Draw each department's ratio over its expected number, around 1, with limits of chance.

    Args:
        table: ``部门``, ``按事项结构应有``, ``标准化比`` and ``与其他部门相比``, by which those outside
            are set off. The limits are the exact Poisson ones; what items vary beyond them is in
            the table's intervals, so that not all beyond the limits are outside.
    """
    ax = axes(height=3.2)
    table = table[table["按事项结构应有"] >= LEAST]
    expected, ratio = table["按事项结构应有"], table["标准化比"]
    top = max(float(ratio.max()) * 1.15, 2.0)
    at = np.geomspace(max(float(expected.min()) * 0.8, LEAST), float(expected.max()) * 1.6, 120)
    for shade, level in zip((0.14, 0.28), LIMITS, strict=True):
        low = chi2.ppf(level / 2, 2 * at) / 2 / at
        high = chi2.ppf(1 - level / 2, 2 * at + 2) / 2 / at
        ax.fill_between(
            at, low, high.clip(max=top), color=palette.COMPARED, alpha=shade, linewidth=0
        )
    ax.axhline(1, color=palette.MUTE, linewidth=1, linestyle=(0, (3, 2)))
    outside = table["与其他部门相比"] != SAID[0]
    colours = np.where(outside, palette.ACCENT, palette.SUBJECT)
    ax.scatter(expected, ratio, color=colours.tolist(), s=24, zorder=3)
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
    ax.set(xlabel="", ylabel="", ylim=(0, top), xlim=(at[0], at[-1]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda n, _: number(n)))
    return ax
