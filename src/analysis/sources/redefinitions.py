"""Declared changes of definition (口径变化): ``data/redefinitions.toml``, written by people."""

import tomllib
from pathlib import Path

from analysis.errors import XukeError
from analysis.project import data_dir
from analysis.statistics.registry import REGISTRY
from analysis.tables.names import nearest
from analysis.tables.redefinition import Redefinition

ASKED = "须有 since(年度)、what、source,可有 place、figure"


def redefinitions(place: str, *, data: Path | None = None) -> list[Redefinition]:
    """Return the changes of definition declared for a place, or for all places; oldest first.

    Raises:
        XukeError: the file is not valid, or names a figure that there is not.
    """
    path = (data or data_dir()) / "redefinitions.toml"
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("redefinition", [])
        found = [
            Redefinition(
                str(entry.get("figure", "")),
                int(entry["since"]),
                str(entry["what"]),
                str(entry["source"]),
            )
            for entry in entries
            if entry.get("place", place) == place
        ]
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise XukeError(
            f"redefinitions.toml 读不懂({error}):每条[[redefinition]]{ASKED}。"
        ) from error
    known = {figure_id for figure_id, _ in REGISTRY}
    for each in found:
        if each.figure and each.figure not in known:
            raise XukeError(
                f"redefinitions.toml 里没有登记名为“{each.figure}”的指标:{nearest(each.figure, known)}"
            )
    return sorted(found, key=lambda each: each.since)
