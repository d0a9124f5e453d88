"""``xuke new-year``: what a year needs before its exports come."""

from typing import Annotated

import typer

from analysis.cli.app import Data, OneYear, app, data_root
from analysis.console import say


@app.command("new-year")
def new_year(
    year: OneYear,
    place: Annotated[str, typer.Option("--place", help="地方;还没有登记的会登记")],
    name: Annotated[str, typer.Option("--name", help="地方的名称,登记时要写")] = "",
    preset: Annotated[str, typer.Option("--preset", help="来源系统的对照;不写则沿用上一年的")] = "",
    data: Data = None,
) -> None:
    """开始一个新年度:登记地方,建导出文件夹,写明要导出什么;不覆盖已有的任何东西。"""
    from analysis.publish.new_year import start_year

    started = start_year(place, year, data=data_root(data), name=name, preset_name=preset)
    for path in started.made:
        say(f"新建 {path}")
    for path in started.kept:
        say(f"已有,不动 {path}")
    for note in started.notes:
        say(f"请留意:{note}")
    print(f"要导出什么、怎样导入,见 {started.guide}")
