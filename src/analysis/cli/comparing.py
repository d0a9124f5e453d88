"""``xuke diff``: what differs between two years, places or runs."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import Data, Slug, app, data_root
from analysis.console import say, show_table

TOP = 40  # differences that the terminal shows


@app.command()
def diff(
    first: Annotated[
        str,
        typer.Argument(
            help="甲:年度(2021)、地方/年度(demo/2021)、previous(上一次导入)或报告文件夹"
        ),
    ],
    second: Annotated[str, typer.Argument(help="乙:写法相同")],
    place: Slug = None,
    as_json: Annotated[bool, typer.Option("--json", help="结果输出为 JSON,供程序读取")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="另写成一个可以发送的页面")] = None,
    data: Data = None,
) -> None:
    """比较两个年度、地方或两次运行:数据、指标、发现、页面的差异,大的在前。"""
    from analysis.comparing.differences import TERMS, differences
    from analysis.comparing.opening import sides
    from analysis.publish.compared import compared_page, printed, summary
    from analysis.publish.write import write_whole

    before, now = sides(first, second, place=place, data=data_root(data))
    found = differences(before, now)
    if html:
        write_whole(html, compared_page(before, now, found))
        say(f"已写入 {html}")
    if as_json:
        said = {
            "before": before.name,
            "now": now.name,
            "differences": found.to_dict("records"),
        }
        sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n")
        return
    shown = printed(found.head(TOP)).drop(columns="id").rename(columns=TERMS)
    if len(found):
        show_table(f"甲 {before.name},乙 {now.name}", shown)
    rest = f"这里列出前 {TOP} 处,全部见 --json 或 --html。" if len(found) > TOP else ""
    print(summary(found) + rest)
