"""Conditions (条件) under which a reading holds, as a mapping file writes them."""

from typing import Any

from analysis.errors import XukeError
from analysis.sources.mapping.checked import constant, each, only
from analysis.sources.mapping.declared import Comparison, Condition


def conditions(entry: Any, where: str) -> tuple[Condition, ...]:
    """Read ``{field = "a"}``, ``{field = ["a", "b"]}`` or ``{field = {contains = "a"}}``.

    Raises:
        XukeError: anything else.
    """
    return tuple(
        _condition(field, asked, f"{where} 条件“{field}”")
        for field, asked in each(entry, where).items()
    )


def _condition(field: str, asked: Any, where: str) -> Condition:
    if not isinstance(asked, dict):
        return Condition(field, Comparison.IS, _values(asked, where))
    only(asked, [test.value for test in Comparison], where)
    if len(asked) != 1:
        raise XukeError(f"{where} 须恰有一种比较:is、not、contains 或 filled。")
    ((test, wanted),) = asked.items()
    if Comparison(test) is Comparison.FILLED and not isinstance(wanted, bool):
        raise XukeError(f"{where} 的 filled 须为 true 或 false。")
    return Condition(field, Comparison(test), _values(wanted, where))


def _values(asked: Any, where: str) -> tuple[str, ...]:
    listed = asked if isinstance(asked, list) else [asked]
    return tuple(constant(one, where) for one in listed)
