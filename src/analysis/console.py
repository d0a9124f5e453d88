"""What the command line prints, and how it says what went wrong."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from analysis.check import Check
    from analysis.publish.run import Made

PIPED_WIDTH = 160  # without a terminal there is no width to keep to
console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
errors = Console(stderr=True)


def say(line: str) -> None:
    """Print a line of progress."""
    errors.print(line, style="dim", markup=False, highlight=False, soft_wrap=True)


def fail(sentence: str) -> None:
    """Print what went wrong."""
    errors.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)


def told(error: Exception) -> str | None:
    """Return the Chinese sentence for a mistyped command; None for any other error."""
    import click

    if not isinstance(error, click.ClickException):
        return None
    if isinstance(error, click.NoSuchOption):
        near = f"是不是 {error.possibilities[0]}?" if error.possibilities else ""
        return f"没有选项 {error.option_name}:{near or _help(error)}"
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"缺少 {name}:{_help(error)}"
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"{name} 的值不对({error.message}):年度写作四位数字,如 2022。"
    if isinstance(error, click.UsageError) and error.ctx and "No such command" in error.message:
        wrong = error.message.split("'")[1]
        known = list(getattr(error.ctx.command, "commands", {}))
        near = get_close_matches(wrong, known, n=1)
        hint = f"是不是 {near[0]}?" if near else f"可用的命令有:{'、'.join(known)}。"
        return f"没有命令 {wrong}:{hint}"
    return f"命令写法不对({error.format_message()}):{_help(error)}"


def _help(error: Exception) -> str:
    ctx = getattr(error, "ctx", None)
    return f"用 {ctx.command_path if ctx else 'xuke'} --help 查看写法。"


def show_table(title: str, frame: pd.DataFrame) -> None:
    """Print a frame as a table."""
    table = Table(title=title, title_justify="left", header_style="bold", box=box.SIMPLE_HEAD)
    for column in frame.columns:
        table.add_column(str(column), overflow="fold")
    for row in frame.itertuples(index=False):
        table.add_row(*map(str, row))
    console.print(table, markup=False)


def show_check(found: "Check") -> None:
    """Print what the check of a year found."""
    from analysis.publish.run import problem_lines

    year = found.year
    report = year.place.published.get(year.year)
    if report:
        terms = {"term": "指标", "published": "公开数", "computed": "计算数"}
        terms |= {"difference": "差", "verdict": "结论", "note": "说明", "id": "编号"}
        shown = found.compared[list(terms)].rename(columns=terms)
        show_table(f"{year.title}:与公开报告 {report} 核对", shown)
    else:
        console.print(f"{year.title}:没有登记公开报告,只核对数据和存量流量。", markup=False)
    if year.place.label:
        console.print(year.place.label, style="yellow", markup=False)
    for assumption in year.place.assumptions if report else ():
        console.print(assumption, style="yellow", markup=False)
    for line in problem_lines(found.problems):
        fail(f"数据问题:{line}")
    for name, frame in (
        ("存量流量不平", found.imbalances),
        ("与上年末不衔接", found.discontinuities),
    ):
        for row in frame.itertuples():
            fail(
                f"{name}:部门 {row.dept_code} 的{row.stock}应为 {row.expected:,},实为 {row.found:,}"
            )
    for row in found.failing.itertuples():
        fail(
            f"{row.verdict}:{row.term}({row.id})公开 {row.published},计算 {row.computed or '—'} {row.note}"
        )
    verdict = "通过" if found.passed else "未通过"
    console.print(f"{year.title}核对{verdict}", style="bold", markup=False)


def show_recap(made: Sequence["Made"], index: Path) -> None:
    """Print what a run made and what failed."""
    for each in made:
        for page in each.pages:
            console.print(f"已生成 {each.place}/{each.year}/{page}", markup=False, highlight=False)
        if each.check and not each.check.passed:
            fail(f"{each.check.year.title}核对未通过:用 xuke check {each.year} 查看。")
        for failure in each.failures:
            fail(f"未生成:{failure}")
    console.print(f"索引:{index}", markup=False, highlight=False, soft_wrap=True)
