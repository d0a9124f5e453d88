"""Checking a year (核对): validation, stocks and flows, and printed against computed figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import XukeError
from analysis.sources.differences import explanations
from analysis.sources.published import published_figures
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.kept import facts_before, kept_facts
from analysis.statistics.reconcile import FAILING, reconcile, with_verdicts
from analysis.statistics.volume.flows import TERMS, discontinuities, flows_by_department, imbalances
from analysis.tables.validate import problems
from analysis.tables.year import Year
from analysis.unchecked import unchecked, uncomputable

NOWHERE = pd.DataFrame(columns=["dept_code", "stock", "expected", "found"])
COMPARED = (
    "id",
    "term",
    "unit",
    "section",
    "published",
    "computed",
    "difference",
    "verdict",
    "note",
)


@dataclass(frozen=True)
class Check:
    """What the check of a year found.

    Attributes:
        year: the year.
        facts: what was computed from its rows.
        before: the facts of the same period of the year before; None where it has no data.
        compared: one row per printed figure, see ``reconcile``; empty without a printed report.
        problems: rows that contradict their declarations, see ``validate``.
        imbalances: departments whose stocks and flows do not close.
        discontinuities: departments that do not open with last year's closing stock.
        unchecked: what could not be checked, and why; see ``unchecked``.
    """

    year: Year
    facts: Facts
    before: Facts | None
    compared: pd.DataFrame
    problems: pd.DataFrame
    imbalances: pd.DataFrame
    discontinuities: pd.DataFrame
    unchecked: tuple[str, ...] = ()

    @property
    def failing(self) -> pd.DataFrame:
        """The printed figures whose verdict makes the check fail."""
        return self.compared[self.compared["verdict"].isin([verdict.value for verdict in FAILING])]

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        wrong = (self.failing, self.problems, self.imbalances, self.discontinuities)
        return all(frame.empty for frame in wrong)

    def figures(self) -> pd.DataFrame:
        """Return all figures of the year with what is printed beside them (figures.csv)."""
        return with_verdicts(figures(self.facts), self.compared)


def check(year: Year, *, data: Path) -> Check:
    """Check a year against its declarations, the year before, and the printed report.

    Raises:
        XukeError: the printed report that the place names is not there.
    """
    found = problems(year)
    try:
        return _computed(year, found, data)
    except Exception as error:
        if found.empty:
            raise
        # What the rows contradict is what the user must hear of, not where it broke the arithmetic.
        said = ";".join(problem_lines(found))
        raise XukeError(f"{year.title}的数据没有通过校验,无法计算:{said}。") from error


def _computed(year: Year, found: pd.DataFrame, data: Path) -> Check:
    facts = kept_facts(year)
    flows = flows_by_department(facts)
    closed = _year_before(year)
    gaps = uncomputable(facts)
    gaps_before = gaps | (uncomputable(closed) if closed else {})
    apart = discontinuities(flows_by_department(closed), flows) if closed else NOWHERE
    return Check(
        year=year,
        facts=facts,
        before=facts_before(year),
        compared=compare(facts, data=data),
        problems=found,
        imbalances=_known(imbalances(flows), "end", gaps),
        discontinuities=_known(apart, "start", gaps_before),
        unchecked=tuple(unchecked(facts, closed)),
    )


def compare(facts: Facts, *, data: Path | None = None) -> pd.DataFrame:
    """Compare the figures of a year with its printed report; empty where none is named."""
    year = facts.year
    report = year.place.published.get(year.year)
    if report is None:
        return pd.DataFrame(columns=list(COMPARED))
    explained = explanations(year.place.slug, year.year, data=data)
    return reconcile(facts, published_figures(report, data=data), explained)


def _year_before(year: Year) -> Facts | None:
    """Return the facts of the year before, whose closing stock is this one's opening stock."""
    before = year.before()
    if before is None:
        return None
    if before.cutoff != before.default_cutoff:
        raise XukeError(f"{before.title}的统计截止日不是年末,不能与 {year.year} 年初的存量核对。")
    return kept_facts(before)


def _known(differences: pd.DataFrame, when: str, gaps: Iterable[str]) -> pd.DataFrame:
    """Leave out the stocks that nobody knows: where times are absent, they are mere zeros."""
    unknown = [TERMS[f"{stock}_at_{when}"] for stock in gaps]
    return differences[~differences["stock"].isin(unknown)]


def problem_lines(problems: pd.DataFrame) -> Iterator[str]:
    """Say each problem of ``validate.problems`` in a few Chinese words."""
    for row in problems.to_dict("records"):
        example = f",如“{row['example']}”" if row["example"] else ""
        yield f"{row['table']}表{row['rule']}({row['rows']:,} 处{example})"
