"""Looking (查看): the chosen part of a year as small frames. A pure function of the choices."""

from dataclasses import dataclass

import pandas as pd

from analysis.explore.behind import LIMIT, cases_behind
from analysis.explore.choices import Choices, checked, narrowed
from analysis.explore.chosen import SECTIONS, figures_of
from analysis.explore.code import as_code
from analysis.explore.members import flows_by_month, members, name_of
from analysis.explore.source import Source, source
from analysis.statistics.facts import Facts
from analysis.tables.year import Year


@dataclass(frozen=True)
class View:
    """What an analyst sees of the chosen part of a year.

    Attributes:
        whole: the source of all of the year.
        choices: what is chosen.
        facts: the facts of the chosen part.
    """

    whole: Source
    choices: Choices
    facts: Facts

    @property
    def title(self) -> str:
        """Place, year and what is chosen, in words."""
        said = [self.whole.year.title]
        for by, code in (("department", self.choices.department), ("item", self.choices.item)):
            if code:
                said.append(name_of(self.whole.facts, by, code))
        if self.choices.channel:
            said.append(dict(self.whole.channels())[self.choices.channel])
        if self.choices.months:
            said.append("、".join(map(str, self.choices.months)) + " 月")
        return " · ".join(said)

    @property
    def figures(self) -> pd.DataFrame:
        """The figures (指标) of all sections; see ``figures_of``."""
        return pd.concat([self.section(name) for name in SECTIONS], ignore_index=True)

    def section(self, name: str) -> pd.DataFrame:
        """Return the figures of one section: 办件量, 时效, 排队 or 不予受理和许可."""
        return figures_of(self.facts, self.choices, name)

    @property
    def members(self) -> pd.DataFrame:
        """The departments, items or months one level down (下钻); see ``members``."""
        return members(self.facts, self.choices)

    @property
    def months(self) -> pd.DataFrame:
        """Flows of each month, and the stocks at its end; see ``flows_by_month``."""
        return flows_by_month(self.facts, self.choices)

    @property
    def findings(self) -> pd.DataFrame:
        """The findings (发现) of the chosen department, or of all; other choices do not bear on them."""
        return self.whole.findings(self.choices.department)

    @property
    def code(self) -> str:
        """The code that gives these same numbers (代码)."""
        return as_code(self.whole.year, self.choices)

    def cases(self, figure: str, *, limit: int = LIMIT) -> pd.DataFrame:
        """Return the cases behind a figure (办件明细), without keys of persons.

        See ``cases_behind``.
        """
        return cases_behind(self.whole.year, self.choices, figure, limit=limit)

    def _repr_html_(self) -> str:
        from analysis.explore.shown import whole_view

        return str(whole_view(self))


def look(
    place: str | Year | Facts | Source,
    year: int | None = None,
    *,
    department: str = "",
    item: str = "",
    channel: str = "",
    months: tuple[int, ...] = (),
) -> View:
    """Look at a part of a year (查看).

    Args:
        place: slug of the place; or a year, its facts or its source, and then no ``year``.
        year: the year, from the project's data.
        department: code or name of a department; all if empty.
        item: code of a 业务办理项.
        channel: code of a channel (申报来源).
        months: some months of the year.

    Returns:
        A view: ``figures``, ``members`` (one level down), ``months``, ``findings``, ``code``, and
        ``cases(figure)``. In a notebook it shows itself.

    Raises:
        XukeError: there is no such place, year, department, item, channel or month.

    Example:
        >>> shown = look(year, department="甲局", months=(3, 4))
        >>> shown.figures.loc[0, ["term", "value", "unit"]].tolist()
        ['申请量', '3', '件']
    """
    whole = _source(place, year)
    choices = checked(Choices(department, item, channel, tuple(months)), whole.facts)
    return View(whole, choices, narrowed(whole.facts, choices))


def _source(place: str | Year | Facts | Source, year: int | None) -> Source:
    if isinstance(place, Source):
        return place
    if isinstance(place, str):
        return source(place, year or 0)
    return Source.of(place)
