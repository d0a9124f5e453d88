"""What charts are put together from: an empty chart, ticks, and labels beside what they name."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.report import palette, style
from analysis.report.numbers import number

CHARACTER = 0.0175  # width of a Chinese character, as a share of the axes
LAST_MONTH = 12


def axes(height: float | None = None) -> Axes:
    """Return empty axes in the project's look, ``height`` inches high."""
    style.use()
    width, usual = plt.rcParams["figure.figsize"]
    return plt.subplots(figsize=(width, height or usual))[1]


def tick_numbers(axis: Axis) -> None:
    """Print ticks as the tables print numbers, with the decimals that they need."""
    axis.set_major_locator(MaxNLocator(5))
    places = 0 if all(tick % 1 == 0 for tick in axis.get_majorticklocs()) else 1
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value, places)))


def spread(places: list[float], gap: float) -> list[float]:
    """Return ascending places moved upwards as little as puts them ``gap`` apart."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else place)
    return moved


def label_point(ax: Axes, x: float, y: float, form: Callable[[Any], str], *, above: bool) -> None:
    """Mark one point of a line and write its value above or below it, beside it at the far end."""
    ax.plot([x], [y], "o", color=palette.SUBJECT, markersize=4.5)
    at_end = x >= LAST_MONTH  # where the year's own label stands
    ax.annotate(
        form(y),
        (x, y),
        (-8 if at_end else 0, 7 if above else -7),
        textcoords="offset points",
        ha="right" if at_end else "center",
        va="bottom" if above else "top",
        color=palette.SUBJECT,
    )


def name_parts(ax: Axes, starts: pd.Series) -> None:
    """Write the name of each part where it begins, or as near as there is room."""
    widths = [0.035 + CHARACTER * len(str(part)) for part in starts.index]
    places, free, room = [], 0.0, 1.0
    for start, width in zip(starts, widths, strict=True):
        places.append(max(start, free))
        free = places[-1] + width
    for at in reversed(range(len(places))):  # back from the right edge, where they ran over it
        places[at] = room = min(places[at], room - widths[at])
    for part, place, colour in zip(starts.index, places, palette.PARTS, strict=False):
        ax.plot([place + 0.007], [-0.62], "s", color=colour, markersize=6, clip_on=False)
        ax.text(place + 0.018, -0.62, str(part), va="center", color=palette.MUTE)


def mark(ax: Axes, x: float, bottom: float, words: str, colour: str) -> None:
    """Draw an upright line from ``bottom`` to the top, and beside it what it marks."""
    top = ax.get_ylim()[1]
    ax.plot([x, x], [bottom, top], color=colour, linewidth=1.2, linestyle=(0, (3, 2)))
    ax.annotate(words, (x, top), (5, 0), textcoords="offset points", va="top", color=colour)
