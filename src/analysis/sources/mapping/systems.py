"""Code systems (代码系统): what the codes of each known system mean, from ``codes.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from analysis.errors import XukeError
from analysis.sources.mapping.checked import each, only, texts
from analysis.sources.mapping.declared import CodeSystem
from analysis.tables.codes import catalogue, oversight, process, totals
from analysis.tables.schema import CodeList, Column

FLAGS = {"true", "false"}  # what the codes of a 是否 column stand for
KEYS = ("list", "term", "values", "lacks", "source", "confidence", "labels", "words")
OWN = "canonical"  # the name under which a mapping says that the codes are this project's own
LISTS: dict[str, CodeList] = {
    name.lower(): value
    for module in (catalogue, process, oversight, totals)
    for name, value in vars(module).items()
    if isinstance(value, CodeList)
}


def code_systems(data: Path) -> dict[str, CodeSystem]:
    """Return the code systems of ``data/presets/codes.toml``, by name.

    Raises:
        XukeError: the file is not valid.
    """
    path = data / "presets" / "codes.toml"
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise XukeError(
            f"代码系统表 presets/codes.toml 读不出来({error}):请恢复该文件。"
        ) from error
    return systems(declared, "presets/codes.toml")


def systems(declared: Any, where: str) -> dict[str, CodeSystem]:
    """Return the code systems of a TOML table.

    Raises:
        XukeError: a key, a list or a canonical code is unknown.
    """
    return {
        name: _system(name, entry, f"{where} [{name}]")
        for name, entry in each(declared, where).items()
    }


def readings(column: Column, known: dict[str, CodeSystem]) -> list[CodeSystem]:
    """Return the code systems that a column could be written in."""
    return [s for s in known.values() if LISTS.get(s.codes) == column.codes]


def _system(name: str, entry: Any, where: str) -> CodeSystem:
    entry = only(entry, KEYS, where)
    codes = str(entry.get("list", ""))
    values = {str(own): str(code) for own, code in each(entry.get("values", {}), where).items()}
    only({codes: None}, (*LISTS, "flag"), f"{where} list")
    allowed = FLAGS if codes == "flag" else set(LISTS[codes].terms)
    for code in (*values.values(), *texts(entry.get("lacks", []), where)):
        for part in filter(None, code.split("^")):
            only({part: None}, sorted(allowed), f"{where} values")
    labels = {str(k): str(v) for k, v in each(entry.get("labels", {}), where).items()}
    only(dict.fromkeys(labels.values()), values, f"{where} labels")
    words = entry.get("words", False)
    if not isinstance(words, bool):
        raise XukeError(f"{where} 的 words 须为 true 或 false。")
    return CodeSystem(
        name=name,
        codes=codes,
        term=str(entry.get("term", name)),
        values=values,
        lacks=texts(entry.get("lacks", []), where),
        source=str(entry.get("source", "")),
        confidence=str(entry.get("confidence", "U")),
        labels=labels,
        words=words,
    )
