"""The funnel chart (漏斗图): rates over the size of their denominators, and how far chance reaches."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter

from analysis.problems.integrity.funnel import LIMITS, Funnel
from analysis.report import palette
from analysis.report.marks import axes, spread
from analysis.report.numbers import number, percent

TICKS = (0.0, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.0)
APART = 0.075  # of the height: nearer ticks are left out
LEAST = 0.0002  # of the axis: rates of nought alone have no height
ROOM = 1.25  # of the largest rate: labels need some


def funnel_chart(funnel: Funnel) -> Axes:
    """Draw each report's rate over its denominator, around the rate of all together.

    The denominator is drawn on a logarithmic scale, the rate on a square-root one: rates of a few
    in ten thousand stand beside rates of several per cent.
    """
    ax = axes(height=3.4)
    ax.set_xscale("log")
    ax.set_yscale("function", functions=(_root, np.square))
    curves, points = funnel.curves, funnel.points
    top = max(points["rate"].max(), LEAST) * ROOM
    for shade, name in zip((0.28, 0.14), LIMITS, strict=True):
        low, high = curves[f"{name} low"], curves[f"{name} high"].clip(upper=top)
        ax.fill_between(curves["n"], low, high, color=palette.COMPARED, alpha=shade, linewidth=0)
    centre = float(funnel.centre)
    ax.axhline(centre, color=palette.MUTE, linewidth=1, linestyle=(0, (3, 2)))
    ax.annotate(
        f"合计 {_shown(centre)}",
        (1, centre),
        (-2, 4),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        color=palette.MUTE,
        fontsize=8,
    )
    ax.scatter(points["n"], points["rate"], color=palette.SUBJECT, s=26, zorder=3)
    ax.set(xlabel="", ylabel="", ylim=(0, top), xlim=(curves["n"].min(), curves["n"].max() * 6))
    _label(ax, points)
    ax.yaxis.set_major_locator(FixedLocator(_ticks(top)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate * 100:g}%"))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda n, _: number(n)))
    return ax


def _label(ax: Axes, points: pd.DataFrame) -> None:
    """Name each point to its right, moved up as little as keeps the names apart."""
    points = points.sort_values("rate", kind="stable")
    gap = float(_root(ax.get_ylim()[1])) * 0.062
    heights = spread([float(_root(rate)) for rate in points["rate"]], gap)
    for row, height in zip(points.to_dict("records"), heights, strict=True):
        ax.annotate(
            f"{row['place']} {row['period']} {_shown(row['rate'])}",
            (row["n"], row["rate"]),
            (row["n"] * 1.18, height**2),
            va="center",
            color=palette.INK,
            fontsize=8,
            bbox={"facecolor": palette.PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.6},
        )


def _ticks(top: float) -> list[float]:
    """Return the ticks that stand apart, from the top: the root of a rate is what is drawn."""
    kept: list[float] = []
    for tick in reversed([tick for tick in TICKS if tick <= top]):
        if not kept or kept[-1] ** 0.5 - tick**0.5 >= APART * top**0.5:
            kept.append(tick)
    return kept


def _shown(rate: float) -> str:
    """Print a rate with two digits that tell, whatever its size."""
    places = 0 if rate == 0 else max(0, 1 - int(np.floor(np.log10(rate * 100))))
    return percent(rate, places)


def _root(rate: Any) -> Any:
    return np.sqrt(np.clip(np.asarray(rate, dtype=float), 0, None))
