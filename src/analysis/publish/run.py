"""A run (生成): everything that is out of date is made, and published whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

from analysis.errors import XukeError
from analysis.publish import manifest
from analysis.publish.plan import Planner
from analysis.publish.pool import WORK, News, Pool
from analysis.publish.task import Task
from analysis.publish.write import move, told_in_chinese

FAILED = ".failed"  # below the reports: failed notebooks as far as they were executed, and logs
KEPT = (".ipynb", ".log")
EDITABLE = (".docx", ".xlsx")  # people write in these


class Status(StrEnum):
    """What came of a file (结果)."""

    MADE = "made"
    FRESH = "fresh"  # up to date, not made again
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What came of a task.

    Attributes:
        task: which.
        status: made, up to date, or failed.
        said: why it failed.
        seconds: how long it took.
        entry: what the manifest says of the file; empty where there is none.
    """

    task: Task
    status: Status
    said: str = ""
    seconds: float = 0.0
    entry: dict[str, Any] = field(default_factory=dict)


Watch = Callable[[News], None]


class Run:
    """One run: hands tasks to the pool and publishes what it makes."""

    def __init__(self, planner: Planner, watch: Watch):
        """Publish into the planner's reports; ``watch`` is told of every step."""
        self._planner, self._reports, self._watch = planner, planner.reports, watch
        self._held: dict[str, list[News]] = {}  # pages that wait for the figures of their year
        self._unreviewed = ""  # why there is no list of what the public must not see
        self._refused: set[str] = set()  # years whose figures failed

    def run(self, tasks: list[Task], pool: Pool) -> Iterator[Outcome]:
        """Make what is out of date, then the index; yield what came of each.

        Pages are made while the rows of their year are still being checked, but published after.
        """
        for task in tasks:
            if not task.reasons:
                yield self._fresh(task)
        stale = [task for task in tasks if task.reasons]
        # Nothing is for the public that reviewers have no list for.
        for news in pool.run([task for task in stale if task.kind == "review"]):
            yield self._reviewed(news, pool)
        # Figures first: what they count of a year is kept for its pages, which would only wait for it.
        stale = sorted(
            (task for task in stale if task.kind != "review"),
            key=lambda task: task.kind != "figures",
        )
        self._held = {_folder(task): [] for task in stale if task.kind == "figures"}
        for news in pool.run(stale):
            if news.cells:
                self._watch(news)
            else:
                yield from self._settle(news, pool)
        index = self._planner.index()
        if not index.reasons:
            yield self._fresh(index)
        for news in pool.run([index] if index.reasons else []):
            yield self._publish(news, pool)

    def _reviewed(self, news: News, pool: Pool) -> Outcome:
        self._watch(news)
        outcome = self._publish(news, pool)
        self._unreviewed = outcome.said or self._unreviewed
        return outcome

    def _settle(self, news: News, pool: Pool) -> Iterator[Outcome]:
        """Publish what can be: figures with the pages that waited for them, or a page."""
        folder = _folder(news.task)
        if news.task.kind == "page" and folder in self._held:
            self._held[folder].append(news)
            return
        self._watch(news)
        outcome = self._publish(news, pool)
        yield outcome
        if news.task.kind == "figures":
            if outcome.status is Status.FAILED:
                self._refused.add(folder)
            for page in self._held.pop(folder):
                yield from self._settle(page, pool)

    def _publish(self, news: News, pool: Pool) -> Outcome:
        """Let a finished file take the place of the old one, unless something is wrong with it."""
        task = news.task
        try:
            if _folder(task) in self._refused and task.kind == "page":
                raise XukeError("同年的数据文件没有做成(原因另列),页面不发布。")
            if task.public and self._unreviewed:
                raise XukeError(f"披露控制没有完成,公开版不发布:{self._unreviewed}")
            if news.failed:
                raise XukeError(news.failed)
            self._refuse_changed(task)
            entry = self._place(news, pool.draft(task))
        except XukeError as error:
            self._keep(task, pool.draft(task))
            return Outcome(task, Status.FAILED, str(error), news.seconds)
        for kept in map(self._failed(task).with_suffix, KEPT):
            kept.unlink(missing_ok=True)
        return Outcome(task, Status.MADE, seconds=news.seconds, entry=entry)

    def _place(self, news: News, draft: Path) -> dict[str, Any]:
        """Put all files of a task where readers find them; return the entry of the first."""
        hashes = news.made.pop("beside", {draft.name: news.made["sha256"]})
        entries = {}
        for file in news.task.files:
            path = self._reports / file
            made = draft.with_name(path.name)
            own = {"title": news.task.title_of(file), "sha256": hashes[path.name]}
            entries[file] = self._entry(news, made) | own
            with told_in_chinese(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                spare_edited(path)
                move(made, path)
            manifest.record(path, entries[file])
        return entries[news.task.file]

    def _refuse_changed(self, task: Task) -> None:
        """Refuse a page whose data or notebook changed while it was made."""
        try:
            same = self._planner.inputs(task) == task.inputs
        except OSError as error:
            raise XukeError(
                f"“{error.filename}”读不出来({error.strerror}):请检查该文件。"
            ) from error
        if not same:
            raise XukeError("生成期间数据、笔记本或程序有变化:请重新运行。")

    def _entry(self, news: News, draft: Path) -> dict[str, Any]:
        return {
            "title": news.task.title,
            **news.made,
            "bytes": draft.stat().st_size,
            "finished": manifest.moment(),
            "seconds": news.seconds,
            "sources": news.task.sources,
            **manifest.surroundings(),
            "inputs": news.task.inputs,
        }

    def _fresh(self, task: Task) -> Outcome:
        path = self._reports / task.file
        return Outcome(task, Status.FRESH, entry=manifest.read(path.parent)[path.name])

    def _failed(self, task: Task) -> Path:
        return self._reports / FAILED / task.file

    def _keep(self, task: Task, draft: Path) -> None:
        """Keep a failed notebook as far as it was executed, and the log, for who looks into it.

        A disk that takes nothing keeps nothing: that is said already.
        """
        failed = self._failed(task)
        with suppress(OSError):
            failed.parent.mkdir(parents=True, exist_ok=True)
            for suffix in KEPT:
                there = draft.with_suffix(suffix)
                if there.is_file() and there.stat().st_size:
                    there.replace(failed.with_suffix(suffix))


def spare_edited(path: Path) -> None:
    """Keep a workbook or draft that somebody has worked on: it is not what a run made."""
    entry = manifest.read(path.parent).get(path.name)
    if path.suffix not in EDITABLE or entry is None or not path.is_file():
        return
    found = sha256(path.read_bytes()).hexdigest()
    if found != entry["sha256"]:
        path.replace(path.with_name(f"{path.stem}-改动-{found[:8]}{path.suffix}"))


@contextmanager
def workspace(reports: Path) -> Iterator[None]:
    """Have an empty folder for drafts; whatever a run that was killed left there goes.

    Raises:
        XukeError: the reports cannot be written.
    """
    work = reports / WORK
    rmtree(work, ignore_errors=True)
    with told_in_chinese(reports):
        work.mkdir(exist_ok=True)
    try:
        yield
    finally:
        rmtree(work, ignore_errors=True)


def _folder(task: Task) -> str:
    return task.folder if task.year else task.file
