"""The event-study chart (事件研究图): what differed month by month, before and after something began."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.report import palette
from analysis.report.marks import axes, mark, tick_numbers

NAMED = 0.12  # of the height is left free above all intervals, for the name of the beginning


def event_study(table: pd.DataFrame) -> Axes:
    """Draw a difference with its intervals by months since the beginning, the mean before it at zero.

    Args:
        table: months since, difference, and the ends of its interval, as the first four columns.
    """
    ax = axes(height=2.8)
    months, value, low, high = (table.iloc[:, at].astype(float) for at in range(4))
    ax.axhline(0, color=palette.MUTE, linewidth=1)
    ax.vlines(months, low, high, color=palette.COMPARED, linewidth=2.2)
    before = months < 0
    ax.plot(months[before], value[before], "o", color=palette.COMPARED, markersize=6)
    ax.plot(months[~before], value[~before], "o", color=palette.SUBJECT, markersize=6)
    ax.set(xlabel="距下放的月数", ylabel="", xlim=(months.min() - 0.7, months.max() + 0.7))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    tick_numbers(ax.yaxis)
    bottom, top = ax.get_ylim()
    ax.set_ylim(bottom, top + (top - bottom) * NAMED)
    mark(ax, -0.5, ax.get_ylim()[0], "下放", palette.ALERT_INK)
    return ax
