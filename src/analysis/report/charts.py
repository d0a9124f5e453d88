"""Charts (图): small frames in, matplotlib Axes out. What a chart says stands in its caption."""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.errors import XukeError
from analysis.report import palette
from analysis.report.marks import axes, label_point, mark, name_parts, spread, tick_numbers
from analysis.report.numbers import number, percent

Format = Callable[[Any], str]

BAR = 0.26  # inches of height for one horizontal bar
OLDER: Any = ((0, (5, 2)), (0, (1, 1.5)))  # how lines of years before last year are broken
FITS = 0.06  # share of a whole in which a label has room


def two_places(value: float) -> str:
    """Print a number with two decimals, as 万件 are."""
    return number(value, 2)


def months(frame: pd.DataFrame, *, value: str, form: Format = number) -> Axes:
    """Draw one line a year over the months (逐月): the last year dark, those before grey.

    The year before it is drawn through, older ones are broken, so that grey lines are told apart.

    Args:
        frame: one row for each ``year`` and ``month`` (1-12).
        value: the column drawn, in the unit that the caption names.
        form: how the highest and lowest month of the last year are labelled.

    Example:
        >>> cases = pd.DataFrame({"year": 2022, "month": range(1, 13), "n": range(12)})
        >>> ax = months(cases, value="n")
        >>> [label.get_text() for label in ax.get_xticklabels()][:2]
        ['1月', '2月']
    """
    ax = axes()
    lines = frame.pivot(index="month", columns="year", values=value)
    last = lines.columns[-1]
    colours = dict.fromkeys(lines.columns, palette.COMPARED) | {last: palette.SUBJECT}
    sns.lineplot(lines, palette=colours, dashes=False, legend=False, ax=ax)
    for line, dash in zip(reversed(ax.lines[: len(lines.columns) - 2]), OLDER, strict=False):
        line.set_linestyle(dash)
    ax.set(xlabel="", ylabel="", xlim=(0.7, 12.7), ylim=(0, np.nanmax(lines) * 1.12))
    ax.set_xticks(range(1, 13), [f"{month}月" for month in range(1, 13)])
    tick_numbers(ax.yaxis)
    ends = lines.ffill().iloc[-1].sort_values()
    gap = ax.get_ylim()[1] * 0.08
    for at, year in zip(spread(list(ends), gap), ends.index, strict=True):
        colour = palette.SUBJECT if year == last else palette.MUTE
        ax.text(lines.index[-1] + 0.15, at, str(year), color=colour, va="center")
    known = lines[last].dropna()
    for extreme, above in ((int(known.argmax()), True), (int(known.argmin()), False)):
        label_point(ax, known.index[extreme], known.iloc[extreme], form, above=above)
    return ax


def ranked_bars(
    values: pd.Series, *, form: Format = number, highlight: Collection[str] = ()
) -> Axes:
    """Draw horizontal bars (排名), longest on top, each with its value.

    Args:
        values: one value for each label of the index, such as departments.
        form: how a value is printed beside its bar.
        highlight: labels that need attention.

    Example:
        >>> ax = ranked_bars(pd.Series({"甲局": 3, "乙局": 5}))
        >>> [label.get_text() for label in ax.get_yticklabels()]
        ['乙局', '甲局']
    """
    values = values.sort_values(ascending=False, kind="stable")
    ax = axes(height=BAR * len(values) + 0.15)
    names = [str(name) for name in values.index]
    colours = [palette.ACCENT if name in highlight else palette.SUBJECT for name in names]
    sns.barplot(
        x=values.to_numpy(),
        y=names,
        hue=names,
        palette=colours,
        width=0.66,
        saturation=1,
        legend=False,
        errorbar=None,
        clip_on=False,
        ax=ax,
    )
    for at, value in enumerate(values):
        ax.annotate(form(value), (value, at), (4, 0), textcoords="offset points", va="center")
    ax.set(xlabel="", ylabel="", xlim=(0, values.max() * 1.1))
    ax.grid(visible=False)  # each bar has its value beside it
    ax.tick_params(axis="y", labelcolor=palette.INK)
    ax.spines["bottom"].set_visible(False)
    ax.xaxis.set_visible(False)
    return ax


