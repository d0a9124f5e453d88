"""The chart of closures around a limit (到期前后): whether they go on beyond it."""

import pandas as pd
from matplotlib.axes import Axes

from analysis.report import palette
from analysis.report.marks import axes, mark, tick_numbers


def around_limit(counts: pd.Series) -> Axes:
    """Draw how many cases closed how many working days from their last day (到期日).

    Args:
        counts: cases by working days after the last day, negative before it.
    """
    ax = axes(height=2.6)
    counts = counts.sort_index()
    colours = [palette.ACCENT if day > 0 else palette.SUBJECT for day in counts.index]
    ax.bar(counts.index, counts, width=0.82, color=colours)
    ax.set(
        xlabel="距法定到期日的工作日",
        ylabel="",
        xlim=(counts.index.min() - 0.6, counts.index.max() + 0.6),
    )
    ax.set_ylim(0, max(float(counts.max()), 1) * 1.16)
    tick_numbers(ax.yaxis)
    ax.set_xticks([day for day in counts.index if day % 5 == 0])
    mark(ax, 0.5, 0, "法定到期", palette.ALERT_INK)
    return ax
