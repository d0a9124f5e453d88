"""Explained differences (差异说明): what a person has said about a printed figure that differs."""

import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from analysis.errors import XukeError
from analysis.project import data_dir
from analysis.tables.explanation import Explanation

ASKED = "须有 place、year、figure、difference、reason、who、date"


def explanations(place: str, year: int, *, data: Path | None = None) -> dict[str, Explanation]:
    """Return the explanations in ``data/differences.toml`` for a place and year, by figure id.

    Raises:
        XukeError: the file is not valid, or an entry lacks something.
    """
    path = (data or data_dir()) / "differences.toml"
    if not path.is_file():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("difference", [])
        mine = [entry for entry in entries if (entry["place"], entry["year"]) == (place, year)]
        said = [(str(entry["figure"]), _explanation(entry)) for entry in mine]
    except (OSError, KeyError, InvalidOperation, TypeError, ValueError) as error:
        raise XukeError(f"differences.toml 读不懂({error}):每条[[difference]]{ASKED}。") from error
    explained = dict(said)
    if len(explained) < len(said):
        raise XukeError(f"differences.toml 对 {place} {year} 年的同一指标说明了两次:请只留一条。")
    return explained


def _explanation(entry: dict[str, Any]) -> Explanation:
    words = [str(entry[name]).strip() for name in ("reason", "who", "date")]
    if not all(words):
        raise ValueError("reason、who、date 不能为空")
    difference = Decimal(str(entry["difference"]))
    if not difference.is_finite():
        raise ValueError("difference 不是数")
    return Explanation(difference, *words)
