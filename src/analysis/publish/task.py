"""Tasks (任务): the files that a run is to make, and what a user asks for."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.engines.address import named
from analysis.publish.notebook import Notebook
from analysis.publish.parameters import PUBLIC
from analysis.tables.place import Place
from analysis.tables.years import SYNTHETIC

FIGURES, INDEX = "figures.csv", "index.html"
JSON, WORKBOOK, DRAFT, FINDINGS = "figures.json", "figures.xlsx", "draft.docx", "findings.csv"
BESIDE = (JSON, WORKBOOK)  # made together with the figures
INSIDE = (DRAFT, FINDINGS)  # made with them, too, but never for the public
# Below the reports: what is for the public, and what reviewers inside must see before it goes out.
PUBLIC_FOLDER, REVIEW_FOLDER, REVIEW = "public", "public-internal", "disclosure.csv"
TITLES = {  # of what is made with the figures
    JSON: "指标(JSON)",
    WORKBOOK: "指标工作簿",
    DRAFT: "报告文稿",
    FINDINGS: "发现",
}
INDEX_TITLE = "行政许可实施和监督管理情况"
MIXED = "含演示数据:注明“演示数据”的各表为虚构,其余为真实公开数"


@dataclass(frozen=True)
class Task:
    """One file to be made, or found up to date.

    Attributes:
        file: path below the reports.
        title: as readers get it: place, year and name of the notebook.
        parameters: for the notebook; for figures, place and year.
        reads: folders of the years whose tables are read.
        place: whose it is; None for what belongs to no place.
        notebook: what makes the page; None for figures and the index.
        inputs: what it is made from; empty where that cannot be read.
        reasons: why it is to be made; empty for up to date.
    """

    file: str
    title: str
    parameters: dict[str, Any]
    reads: tuple[Path, ...] = ()
    place: Place | None = None
    notebook: Path | None = None
    inputs: dict[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What kind of file it is: a page, figures, the index, or a list for reviewers."""
        if self.notebook:
            return "page"
        name = self.file.rpartition("/")[2]
        return {INDEX: "index", REVIEW: "review"}.get(name, "figures")

    @property
    def folder(self) -> str:
        """The folder that it lies in, below the reports; empty for the reports themselves."""
        return self.file.rpartition("/")[0]

    @property
    def public(self) -> bool:
        """Whether it is for the public."""
        return self.file.startswith(f"{PUBLIC_FOLDER}/")

    @property
    def files(self) -> tuple[str, ...]:
        """All files that it makes: with the figures, what is made from the same computation."""
        if self.kind != "figures":
            return (self.file,)
        beside = BESIDE if self.public else (*BESIDE, *INSIDE)
        return (self.file, *(f"{self.folder}/{name}" for name in beside))

    def title_of(self, file: str) -> str:
        """Return the title of one of its files."""
        name = file.rpartition("/")[2]
        return self.title.removesuffix("指标") + TITLES[name] if name in TITLES else self.title

    @property
    def year(self) -> int | None:
        """The year that it is about; None for all."""
        year: int | None = self.parameters.get("year")
        return year

    @property
    def label(self) -> str:
        """What kind of data it shows; synthetic data are never without a label."""
        made_up = any(meta.get("kind") == "synthetic" for meta in self.sources.values())
        if self.place is None:
            return MIXED if made_up else ""
        return self.place.label or (SYNTHETIC if made_up else "")

    @property
    def engine(self) -> str:
        """The engine that holds its data; empty where they lie in files.

        Raises:
            XukeError: no such engine.
        """
        for meta in self.sources.values():
            address = named(meta.get("engine"))
            if not address.only_files:
                return address.shown
        return ""

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """What is known of the data of each year that is read (``year.json``)."""
        return {f"{at.parent.name}/{at.name}": _meta(at) for at in self.reads}


@dataclass(frozen=True)
class Wanted:
    """What a user asks for.

    Attributes:
        place: the place; None where no notebook is of a place.
        years: of which years; those of the notebooks that make a page per year.
        notebooks: which notebooks.
        given: parameters given by the user, checked; each goes to the notebooks that take it.
        audience: for whom, where a notebook takes it; None for the notebook's own default.
        department: name of the one department that the notebooks which take one are about.
    """

    place: Place | None
    years: tuple[int, ...]
    notebooks: tuple[Notebook, ...]
    given: dict[str, Any] = field(default_factory=dict)
    audience: str | None = None
    department: str = ""

    @property
    def public(self) -> bool:
        """Whether the pages are for the public."""
        return PUBLIC in (self.audience, self.given.get("audience"))

    def parameters(self, notebook: Notebook) -> dict[str, Any]:
        """Return what is given for one notebook."""
        audience = {"audience": self.audience} if self.audience else {}
        given = self.given | audience
        return {name: value for name, value in given.items() if name in notebook.defaults}


def _meta(folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "year.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # opening the year says what is wrong with it
    return meta if isinstance(meta, dict) else {}
