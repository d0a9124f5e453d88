"""Choices (选择): the part of a year that an analyst looks at."""

from dataclasses import dataclass, replace

import pandas as pd

from analysis.errors import XukeError
from analysis.statistics.departments import department_code
from analysis.statistics.facts import Facts
from analysis.tables.codes.process import APPLY_CHANNEL
from analysis.tables.names import nearest

MONTHS = range(1, 13)


@dataclass(frozen=True)
class Choices:
    """A part of a year; what is empty is not chosen, so all of it counts.

    Attributes:
        department: code or name of a department (部门).
        item: code of an item (业务办理项).
        channel: code of a channel (申报来源).
        months: months of the year (月份), 1-12.
    """

    department: str = ""
    item: str = ""
    channel: str = ""
    months: tuple[int, ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the dimensions in which something is chosen; see ``dimensions.DIMENSIONS``."""
        chosen = {
            "department": self.department,
            "item": self.item,
            "channel": self.channel,
            "month": self.months,
        }
        return tuple(name for name, value in chosen.items() if value)

    @property
    def next_dimension(self) -> str:
        """The dimension to go down to: from departments to their items to months (下钻)."""
        if self.item:
            return "month"
        return "item" if self.department else "department"


def checked(choices: Choices, facts: Facts) -> Choices:
    """Return the choices with the department by its code, all twelve months as no choice.

    Raises:
        XukeError: the year has no such department, item, channel or month.
    """
    if wrong := [month for month in choices.months if month not in MONTHS]:
        raise XukeError(f"没有 {wrong[0]} 月:月份写作 1—12 的整数。")
    if choices.channel and choices.channel not in APPLY_CHANNEL.terms:
        hint = nearest(choices.channel, APPLY_CHANNEL.terms)
        raise XukeError(f"没有代码为“{choices.channel}”的申报来源:{hint}")
    if choices.item and choices.item not in {*facts.items["item_code"], *facts.tally["item_code"]}:
        raise XukeError(f"{facts.year.title}没有编码为“{choices.item}”的业务办理项:请核对编码。")
    code = department_code(facts, choices.department) if choices.department else ""
    months = tuple(sorted(set(choices.months)))
    return replace(choices, department=code, months=() if len(months) == len(MONTHS) else months)


def narrowed(facts: Facts, choices: Choices) -> Facts:
    """Return the facts of the chosen part; stocks have no month, so months leave them out."""
    chosen = {
        "dept_code": choices.department,
        "item_code": choices.item,
        "apply_channel": choices.channel,
    }
    tally, items = facts.tally, facts.items
    kept = pd.Series(True, index=tally.index)
    for column, value in chosen.items():
        if value:
            kept &= tally[column] == value
            items = items[items[column] == value] if column in items else items
    if choices.months:
        kept &= tally["month"].isin(choices.months)
    return replace(facts, tally=tally[kept], items=items, whole=facts.place)
