"""``xuke lab``: JupyterLab, with everything ready."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import Data, app, data_root
from analysis.console import say
from analysis.errors import XukeError
from analysis.project import root


@app.command()
def lab(
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="端口;不写则自己找一个空闲的")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="是否打开浏览器")] = True,
    data: Data = None,
) -> None:
    """打开 JupyterLab:笔记本、数据、中文图都已就绪;按 Ctrl-C 结束。"""
    from analysis.lab.saving import OWN, changed
    from analysis.lab.serve import free_port, serve

    folder, notebooks = data_root(data), root() / "notebooks"
    if not notebooks.is_dir():
        raise XukeError(f"“{notebooks}”不在:请在项目文件夹内运行 xuke lab。")
    _offer_demo(folder)
    (notebooks / OWN).mkdir(exist_ok=True)
    for name in changed(notebooks):
        say(f"请留意:自带的笔记本 {name} 已被改动;要恢复,运行 git checkout -- notebooks/{name}")
    say(f"自己的笔记本请存到 notebooks/{OWN}/;自带的笔记本保存时不留输出。")
    serve(
        notebooks,
        folder,
        port=port or free_port(),
        browser=browser,
        opened=lambda address: say(f"JupyterLab 已打开(只限本机):{address}\n按 Ctrl-C 结束。"),
    )
    say("JupyterLab 已结束,内核已关闭;没有保存的改动没有写入。")


def _offer_demo(data: Path) -> None:
    """Offer the demo place where there are no data; the notebook offers it again."""
    from analysis.tables.place import places
    from analysis.tables.years import years_of

    if any(years_of(slug, data) for slug in places(data)):
        return
    say("还没有任何数据。")
    if sys.stdin.isatty() and typer.confirm("现在生成演示数据(约一分钟)吗?", default=True):
        from analysis.sources.demo import generate

        generate(data, progress=say)
    else:
        say("打开 explore.ipynb 后可以一键生成演示数据,也可以先用 xuke import 导入。")
