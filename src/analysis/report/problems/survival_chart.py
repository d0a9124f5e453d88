"""The chart of what is still open after so many days (生存曲线), open cases counted and left out."""

import pandas as pd
from matplotlib.axes import Axes

from analysis.report import palette
from analysis.report.marks import axes, tick_numbers

HALF = 50  # per cent


def survival_curves(table: pd.DataFrame) -> Axes:
    """Draw which share of the cases lasts beyond each day, and where it comes to a half.

    Args:
        table: days; per cent left with open cases counted, the ends of its interval; per cent left of
            the closed cases alone, as the first five columns.
    """
    ax = axes(height=2.8)
    days, left, low, high, usual = (table.iloc[:, at].astype(float) for at in range(5))
    ax.fill_between(days, low, high, step="post", color=palette.SUBJECT, alpha=0.18, linewidth=0)
    ax.step(days, usual, where="post", color=palette.COMPARED, label="只算已办结")
    ax.step(days, left, where="post", color=palette.SUBJECT, label="含在办")
    ax.axhline(HALF, color=palette.MUTE, linewidth=1, linestyle=":")
    ax.set(xlabel="受理后的工作日", ylabel="", xlim=(0, days.max()), ylim=(0, 100))
    ax.legend(loc="upper right", frameon=False)
    tick_numbers(ax.xaxis)
    tick_numbers(ax.yaxis)
    return ax
