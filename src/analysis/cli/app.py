"""The command's frame: its name, the options that commands share, and what they stand for."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import XukeError
from analysis.project import data_dir, require_data

app = typer.Typer(
    name="xuke",
    help="行政许可实施和监督管理情况:统计、核对、出报告。",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)
Years = Annotated[list[int] | None, typer.Argument(help="年度,可写多个;不写则为所有年度")]
OneYear = Annotated[int, typer.Argument(help="年度")]
Slug = Annotated[str | None, typer.Option("--place", help="地方;只登记了一个时可省略")]
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹;默认为项目的 data/")]
Reports = Annotated[Path | None, typer.Option("--out", help="输出文件夹;默认为项目的 reports/")]
EngineUrl = Annotated[
    str | None,
    typer.Option("--engine", help="计算引擎的地址,如 duckdb://?threads=2;不写则为内置的 DuckDB"),
]


@app.callback()
def without_command(context: typer.Context) -> None:
    """Show the help where no command is given: that is a question, and no mistake."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def data_root(data: Path | None) -> Path:
    """Return the data folder given, or the project's own."""
    return require_data(data) if data else data_dir()


def compute_with(engine: str | None) -> None:
    """Let this process, and those it starts, compute with the engine asked for."""
    from analysis.engines.address import use

    use(engine)


def day(text: str, option: str) -> date | None:
    """Return the day that an option gives; None for an empty one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise XukeError(f"{option} 的值“{text}”不是日期:应写作 2023-01-15。") from error


def years_wanted(years: list[int] | None, place: str | None, data: Path) -> tuple[str, list[int]]:
    """Return the place's slug and the years asked for, or all that have data."""
    from analysis.tables.place import place as find
    from analysis.tables.years import years_of

    at = find(place, data)
    wanted = years or years_of(at.slug, data)
    if not wanted:
        raise XukeError(f"{at.name}还没有任何年度的数据:请先导入,或用 xuke demo 生成演示数据。")
    return at.slug, sorted(set(wanted))
