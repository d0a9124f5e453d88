"""Reductions (四减): which ones a place counts, and by which figures, from ``four_reductions.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from analysis.errors import XukeError
from analysis.project import data_dir
from analysis.tables.reduction import Reduction, Reductions

DEFAULT = "default"
ASKED = "每处须有 source 和 reductions,其中每项有 term,可有 figure 和 variant"


def four_reductions(place: str, *, data: Path | None = None) -> Reductions:
    """Return the reductions in ``data/four_reductions.toml`` for a place, else the default ones.

    Raises:
        XukeError: the file is not there or not valid, or has nothing for the place.
    """
    try:
        text = ((data or data_dir()) / "four_reductions.toml").read_text(encoding="utf-8")
        declared = tomllib.loads(text)
        entry = declared.get(place, declared.get(DEFAULT))
        return _read(entry) if entry is not None else _none(place)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise XukeError(f"four_reductions.toml 读不懂({error}):{ASKED}。") from error


def _read(entry: dict[str, Any]) -> Reductions:
    each = tuple(_reduction(one) for one in entry["reductions"])
    return Reductions(str(entry["source"]), each)


def _reduction(entry: dict[str, Any]) -> Reduction:
    unknown = set(entry) - {"term", "figure", "variant"}
    if unknown:
        raise ValueError(f"不认识 {'、'.join(sorted(unknown))}")
    return Reduction(
        str(entry["term"]), str(entry.get("figure", "")), str(entry.get("variant", ""))
    )


def _none(place: str) -> Reductions:
    raise XukeError(
        f"four_reductions.toml 里没有 {place} 的四减,也没有 [{DEFAULT}]:请补上其中一处。"
    )
