"""Controls (选择框) of the panel: what can be chosen, kept in step with each other."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from analysis.explore.choices import MONTHS
from analysis.explore.source import Source

ALL = ("全部", "")
NAME = 20  # characters of a name that a box has room for
YEAR_ROUND = (MONTHS[0], MONTHS[-1])
Available = dict[str, tuple[str, list[int]]]


def named(label: str, options: Sequence[Any], width: str = "auto") -> widgets.Dropdown:
    """Return a box with a name before it."""
    style = {"description_width": "auto"}
    return widgets.Dropdown(
        options=options, description=label, style=style, layout=widgets.Layout(width=width)
    )


def tabs(names: Sequence[str]) -> widgets.ToggleButtons:
    """Return a row of buttons, one of them pressed."""
    return widgets.ToggleButtons(
        options=names, style={"button_width": "auto"}, layout=widgets.Layout(margin="6px 0 4px")
    )


class Controls:
    """The boxes above a panel."""

    def __init__(self, there: Available, place: str, year: int):
        """Offer the places and years that have data."""
        self.place = named("地方", [(name, slug) for slug, (name, _) in there.items()])
        self.place.value = place
        self.year = named("年度", there[place][1])
        self.year.value = year
        self.department = named("部门", [ALL], "270px")
        self.item = named("业务办理项", [ALL], "390px")
        self.channel = named("申报来源", [ALL])
        self.months = widgets.IntRangeSlider(
            value=YEAR_ROUND,
            min=MONTHS[0],
            max=MONTHS[-1],
            description="月份",
            continuous_update=False,
            style={"description_width": "auto"},
            layout=widgets.Layout(width="300px"),
        )
        self.up = widgets.Button(description="上一层", icon="arrow-up", layout={"width": "90px"})
        wrap = widgets.Layout(flex_flow="row wrap", align_items="center")
        self.box = widgets.Box(
            [self.place, self.year, self.department, self.item, self.channel, self.months, self.up],
            layout=wrap,
        )
        self.box.add_class("xuke-bar")

    @property
    def of_year(self) -> tuple[widgets.Dropdown, ...]:
        """The boxes that open another year."""
        return self.place, self.year

    @property
    def of_part(self) -> tuple[Any, ...]:
        """The boxes that choose a part of the year."""
        return self.department, self.item, self.channel, self.months

    @property
    def part(self) -> dict[str, Any]:
        """What is chosen, as ``look`` takes it."""
        first, last = self.months.value
        whole = (first, last) == YEAR_ROUND
        return {
            "department": self.department.value or "",
            "item": self.item.value or "",
            "channel": self.channel.value or "",
            "months": () if whole else tuple(range(first, last + 1)),
        }

    def keep_to_years(self, there: Available) -> None:
        """Offer the years of the place that is chosen; the same year if it has it."""
        years, wanted = there[self.place.value][1], self.year.value
        self.year.options = years
        self.year.value = wanted if wanted in years else years[0]

    def offer_parts(self, whole: Source) -> None:
        """Offer the departments, items and channels of a year, nothing chosen."""
        listed = [(f"{_short(name)} {n:,}", code) for code, name, n in whole.departments()]
        self.department.options = [ALL, *listed]
        self.department.value = ""
        self.channel.options = [ALL, *((term, code) for code, term in whole.channels())]
        self.months.value = YEAR_ROUND
        self.offer_items(whole)

    def offer_items(self, whole: Source) -> None:
        """Offer the items of the department that is chosen."""
        found = whole.items(self.department.value or "")
        self.item.options = [ALL, *((f"{_short(name)} {n:,}", code) for code, name, n in found)]
        self.item.value = ""

    def go_to(self, by: str, code: Any, whole: Source) -> None:
        """Choose a department, an item or a month."""
        if by == "department":
            self.department.value = code
            self.offer_items(whole)
        elif by == "item":
            self.item.value = code
        else:
            self.months.value = (code, code)

    def go_up(self, whole: Source) -> None:
        """Take back the last choice on the way down: month, item, department."""
        if self.months.value != YEAR_ROUND:
            self.months.value = YEAR_ROUND
        elif self.item.value:
            self.item.value = ""
        else:
            self.department.value = ""
            self.offer_items(whole)


def _short(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"
