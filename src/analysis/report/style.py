"""The look of charts, put in force."""

from functools import cache
from typing import Any

import matplotlib as mpl
from cycler import cycler

from analysis.report import palette
from analysis.report.fonts import FAMILY, register

COLOURS: Any = {
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "axes.edgecolor": palette.COMPARED,
    "axes.labelcolor": palette.MUTE,
    "axes.prop_cycle": cycler(color=[palette.SUBJECT, palette.ACCENT, *palette.PARTS[1:]]),
    "grid.color": palette.LINE,
    "text.color": palette.INK,
    "xtick.color": palette.COMPARED,
    "ytick.color": palette.COMPARED,
    "xtick.labelcolor": palette.MUTE,
    "ytick.labelcolor": palette.MUTE,
}


@cache
def use() -> None:
    """Give every chart drawn from now on the project's look and its packaged Chinese font."""
    register()
    mpl.rcParams.update(mpl.rc_params_from_file(palette.SHAPE, use_default_template=False))
    mpl.rcParams.update(COLOURS)
    mpl.rcParams["font.family"] = [FAMILY]
