"""``xuke run``: what was asked for, checked; planned; made; told."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import XukeError
from analysis.publish import progress
from analysis.publish.lock import alone
from analysis.publish.notebook import Scope, read
from analysis.publish.parameters import (
    DECLARED,
    checked,
    refuse_unknown,
    refuse_unsuppressed,
)
from analysis.publish.plan import Planner
from analysis.publish.pool import Pool
from analysis.publish.run import Outcome, Run, Status, workspace
from analysis.publish.task import INDEX, Task, Wanted
from analysis.tables.place import Place
from analysis.tables.place import place as find_place
from analysis.tables.year import years_of

TIMEOUT = 1800.0  # seconds for one page


@dataclass(frozen=True)
class Asked:
    """The words of the command line, as they were given; see ``xuke run --help``."""

    years: tuple[int, ...]
    place: str | None
    notebooks: tuple[Path, ...]
    parameters: dict[str, str]
    audience: str | None
    data: Path
    reports: Path
    jobs: int | None = None
    timeout: float = TIMEOUT
    force: bool = False
    verify: bool = False
    dry_run: bool = False
    as_json: bool = False


def publish(asked: Asked, say: Any) -> bool:
    """Do what is asked for and tell; return whether nothing failed.

    Raises:
        XukeError: what is asked for cannot be done, and nothing was begun.
        KeyboardInterrupt: it was interrupted; nothing is left behind.
    """
    begun = time.monotonic()
    wanted = _wanted(asked)
    planner = Planner(asked.data, asked.reports, verify=asked.verify, force=asked.force)
    if asked.dry_run:
        tasks = planner.plan(wanted)
        _tell_json([_planned(task) for task in tasks]) if asked.as_json else progress.explain(tasks)
        return True
    with _terminable(), alone(asked.reports, say), workspace(asked.reports):
        outcomes = _make(asked, planner, planner.plan(wanted))
        planner.hashes.save()
    seconds = round(time.monotonic() - begun, 2)
    if asked.as_json:
        _tell_json([_told(outcome) for outcome in outcomes])
    else:
        progress.recap(outcomes, str(asked.reports / INDEX), seconds)
    return not any(outcome.status is Status.FAILED for outcome in outcomes)


def _make(asked: Asked, planner: Planner, tasks: list[Task]) -> list[Outcome]:
    jobs = asked.jobs or _cores()
    with (
        progress.progress(tasks) as watch,
        Pool(asked.reports, asked.data, jobs=jobs, limit=asked.timeout) as pool,
    ):
        outcomes = list(Run(planner, watch).run(tasks, pool))
    order = {task.file: at for at, task in enumerate(tasks)}
    return sorted(outcomes, key=lambda each: order.get(each.task.file, len(order)))


def _wanted(asked: Asked) -> Wanted:
    """Hold what is asked for to what is declared, before anything is begun."""
    refuse_unsuppressed(asked.audience)
    notebooks = tuple(map(read, asked.notebooks))
    for each in notebooks:
        if each.scope is Scope.INTERACTIVE:
            raise XukeError(f"笔记本“{each.name}”不出页面:请用 xuke lab 打开它。")
    given: dict[str, Any] = {}
    refuse_unknown(asked.parameters, {each.name: each.defaults for each in notebooks})
    for each in notebooks:
        taken = {name: text for name, text in asked.parameters.items() if name in each.defaults}
        given |= checked(taken, each.name, each.defaults)
    refuse_unsuppressed(given.get("audience"))
    of_place = [each for each in notebooks if each.of_place]
    place = find_place(asked.place, asked.data) if of_place else None
    yearly = any(each.scope is Scope.YEAR for each in notebooks)
    years = _years(asked, place) if place and yearly else ()
    return Wanted(place, years, notebooks, given, asked.audience)


def _years(asked: Asked, place: Place) -> tuple[int, ...]:
    """Return the years asked for, all of which have data, or all that have."""
    there = years_of(place.slug, asked.data)
    hint = "请先导入,或用 xuke demo 生成演示数据"
    for year in asked.years:
        DECLARED["year"].value(year)
        if year not in there:
            have = f"现有 {'、'.join(map(str, there))} 年" if there else "还没有任何年度"
            raise XukeError(f"{place.name}没有 {year} 年的数据({have}):{hint}。")
    if not there:
        raise XukeError(f"{place.name}还没有任何年度的数据:{hint}。")
    return tuple(sorted(set(asked.years or there)))


def _cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@contextmanager
def _terminable() -> Iterator[None]:
    """Take a request to end, or a closed terminal, for Ctrl-C: both clean up.

    What is ignored stays so: ``nohup`` asks for it.
    """
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    before = {number: handler for number, handler in before.items() if handler != signal.SIG_IGN}
    for number in before:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _planned(task: Task) -> dict[str, Any]:
    return {"file": task.file, "make": bool(task.reasons), "reasons": task.reasons}


def _told(outcome: Outcome) -> dict[str, Any]:
    task = outcome.task
    return {
        "file": task.file,
        "title": task.title,
        "status": outcome.status,
        "reasons": task.reasons,
        "said": outcome.said,
        "seconds": outcome.seconds,
        "sha256": outcome.entry.get("sha256"),
        "check_passed": outcome.entry.get("passed"),
    }


def _tell_json(files: list[dict[str, Any]]) -> None:
    text = json.dumps({"files": files}, ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(text.encode() + b"\n")  # UTF-8 in any locale: these are data
