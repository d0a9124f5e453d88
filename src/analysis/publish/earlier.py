"""Looking back before a release (公开前回看): what earlier releases and printed reports show."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.publish.task import JSON
from analysis.report.archive import members
from analysis.report.disclosure.earlier import FIGURES, GIVEN_AWAY, Cell, Shown, given_away, shown
from analysis.report.disclosure.rules import MEASURE
from analysis.report.released.declared import FLOWS
from analysis.report.released.figures import SUPPRESSED, WITHHELD
from analysis.report.released.tables import DEPARTMENTS
from analysis.sources.disclosed import disclosed
from analysis.sources.published import published_figures, published_sources
from analysis.statistics.registry import REGISTRY
from analysis.tables.place import Place

RELEASES = "releases"  # below the reports: every public archive that was made
HIDING = {SUPPRESSED: True, WITHHELD: False}
Documents = Sequence[Mapping[str, Any]]


def look_back(
    documents: Documents, place: Place, releases: Path, data: Path, *, besides: bytes
) -> pd.DataFrame:
    """Return what earlier releases and printed reports say of what is to be released.

    Args:
        documents: the ``figures.json`` of the years that are to be released.
        place: whose they are.
        releases: the folder of earlier public archives.
        data: the data folder, with the printed reports.
        besides: this release itself, as an archive: made before, it is no earlier one.
    """
    earlier = _printed(documents, place, data) | _released(place, releases, besides)
    return given_away(documents, earlier, HIDING)


def vain(found: pd.DataFrame, place: Place, data: Path) -> pd.DataFrame:
    """Return the rows of what is hidden in vain and that no reviewer has let go."""
    known = disclosed(place.slug, data)
    cells = zip(found["年度"], found["表"], found["行"], found["列"], strict=True)
    let_go = pd.Series([cell in known for cell in cells], index=found.index, dtype=bool)
    return found[found["问题"].eq(GIVEN_AWAY) & ~let_go]


def _released(place: Place, releases: Path, besides: bytes) -> dict[str, Shown]:
    """Return what each earlier archive shows of a place."""
    found: dict[str, Shown] = {}
    for path in sorted(releases.glob("*.zip")):
        content = path.read_bytes()
        if content == besides:
            continue
        for name, inside in members(content).items():
            if name.rpartition("/")[2] == JSON:
                document = json.loads(inside)
                if document["place"]["slug"] == place.slug:
                    found[f"{path.name}:{name}"] = shown(document)
    return found


def _printed(documents: Documents, place: Place, data: Path) -> dict[str, Shown]:
    """Return what printed reports show: the place's own, and those of its departments."""
    found: dict[str, Shown] = {}
    first = dict(reversed(list(REGISTRY)))
    sources = published_sources(data)
    for document in documents:
        year = document["year"]
        if report := place.published.get(year):
            rows = published_figures(report, data=data).to_dict("records")
            found[sources[report]["title"]] = {
                Cell(year, FIGURES, row["figure"], first[row["figure"]]): row["value"]
                for row in rows
                if row["figure"] in first
            }
        for report, department in _of_departments(document, place, sources):
            rows = published_figures(report, data=data).to_dict("records")
            found[sources[report]["title"]] = {
                Cell(year, DEPARTMENTS, department, FLOWS[row["figure"], ""][MEASURE]): row["value"]
                for row in rows
                if (row["figure"], "") in FLOWS
            }
    return found


def _of_departments(
    document: Mapping[str, Any], place: Place, sources: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, str]]:
    """Return the printed reports of the departments in a document, each with the department."""
    names = [
        row["label"]
        for table in document["tables"]
        if table["title"] == DEPARTMENTS
        for row in table["data"]
    ]
    return [
        (report, name)
        for report, about in sources.items()
        if about["level"] == "department" and about["period"] == str(document["year"])
        for name in names
        if place.name in about["place"] and about["place"].endswith(name)
    ]
