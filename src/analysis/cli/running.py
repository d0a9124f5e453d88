"""``xuke run``, ``xuke check``: the pages and files of years, and whether they are right."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import (
    Data,
    EngineUrl,
    Reports,
    Slug,
    Years,
    app,
    compute_with,
    data_root,
    years_wanted,
)
from analysis.console import say, show_check
from analysis.errors import XukeError
from analysis.project import root


@app.command()
def run(
    years: Years = None,
    place: Slug = None,
    notebook: Annotated[
        list[str] | None, typer.Option("--notebook", help="只做这个笔记本,可写多次")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("-p", help="笔记本参数,写作 名称=值,可写多次")
    ] = None,
    audience: Annotated[
        str | None, typer.Option("--audience", help="读者范围:internal(内部)或 public(公开)")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="同时生成几个文件;默认为处理器核数")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="每个页面最多几秒")] = 1800,
    force: Annotated[bool, typer.Option("--force", help="没有变化也重做")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说明要做什么、为什么")] = False,
    zip_: Annotated[
        bool, typer.Option("--zip", help="另打一个压缩包供发送;公开版须核对和披露审核都通过")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="重新读取每个文件来判断有没有变化")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="结果输出为 JSON,供程序读取")] = False,
    engine: EngineUrl = None,
    data: Data = None,
    out: Reports = None,
) -> None:
    """生成各年度的页面、数据文件和索引;没有变化的沿用。"""
    from analysis.publish.command import Asked, publish

    compute_with(engine)
    asked = Asked(
        years=tuple(years or ()),
        place=place,
        notebooks=tuple(_notebooks(notebook)),
        parameters=_parameters(parameter or []),
        audience=audience,
        data=data_root(data),
        reports=(out or root() / "reports").absolute(),
        jobs=jobs,
        timeout=timeout,
        force=force,
        verify=verify,
        dry_run=dry_run,
        zip=zip_,
        as_json=as_json,
    )
    if not publish(asked, say):
        raise typer.Exit(1)


@app.command()
def check(
    years: Years = None, place: Slug = None, engine: EngineUrl = None, data: Data = None
) -> None:
    """重新计算,与公开数逐项核对;有不一致时退出码为 1。"""
    from analysis.check import check as check_year
    from analysis.tables.year import Year

    compute_with(engine)
    source = data_root(data)
    slug, wanted = years_wanted(years, place, source)
    checks = [check_year(Year.open(slug, year, data=source), data=source) for year in wanted]
    for found in checks:
        show_check(found)
    if not all(found.passed for found in checks):
        raise typer.Exit(1)


def _notebooks(names: list[str] | None) -> list[Path]:
    """Return the notebooks asked for, or all of the project that make pages."""
    from analysis.publish.notebook import of_pages

    folder = root() / "notebooks"
    wanted = names or [notebook.name for notebook in of_pages(folder)]
    if not wanted:
        raise XukeError(f"“{folder}”里没有笔记本:请在项目文件夹内运行 xuke run。")
    return [folder / f"{name}.ipynb" for name in wanted]


def _parameters(pairs: list[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise XukeError(f"参数“{pair}”写法不对:应写作 名称=值。")
    given = dict(pair.split("=", 1) for pair in pairs)
    for taken in ("year", "place"):
        if taken in given:
            raise XukeError(f"{taken} 不用 -p 给出:年度直接写在命令后面,地方用 --place。")
    return given
