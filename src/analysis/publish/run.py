"""A run (生成): the pages and figures of the years of a place, each whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.check import Check, check, problem_lines
from analysis.errors import XukeError
from analysis.publish.execute import execute
from analysis.publish.page import page_html
from analysis.publish.write import csv, write_whole
from analysis.tables.year import Year

Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """What came of one year: its pages and its check, or why there are none."""

    place: str
    year: int
    pages: dict[str, str] = field(default_factory=dict)  # file name: title
    check: Check | None = None
    failures: tuple[str, ...] = ()


def run_year(
    slug: str,
    year: int,
    notebooks: list[Path],
    parameters: dict[str, Any],
    *,
    data: Path,
    out: Path,
    say: Say,
) -> Made:
    """Make the figures and pages of one year under ``out/<place>/<year>/``.

    A notebook that fails leaves its old page in place and does not stop the others.
    """
    try:
        opened = Year.open(slug, year, data=data)
        say(f"{opened.title}:核对数据")
        found = check(opened, data=data)
        _refuse_broken_rows(found)
    except XukeError as error:
        return Made(slug, year, failures=(str(error),))
    folder = out / slug / str(year)
    write_whole(folder / "figures.csv", csv(found.figures()))
    pages, failures = {}, []
    for notebook in notebooks:
        say(f"{opened.title}:执行笔记本 {notebook.stem}")
        try:
            executed = execute(notebook, {**parameters, "place": slug, "year": year}, data)
            name = executed.metadata.get("xuke", {}).get("title", notebook.stem)
            title = f"{opened.title}{name}"
            html = page_html(executed, title=title, place=opened.place.name, label=opened.label)
            write_whole(folder / f"{notebook.stem}.html", html)
            pages[f"{notebook.stem}.html"] = title
        except XukeError as error:
            failures.append(f"{opened.title}:{error}")
    return Made(slug, year, pages, found, tuple(failures))


def _refuse_broken_rows(found: Check) -> None:
    """Refuse to publish a year whose rows contradict their declarations."""
    if not found.problems.empty:
        said = ";".join(problem_lines(found.problems))
        raise XukeError(f"{found.year.title}的数据没有通过校验,不生成页面:{said}。")