def shares(frame: pd.DataFrame) -> Axes:
    """Draw the parts of wholes (构成): one bar of 100 % for each row.

    Args:
        frame: counts; one row for each whole, one column for each part.

    Raises:
        XukeError: more parts than can be told apart.

    Example:
        >>> ax = shares(pd.DataFrame({"窗口": [1], "网上": [3]}, index=["2022年"]))
        >>> len(ax.patches)
        2
    """
    if frame.shape[1] > len(palette.PARTS):
        raise XukeError(f"构成图最多 {len(palette.PARTS)} 部分,现有 {frame.shape[1]}:请合并小项。")
    parts = frame.div(frame.sum(axis=1), axis=0)
    starts = parts.cumsum(axis=1) - parts
    ax = axes(height=0.42 * len(parts) + 0.45)
    for part, colour in zip(parts.columns, palette.PARTS, strict=False):
        ax.barh(range(len(parts)), parts[part], left=starts[part], color=colour, height=0.62)
        ink = palette.PAPER if colour in palette.DARK_PARTS else palette.INK
        for at, (start, width) in enumerate(zip(starts[part], parts[part], strict=True)):
            if width >= FITS:
                ax.text(
                    start + width / 2, at, percent(width, 1), color=ink, ha="center", va="center"
                )
    name_parts(ax, starts.iloc[0])
    ax.set(xlim=(0, 1), ylim=(len(parts) - 0.5, -0.95))
    ax.set_yticks(range(len(parts)), [str(name) for name in parts.index])
    ax.tick_params(axis="y", labelcolor=palette.INK)
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    ax.xaxis.set_visible(False)
    return ax


def days_distribution(counts: pd.Series, *, last: int, limit: int | None = None) -> Axes:
    """Draw how many cases took how many working days (办理用时分布), with the median.

    Args:
        counts: number of cases, indexed by whole working days; days may be missing.
        last: the last day with a bar of its own; longer ones share the bar “>last”.
        limit: the limit (时限) to mark, in working days.

    Example:
        >>> ax = days_distribution(pd.Series({0: 5, 1: 3, 9: 1}), last=4)
        >>> len(ax.patches)  # days 0 to 4, and longer ones together
        6
    """
    ax = axes()
    counts = counts.sort_index()
    shown = counts.reindex(range(last + 1), fill_value=0)
    shown[last + 1] = counts[counts.index > last].sum()
    colours = [
        palette.SUBJECT if limit is None or day <= limit else palette.ACCENT for day in shown.index
    ]
    ax.bar(shown.index, shown, width=0.82, color=colours)
    ax.set(xlim=(-0.6, last + 1.6), ylim=(0, shown.max() * 1.16))
    step = max(1, round(last / 15))
    days = [*range(0, last + 1 - step // 2, step), last + 1]
    ax.set_xticks(days, [*map(str, days[:-1]), f">{last}"])
    tick_numbers(ax.yaxis)
    median = _median(counts)
    mark(
        ax,
        min(median, last + 1),
        shown.max() * 1.02,
        f"中位数 {number(median, median % 1 > 0)} 天",
        palette.INK,
    )
    if limit is not None and limit <= last:
        mark(ax, limit + 0.5, 0, f"时限 {limit} 天", palette.ALERT_INK)
    return ax


def _median(counts: pd.Series) -> float:
    """Return the median (中位数) of the days that ``counts`` counts, ascending by day."""
    upto, total = counts.cumsum(), counts.sum()
    lower, upper = (
        counts.index[(upto > at).to_numpy()][0] for at in ((total - 1) // 2, total // 2)
    )
    return float(lower + upper) / 2
