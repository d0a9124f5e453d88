"""The plan (计划): which files a run is to make, from what, and why or why not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.publish import inputs, manifest
from analysis.publish.hashes import Hashes
from analysis.publish.notebook import Notebook, Scope
from analysis.publish.parameters import PUBLIC
from analysis.publish.task import (
    FIGURES,
    INDEX,
    INDEX_TITLE,
    PUBLIC_FOLDER,
    REVIEW,
    REVIEW_FOLDER,
    Task,
    Wanted,
)
from analysis.report.audience import EDITIONS
from analysis.tables.place import Place, places
from analysis.tables.years import years_of


class Planner:
    """Decides what must be made."""

    def __init__(self, data: Path, reports: Path, *, verify: bool = False, force: bool = False):
        """Compare with what lies in ``reports``; ``verify`` and ``force`` as on the command line."""
        self.data, self.reports, self._force = data, reports, force
        self._public = False
        self.hashes = Hashes(reports / ".cache" / "hashes.json", verify=verify)

    def plan(self, wanted: Wanted) -> list[Task]:
        """Return all files asked for, the figures of a year before its pages."""
        self._public = wanted.public
        return [self._decided(task) for task in self._tasks(wanted)]

    def index(self) -> Task:
        """Return the index as a task: it is made from what the manifests say is there."""
        title = f"{INDEX_TITLE}({EDITIONS[PUBLIC]})" if self._public else INDEX_TITLE
        return self._decided(Task(self._below(INDEX), title, {}))

    def inputs(self, task: Task) -> dict[str, Any]:
        """Return what a file would be made from now.

        Raises:
            OSError: a file cannot be read.
        """
        if task.kind == "index":
            outputs = manifest.outputs(self.reports / task.folder)
            there = {name: e["sha256"] for name, e in outputs.items() if name != INDEX}
            return self._made_from(
                {"places.toml": self.hashes.of(self.data / "places.toml")} | there
            )
        files = inputs.data_files(self.data, task.reads)
        data = {f.relative_to(self.data).as_posix(): self.hashes.of(f) for f in files}
        notebook = {"notebook": self.hashes.of(task.notebook)} if task.notebook else {}
        engine = {"engine": task.engine} if task.engine else {}
        return self._made_from(data) | notebook | engine | {"parameters": task.parameters}

    def _made_from(self, data: dict[str, str]) -> dict[str, Any]:
        program = inputs.digest(inputs.program_files(), inputs.PACKAGE, self.hashes)
        return {"data": data, "program": program, "versions": self._versions}

    @cached_property
    def _versions(self) -> list[str]:
        return inputs.versions()

    def _tasks(self, wanted: Wanted) -> Iterator[Task]:
        if self._public and wanted.place:
            yield self._review(wanted.place)
        yearly = [each for each in wanted.notebooks if each.scope is Scope.YEAR]
        if wanted.place and yearly:
            for year in wanted.years:
                yield from self._of_year(wanted.place, year, yearly, wanted)
        for each in wanted.notebooks:
            if each.scope is Scope.ALL:
                place = wanted.place if each.of_place else None
                yield self._of_all(place, each, wanted.parameters(each))

    def _of_year(
        self, place: Place, year: int, notebooks: Iterable[Notebook], wanted: Wanted
    ) -> Iterator[Task]:
        root, title = self.data / "years" / place.slug, f"{place.name} {year} 年"
        there = years_of(place.slug, self.data)
        # What the public sees of a year depends on what it sees of the others.
        near = there if self._public else [each for each in (year - 1, year) if each in there]
        reads = tuple(root / str(each) for each in near)
        about = {"place": place.slug, "year": year}
        folder = self._below(f"{place.slug}/{year}")
        audience = {"audience": PUBLIC} if self._public else {}
        yield Task(f"{folder}/{FIGURES}", f"{title}指标", about | audience, reads, place)
        for each in notebooks:
            given = wanted.parameters(each)
            file = f"{folder}/{_page_name(each, given)}"
            named = f"{title}{each.title}{_of_department(given, wanted)}"
            yield Task(file, named, about | given, reads, place, each.path)

    def _of_all(self, place: Place | None, notebook: Notebook, given: dict[str, Any]) -> Task:
        name = _page_name(notebook, given)
        if place is None:
            reads = tuple(self._every_year()) if notebook.of_places else ()
            return Task(self._below(name), notebook.title, given, reads, notebook=notebook.path)
        years = years_of(place.slug, self.data)
        reads = tuple(self.data / "years" / place.slug / str(year) for year in years)
        about = {"place": place.slug, **given}
        title = f"{place.name}{notebook.title}"
        return Task(self._below(f"{place.slug}/{name}"), title, about, reads, place, notebook.path)

    def _review(self, place: Place) -> Task:
        """Return the list of what is hidden or exempted in all that is public of a place."""
        years = years_of(place.slug, self.data)
        reads = tuple(self.data / "years" / place.slug / str(year) for year in years)
        file = f"{REVIEW_FOLDER}/{place.slug}/{REVIEW}"
        return Task(file, f"{place.name}披露控制清单(内部)", {"place": place.slug}, reads, place)

    def _below(self, file: str) -> str:
        """Return where a file is made: what is for the public has a folder of its own."""
        return f"{PUBLIC_FOLDER}/{file}" if self._public else file

    def _every_year(self) -> Iterator[Path]:
        for slug in places(self.data):
            for year in years_of(slug, self.data):
                yield self.data / "years" / slug / str(year)

    def _decided(self, task: Task) -> Task:
        try:
            now = self.inputs(task)
        except OSError as error:
            return replace(task, reasons=(f"“{error.filename}”读不出来",))
        return replace(task, inputs=now, reasons=tuple(self._reasons(task, now)))

    def _reasons(self, task: Task, now: dict[str, Any]) -> Iterator[str]:
        if self._force:
            yield "用 --force 要求重做"
            return
        for file in task.files:
            path = self.reports / file
            entry = manifest.read(path.parent).get(path.name)
            which = "" if file == task.file else f":{path.name}"
            if not path.is_file():
                yield f"还没有{which}"
            elif entry is None:
                yield f"没有它的运行记录{which}"
            elif entry["sha256"] != self.hashes.of(path):
                yield f"文件与运行记录不符{which}"
            elif "engine" in now:
                yield "数据在计算引擎里,看不出有没有变化"
            elif found := list(inputs.differences(now, entry.get("inputs", {}))):
                yield from found
            else:
                continue
            return


def _page_name(notebook: Notebook, given: dict[str, Any]) -> str:
    """Name a page after its notebook and the parameters that make it another page.

    Pages for the public lie in another folder, and need no other name.
    """
    other = {name: value for name, value in given.items() if value != notebook.defaults[name]}
    if other.get("audience") == PUBLIC:
        del other["audience"]
    return (
        "_".join([notebook.name, *(f"{name}-{value}" for name, value in other.items())]) + ".html"
    )


def _of_department(given: dict[str, Any], wanted: Wanted) -> str:
    return f"({wanted.department})" if given.get("department") else ""
