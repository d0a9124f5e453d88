"""``xuke import`` and ``xuke demo``: data in, real or made up."""

import gc
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import Data, OneYear, app, data_root, day
from analysis.console import say
from analysis.errors import XukeError

if TYPE_CHECKING:
    from analysis.sources.importing.request import Imported


@app.command("import")
def import_(
    year: OneYear,
    files: Annotated[
        list[str], typer.Argument(help="导出文件,可写多个或用通配符;也可以是数据库地址")
    ],
    place: Annotated[str, typer.Option("--place", help="地方,须已在 places.toml 登记")],
    preset: Annotated[str, typer.Option("--preset", help="现成的对照,按来源系统选")] = "",
    mapping: Annotated[Path | None, typer.Option("--mapping", help="自己的对照文件")] = None,
    table: Annotated[str, typer.Option("--table", help="表名;不写则按表头判断")] = "",
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", help="工作表,可写多次;不写则为全部可见的")
    ] = None,
    encoding: Annotated[str, typer.Option("--encoding", help="文本编码;不写则自动识别")] = "",
    separator: Annotated[str, typer.Option("--separator", help="分隔符;不写则自动识别")] = "",
    heading_row: Annotated[
        int | None, typer.Option("--heading-row", help="表头在第几行;不写则自动识别")
    ] = None,
    query: Annotated[str, typer.Option("--query", help="从数据库读取的 SQL 查询")] = "",
    accept: Annotated[bool, typer.Option("--accept", help="接受相近的表头")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查,不改动年度")] = False,
    exported_on: Annotated[
        str, typer.Option("--exported-on", help="导出日期,写作 2023-01-15")
    ] = "",
    cutoff: Annotated[str, typer.Option("--cutoff", help="统计截止日;不写则为年末")] = "",
    data: Data = None,
) -> None:
    """导入真实导出:对照、校验、去标识化,逐行交代去向;要么全部写入,要么不动。"""
    gc.set_threshold(100_000)  # millions of objects come and go, and none of them in a circle
    Thread(target=_load_ahead).start()
    from analysis.console import show_import, ticking
    from analysis.sources.importing.request import Request
    from analysis.sources.importing.run import run_import
    from analysis.sources.reading import Options

    request = Request(
        year=year,
        files=files,
        place=place,
        data=data_root(data),
        preset=preset,
        mapping=mapping,
        table=table,
        options=Options(encoding, separator, heading_row, tuple(sheet or ()), query),
        accept=accept,
        dry_run=dry_run,
        exported_on=day(exported_on, "--exported-on"),
        cutoff=day(cutoff, "--cutoff"),
    )
    with ticking() as tick:
        imported = run_import(request, say, tick)
    show_import(imported, _problems(imported))
    if imported.failure:
        raise typer.Exit(1)


def _problems(imported: "Imported") -> Path:
    """Write what was found; who cannot have that must still know whether the year was changed."""
    from analysis.publish.imported import write_problems

    try:
        return write_problems(imported)
    except XukeError as error:
        changed = not (imported.failure or imported.request.dry_run)
        state = "年度已经导入,只缺问题表;腾出空间后可重新导入。" if changed else "年度没有改动。"
        raise XukeError(f"{error}{state}") from error


def _load_ahead() -> None:
    """Load what is needed later, and takes two seconds, while the files are read."""
    for module in (
        "analysis.sources.importing.complete",
        "ibis.backends.duckdb",
        "analysis.publish.imported",
    ):
        import_module(module)


@app.command()
def demo(
    raw: Annotated[
        str | None,
        typer.Option("--raw", help="不生成,而把演示数据写成某种系统的原始导出:对照的名称"),
    ] = None,
    year: Annotated[int, typer.Option("--year", help="写哪一年的原始导出")] = 2022,
    form: Annotated[
        str, typer.Option("--format", help="原始导出的格式:csv-gb18030、csv-utf8 或 xlsx")
    ] = "csv-gb18030",
    out: Annotated[
        Path | None, typer.Option("--out", help="原始导出的文件夹;默认为 data/raw/demo-对照名")
    ] = None,
    data: Data = None,
) -> None:
    """生成演示数据:示例区 2021—2023 年(虚构,合计数按公开报告校准)。"""
    from analysis.sources.demo import generate, write_raw
    from analysis.sources.mapping.load import preset
    from analysis.tables.year import Year

    folder = data_root(data)
    if raw is None:
        for made in generate(folder, progress=say):
            say(f"已写入 {made}")
        return
    source = Year.open("demo", year, data=folder)
    for path in write_raw(source, preset(raw, folder), form, out or folder / "raw" / f"demo-{raw}"):
        say(f"已写入 {path}")
