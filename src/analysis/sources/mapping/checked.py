"""Strict reading of what a mapping file says (严格读入): nothing unknown passes unseen."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from analysis.errors import XukeError


def each(value: Any, where: str) -> dict[str, Any]:
    """Return a TOML table.

    Raises:
        XukeError: it is something else.
    """
    if not isinstance(value, dict):
        raise XukeError(f"{where} 须为一张表(键 = 值),现在是 {_shown(value)}。")
    return value


def only(value: Any, allowed: Iterable[str], where: str) -> dict[str, Any]:
    """Return a TOML table none of whose keys is unknown.

    Raises:
        XukeError: a key is unknown; names the nearest one.
    """
    known = list(allowed)
    for key in each(value, where):
        if key not in known:
            raise XukeError(f"{where} 里有不认识的“{key}”:{nearest(key, known)}")
    return dict(value)


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that names the nearest known name, or all of them."""
    names = list(known)
    close = get_close_matches(wrong, names, n=1)
    return f"是不是 {close[0]}?" if close else f"可用的有 {'、'.join(names)}。"


def text(value: Any, where: str) -> str:
    """Return a string.

    Raises:
        XukeError: it is something else.
    """
    if not isinstance(value, str):
        raise XukeError(f"{where} 须为文字(加引号),现在是 {_shown(value)}。")
    return value


def texts(value: Any, where: str) -> tuple[str, ...]:
    """Return strings, of which one alone may stand without a list.

    Raises:
        XukeError: something else.
    """
    listed = value if isinstance(value, list) else [value]
    return tuple(text(one, where) for one in listed)


def constant(value: Any, where: str) -> str:
    """Return a text, number or true/false as the text that a table would read.

    Raises:
        XukeError: something else.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        raise XukeError(f"{where} 须为文字、数字或 true/false,现在是 {_shown(value)}。")
    return str(value)


def _shown(value: Any) -> str:
    kinds = {dict: "一张表", list: "一个列表", str: "文字", bool: "true/false"}
    return kinds.get(type(value), f"{value}")
