"""The plan (计划): which files a run is to make, from what, and why or why not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.publish import inputs, manifest
from analysis.publish.hashes import Hashes
from analysis.publish.notebook import Notebook, Scope
from analysis.publish.task import FIGURES, INDEX, INDEX_TITLE, Task, Wanted
from analysis.tables.place import Place, places
from analysis.tables.year import years_of


class Planner:
    """Decides what must be made."""

    def __init__(self, data: Path, reports: Path, *, verify: bool = False, force: bool = False):
        """Compare with what lies in ``reports``; ``verify`` and ``force`` as on the command line."""
        self.data, self.reports, self._force = data, reports, force
        self.hashes = Hashes(reports / ".cache" / "hashes.json", verify=verify)

    def plan(self, wanted: Wanted) -> list[Task]:
        """Return all files asked for, the figures of a year before its pages."""
        return [self._decided(task) for task in self._tasks(wanted)]

    def index(self) -> Task:
        """Return the index as a task: it is made from what the manifests say is there."""
        return self._decided(Task(INDEX, INDEX_TITLE, {}))

    def inputs(self, task: Task) -> dict[str, Any]:
        """Return what a file would be made from now.

        Raises:
            OSError: a file cannot be read.
        """
        if task.kind == "index":
            outputs = manifest.outputs(self.reports)
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
        reads = tuple(root / str(each) for each in (year - 1, year) if each in there)
        about = {"place": place.slug, "year": year}
        folder = f"{place.slug}/{year}"
        yield Task(f"{folder}/{FIGURES}", f"{title}指标", about, reads, place)
        for each in notebooks:
            given = wanted.parameters(each)
            file = f"{folder}/{_page_name(each, given)}"
            yield Task(file, title + each.title, about | given, reads, place, each.path)

    def _of_all(self, place: Place | None, notebook: Notebook, given: dict[str, Any]) -> Task:
        name = _page_name(notebook, given)
        if place is None:
            reads = tuple(self._every_year()) if notebook.of_places else ()
            return Task(name, notebook.title, given, reads, notebook=notebook.path)
        years = years_of(place.slug, self.data)
        reads = tuple(self.data / "years" / place.slug / str(year) for year in years)
        about = {"place": place.slug, **given}
        title = f"{place.name}{notebook.title}"
        return Task(f"{place.slug}/{name}", title, about, reads, place, notebook.path)

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
    """Name a page after its notebook and the parameters that make it another page."""
    other = {name: value for name, value in given.items() if value != notebook.defaults[name]}
    return (
        "_".join([notebook.name, *(f"{name}-{value}" for name, value in other.items())]) + ".html"
    )
