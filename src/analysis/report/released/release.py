"""The release (发布): all numbers of all years of a place that the public sees, protected together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.check import compare
from analysis.report.disclosure import Exemption, protect
from analysis.report.disclosure.rules import MEASURE, YEAR
from analysis.report.numbers import MASK
from analysis.report.released.declared import FLOWS
from analysis.report.released.figures import figures_table, released_figures
from analysis.report.released.labels import SUMS
from analysis.report.released.tables import tables_of
from analysis.report.verdicts import NOT_RELEASED
from analysis.sources.published import published_figures, published_source
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.reconcile import Verdict, with_verdicts

PRINTED = "已在公开报告中印出"


@dataclass(frozen=True)
class Release:
    """What the public may see of a place.

    Attributes:
        tables: by year and name (see ``released.tables``), each table with ``*`` for what is hidden.
        figures: by year, the figures as ``released_figures`` returns them.
        compared: by year, printed beside computed figures (``check.compare``), as far as shown.
        log: every number that was suppressed or exempted, and why; for reviewers inside.
    """

    tables: Mapping[tuple[int, str], pd.DataFrame]
    figures: Mapping[int, pd.DataFrame]
    compared: Mapping[int, pd.DataFrame]
    log: pd.DataFrame

    def exported(self, year: int) -> pd.DataFrame:
        """Return the figures of a year for files, with what is printed beside them (figures.csv).

        A number that is not shown is empty; ``reason`` says so.
        """
        found = with_verdicts(self.figures[year], self.compared[year])
        return found.assign(value=found["value"].replace(MASK, ""))


def release(years: Sequence[Facts]) -> Release:
    """Protect all numbers of some years in one call, and return what may be shown.

    Raises:
        XukeError: as ``protect``.
    """
    numbers = {facts.year.year: figures(facts) for facts in years}
    rows = {year: figures_table(year, frame) for year, frame in numbers.items()}
    named = {(facts.year.year, name): table for facts in years for name, table in tables_of(facts)}
    made = protect(
        [*named.values(), *rows.values()],
        audience="public",
        exemptions=[each for facts in years for each in _printed(facts, numbers)],
        sums=SUMS,
    )
    shown = {
        year: released_figures(frame, made.tables[rows[year].name])
        for year, frame in numbers.items()
    }
    return Release(
        tables={key: made.tables[table.name] for key, table in named.items()},
        figures=shown,
        compared={facts.year.year: _compared(facts, shown[facts.year.year]) for facts in years},
        log=made.log,
    )


def _compared(facts: Facts, shown: pd.DataFrame) -> pd.DataFrame:
    """Return printed beside computed figures; without what is not shown, and what people said.

    What people said of a difference was said inside, and may hold numbers.
    """
    found = compare(facts, data=_data(facts))
    first = shown.drop_duplicates("id").set_index("id")["value"]
    found.loc[found["verdict"] == Verdict.EXPLAINED.value, "note"] = "已有内部说明"
    gone = found["id"].map(first).isin(["", MASK]) & (found["computed"] != "")
    found.loc[gone, ["computed", "difference", "note"]] = ""
    found.loc[gone, "verdict"] = NOT_RELEASED
    return found


def _data(facts: Facts) -> Path | None:
    return facts.year.data if facts.year.folder else None


def _printed(facts: Facts, numbers: Mapping[int, pd.DataFrame]) -> list[Exemption]:
    """Return what a printed report has made public already: hiding it would hide nothing."""
    year = facts.year.year
    report = facts.year.place.published.get(year)
    if report is None:
        return []
    printed = published_figures(report, data=_data(facts))
    exact = printed[printed["rounding"] == "exact"].set_index("figure")["value"]
    ours = numbers[year].set_index(["id", "variant"])["value"]
    title = published_source(report, data=_data(facts))["title"]
    return [
        Exemption({MEASURE: (where[MEASURE],), YEAR: (str(year),)}, PRINTED, title)
        for (figure, variant), where in FLOWS.items()
        if figure in exact.index and str(exact[figure]) == str(ours.get((figure, variant)))
    ]
