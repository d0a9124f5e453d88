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

from analysis.console import say
from analysis.errors import XukeError
from analysis.publish import progress
from analysis.publish.lock import alone
from analysis.publish.notebook import Notebook, Scope, read
from analysis.publish.parameters import DECLARED, INTERNAL, PUBLIC, checked, refuse_unknown
from analysis.publish.plan import Planner
from analysis.publish.pool import Pool
from analysis.publish.run import Outcome, Run, Status, workspace
from analysis.publish.task import Task, Wanted
from analysis.tables.place import Place
from analysis.tables.place import place as find_place
from analysis.tables.years import years_of

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
    zip: bool = False
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
    if asked.zip and wanted.place is None:
        raise XukeError("这些笔记本不分地方,没有可打包的年度:请去掉 --zip,或换一个笔记本。")
    with _terminable(), alone(asked.reports, say), workspace(asked.reports):
        outcomes = _make(asked, planner, planner.plan(wanted))
        planner.hashes.save()
        seconds = round(time.monotonic() - begun, 2)
        if asked.as_json:
            _tell_json([_told(outcome) for outcome in outcomes])
        else:
            progress.recap(outcomes, str(asked.reports / planner.index().file), seconds)
        if asked.zip and wanted.place:
            from analysis.publish.outgoing import send

            path = send(outcomes, wanted.place, asked.reports, asked.data)
            progress.sent(path, quiet=asked.as_json)
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
    if asked.audience:
        DECLARED["audience"].value(asked.audience)
    notebooks = tuple(map(read, asked.notebooks))
    for each in notebooks:
        if each.scope is Scope.INTERACTIVE:
            raise XukeError(f"笔记本“{each.name}”不出页面:请用 xuke lab 打开它。")
    given: dict[str, Any] = {}
    refuse_unknown(asked.parameters, {each.name: each.defaults for each in notebooks})
    for each in notebooks:
        taken = {name: text for name, text in asked.parameters.items() if name in each.defaults}
        given |= checked(taken, each.name, each.defaults)
    if PUBLIC in (asked.audience, given.get("audience")):
        notebooks = tuple(_with_public_edition(notebooks))
    of_place = [each for each in notebooks if each.of_place]
    place = find_place(asked.place, asked.data) if of_place else None
    yearly = any(each.scope is Scope.YEAR for each in notebooks)
    years = _years(asked, place) if place and yearly else ()
    department = ""
    if given.get("department") and place:
        given["department"], department = _department(given["department"], place, years, asked.data)
    return Wanted(place, years, notebooks, given, asked.audience, department)


def _with_public_edition(notebooks: tuple[Notebook, ...]) -> Iterator[Notebook]:
    """Yield the notebooks that have an edition for the public; say of the others that they have none.

    Raises:
        XukeError: none of them has.
    """
    lacking = "、".join(each.name for each in notebooks if not each.public)
    if not any(each.public for each in notebooks):
        raise XukeError(f"笔记本 {lacking} 没有公开版:只能生成内部版(--audience {INTERNAL})。")
    if lacking:
        say(f"没有公开版,不生成:{lacking}。")
    yield from (each for each in notebooks if each.public)


def _department(given: str, place: Place, years: tuple[int, ...], data: Path) -> tuple[str, str]:
    """Return code and name of a department given by code or name.

    Raises:
        XukeError: these years know no such department; names the nearest.
    """
    from analysis.statistics.departments import code_of, departments_of
    from analysis.tables.year import Year

    known = departments_of(Year.open(place.slug, year, data=data) for year in years)
    code = code_of(given, known)
    return DECLARED["department"].value(code), known[code]


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
