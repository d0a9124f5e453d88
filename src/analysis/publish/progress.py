"""What a person who waits for a run sees (进度): moving bars in a terminal, else plain lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from analysis.console import errors, fail, say
from analysis.publish.pool import News
from analysis.publish.run import Outcome, Status, Watch
from analysis.publish.task import Task

WORDS = {Status.MADE: "已生成", Status.FRESH: "未变", Status.FAILED: "未生成"}


@contextmanager
def progress(tasks: list[Task]) -> Iterator[Watch]:
    """Show how far the tasks are: pages done, cells of each that runs, time."""
    stale = [task for task in tasks if task.reasons]
    if not sys.stderr.isatty():
        if stale:
            say(f"要生成 {len(stale)} 个文件…")
        yield lambda news: None if news.cells else _line(news)
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as bars:
        total = bars.add_task(f"文件 0/{len(stale)}", total=len(stale))
        done = 0
        running: dict[str, TaskID] = {}

        def watch(news: News) -> None:
            nonlocal done
            file = news.task.file
            if news.cells:
                at, of = news.cells
                if file not in running:
                    running[file] = bars.add_task(news.task.title, total=of)
                words = f"{news.task.title} {at}/{of} 格"
                bars.update(running[file], completed=at, description=words)
            else:
                done += 1
                bars.update(total, completed=done, description=f"文件 {done}/{len(stale)}")
                if file in running:
                    bars.remove_task(running.pop(file))

        yield watch


def _line(news: News) -> None:
    said = "没有做成" if news.failed else "做完"
    say(f"{news.task.title}:{said}({news.seconds:.1f} 秒)")


def explain(tasks: list[Task]) -> None:
    """Say of each file whether it would be made, and why."""
    for task in tasks:
        words = (
            f"要生成 {task.file}:{';'.join(task.reasons)}" if task.reasons else f"不变 {task.file}"
        )
        _print(words)


def recap(outcomes: list[Outcome], index: str, seconds: float) -> None:
    """Say what came of each file, and what is to be looked at."""
    for each in outcomes:
        if each.status is Status.FAILED:
            fail(f"{WORDS[each.status]} {each.task.file}({each.task.title}):{each.said}")
        else:
            _print(f"{WORDS[each.status]} {each.task.file}")
        if each.entry.get("passed") is False:
            fail(f"{each.task.title}核对未通过:用 xuke check {each.task.year} 查看。")
    counts = [
        f"{words} {n}"
        for status, words in WORDS.items()
        if (n := sum(each.status is status for each in outcomes))
    ]
    _print(f"{'、'.join(counts)},共 {seconds:.1f} 秒。索引:{index}")


def sent(path: Path, *, quiet: bool) -> None:
    """Say where the archive is; nothing where a program reads the output."""
    if not quiet:
        _print(f"已打包 {path}")


def _print(words: str) -> None:
    from analysis.console import console

    console.print(words, markup=False, highlight=False, soft_wrap=True)
