"""What the command line prints, and how it says what went wrong."""

import codecs
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.check import Check
    from analysis.sources.importing.request import Imported

TERMS = {
    "year": "年度",
    "years": "年度",
    "place": "地方",
    "data": "数据文件夹",
    "out": "输出文件夹",
    "files": "导出文件",
    "file": "报告文件",
    "first": "甲(第一个年度或文件夹)",
    "second": "乙(第二个年度或文件夹)",
    "what": "年度或汇总文件",
    "heading_row": "--heading-row",
}
TOP = 10  # problems that the recap shows
PIPED_WIDTH = 160  # without a terminal there is no width to keep to
console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
errors = Console(stderr=True)


def speak_chinese() -> None:
    """Let Chinese be printed whatever the locale: a plain POSIX one has room for ASCII only."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            narrow = codecs.lookup(stream.encoding).name in ("ascii", "iso8859-1")
            stream.reconfigure(encoding="utf-8" if narrow else None, errors="replace")


def say(line: str) -> None:
    """Print a line of progress."""
    errors.print(line, style="dim", markup=False, highlight=False, soft_wrap=True)


@contextmanager
def ticking() -> Iterator[Callable[[str], None]]:
    """Yield what shows how far a long step has come; without a terminal nothing is shown."""
    if not errors.is_terminal:
        yield lambda line: None
        return
    with errors.status("") as status:
        yield lambda line: status.update(Text(line))


def fail(sentence: str) -> None:
    """Print what went wrong."""
    errors.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)


def told(error: Exception) -> str | None:
    """Return the Chinese sentence for a mistyped command; None for any other error.

    The parser's errors are known by their names: which package defines them has changed.
    """
    names = {kind.__name__ for kind in type(error).__mro__}
    if "ClickException" not in names:
        return None
    ctx = getattr(error, "ctx", None)
    usage = f"用 {ctx.command_path if ctx else 'xuke'} --help 查看写法"
    if "NoSuchOption" in names:
        wrong = str(getattr(error, "option_name", ""))
        known = [opt for param in ctx.command.params for opt in param.opts] if ctx else []
        return f"没有选项 {wrong}:{_option_near(wrong, known) or usage}。"
    if "MissingParameter" in names:
        return f"缺少 {_parameter(error)}:{usage}。"
    if "BadParameter" in names:
        return f"{_parameter(error)} 的值不对:{_wanted(error)}{usage}。"
    message = str(getattr(error, "message", error))
    if message.startswith("No such command"):
        wrong = message.split("'")[1]
        known = list(getattr(getattr(ctx, "command", None), "commands", {}))
        close = _closest(wrong, known)
        return (
            f"没有命令 {wrong}:{f'是不是 {close}' if close else '可用的有 ' + '、'.join(known)}。"
        )
    return f"命令写法不对({message}):{usage}。"


def unforeseen(error: Exception, variable: str) -> str:
    """Return the Chinese sentence for an error that nobody thought of: a fault of the program."""
    return (
        f"程序出错({type(error).__name__}: {error}):这不是您的操作问题,请把这句话告诉维护者;"
        f"设环境变量 {variable}=1 再运行可看到详情。"
    )


def _parameter(error: Exception) -> str:
    param = getattr(error, "param", None)
    return TERMS.get(param.name, param.opts[0]) if param else "参数"


def _wanted(error: Exception) -> str:
    """Return what a parameter takes, as a clause; empty where its name says it."""
    param = getattr(error, "param", None)
    if param is None:
        return ""
    if TERMS.get(param.name) == TERMS["year"]:
        return "年度写作四位数字,如 2022;"
    annotated = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    words = "整数" if annotated is int else "数字" if annotated is float else ""
    least = getattr(param, "min", None)
    return f"要写{words}{'' if least is None else f',不小于 {least}'};" if words else ""


def _option_near(wrong: str, known: Sequence[str]) -> str:
    """Return the nearest option; or, where that is an argument, where to write it."""
    close = _closest(wrong, known)
    if close and not close.startswith("-"):
        return f"{TERMS.get(close, close)}不用选项,直接写在命令之后"
    return f"是不是 {close}" if close else ""


def _closest(wrong: str, known: Sequence[str]) -> str:
    close = get_close_matches(wrong, known, n=1)
    return close[0] if close else ""


def show_table(title: str, frame: "pd.DataFrame") -> None:
    """Print a frame as a table."""
    table = Table(title=title, title_justify="left", header_style="bold", box=box.SIMPLE_HEAD)
    for column in frame.columns:
        table.add_column(str(column), overflow="fold")
    for row in frame.itertuples(index=False):
        table.add_row(*map(str, row))
    console.print(table, markup=False)


def show_check(found: "Check") -> None:
    """Print what the check of a year found."""
    from analysis.check import problem_lines

    year = found.year
    report = year.place.published.get(year.year)
    if report:
        terms = {"term": "指标", "published": "公开数", "computed": "计算数"}
        terms |= {"difference": "差", "verdict": "结论", "note": "说明", "id": "编号"}
        shown = found.compared[list(terms)].rename(columns=terms)
        show_table(f"{year.title}:与公开报告 {report} 核对", shown)
    else:
        console.print(f"{year.title}:没有登记公开报告,只核对数据和存量流量。", markup=False)
    if year.label:
        console.print(year.label, style="yellow", markup=False)
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
    for each in found.failing.to_dict("records"):
        figure, computed = f"{each['term']}({each['id']})", each["computed"] or "—"
        fail(f"{each['verdict']}:{figure}公开 {each['published']},计算 {computed} {each['note']}")
    for line in found.unchecked:
        console.print(f"请留意:{line}", style="yellow", markup=False, soft_wrap=True)
    verdict = "通过" if found.passed else "未通过"
    rest = f"({len(found.unchecked)} 项没有核对,见上)" if found.unchecked else ""
    console.print(f"{year.title}核对{verdict}{rest}", style="bold", markup=False)


def show_import(made: "Imported", folder: Path) -> None:
    """Print what became of every row, the problems, and where they are listed."""
    from analysis.publish.imported import rows_read, rows_written, rules_broken

    request, title = made.request, f"{made.place.name} {made.request.year} 年"
    counts = rows_read(made)
    numbers = counts.columns[2:]
    show_table(
        f"{title}:每一行的去向", counts.assign(**{n: counts[n].map("{:,}".format) for n in numbers})
    )
    console.print(rows_written(made), markup=False, highlight=False, soft_wrap=True)
    broken = rules_broken(made)
    if len(broken):
        shown = broken.head(TOP).assign(行数=broken["行数"].map("{:,}".format))
        rest = f"(前 {TOP} 条,共 {len(broken)} 条)" if len(broken) > TOP else ""
        show_table(f"问题{rest}", shown)
    for pattern in made.patterns:
        n = f"({pattern.n:,} 件)" if pattern.n else ""
        console.print(f"请留意:{pattern.said}{n}", style="yellow", markup=False, soft_wrap=True)
    for note in made.notes:
        console.print(note, style="dim", markup=False, highlight=False, soft_wrap=True)
    console.print(
        f"逐行的问题:{folder / 'problems.csv'},网页 problems.html 在同一文件夹",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    if made.failure:
        fail(f"{made.failure}:请看上面的问题。")
    elif request.dry_run:
        console.print(f"试导入通过:{title}没有改动。", style="bold", markup=False)
    else:
        console.print(
            f"已导入 {request.folder}", style="bold", markup=False, highlight=False, soft_wrap=True
        )
    if made.lacking and not made.failure:
        console.print(
            f"还缺{'、'.join(made.lacking)}表:导入后才能计算和出报告。",
            style="yellow",
            markup=False,
        )
