"""The command ``xuke``."""

import os
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from analysis.console import say, show_check, show_table
from analysis.errors import DEBUG, XukeError
from analysis.project import data_dir, require_data, root

app = typer.Typer(
    name="xuke",
    help="行政许可实施和监督管理情况:统计、核对、出报告。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
INTERRUPTED = 130
AUDIT_COLUMNS = ("报告", "结论", "检查", "算式", "差额", "说明")
Years = Annotated[list[int] | None, typer.Argument(help="年度,可写多个;不写则为所有年度")]
Slug = Annotated[str | None, typer.Option("--place", help="地方;只登记了一个时可省略")]
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹;默认为项目的 data/")]


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
    verify: Annotated[
        bool, typer.Option("--verify", help="重新读取每个文件来判断有没有变化")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="结果输出为 JSON,供程序读取")] = False,
    data: Data = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="输出文件夹;默认为项目的 reports/")
    ] = None,
) -> None:
    """生成各年度的页面、数据文件和索引;没有变化的沿用。"""
    from analysis.publish.command import Asked, publish

    asked = Asked(
        years=tuple(years or ()),
        place=place,
        notebooks=tuple(_notebooks(notebook)),
        parameters=_parameters(parameter or []),
        audience=audience,
        data=_root(data),
        reports=(out or root() / "reports").absolute(),
        jobs=jobs,
        timeout=timeout,
        force=force,
        verify=verify,
        dry_run=dry_run,
        as_json=as_json,
    )
    if not publish(asked, say):
        raise typer.Exit(1)


@app.command()
def check(years: Years = None, place: Slug = None, data: Data = None) -> None:
    """重新计算,与公开数逐项核对;有不一致时退出码为 1。"""
    from analysis.check import check as check_year
    from analysis.tables.year import Year

    source = _root(data)
    slug, wanted = _years(years, place, source)
    checks = [check_year(Year.open(slug, year, data=source), data=source) for year in wanted]
    for found in checks:
        show_check(found)
    if not all(found.passed for found in checks):
        raise typer.Exit(1)


@app.command()
def figures(
    year: Annotated[int, typer.Argument(help="年度")],
    place: Slug = None,
    csv: Annotated[bool, typer.Option("--csv", help="输出 CSV,供程序读取")] = False,
    data: Data = None,
) -> None:
    """列出一个年度的全部指标。"""
    from analysis.check import check as check_year
    from analysis.publish.write import csv as as_csv
    from analysis.tables.year import Year

    source = _root(data)
    found = check_year(Year.open(place, year, data=source), data=source).figures()
    if csv:
        sys.stdout.buffer.write(as_csv(found).encode())  # UTF-8 in any locale: these are data
    else:
        show_table(f"{year} 年指标", found[["id", "variant", "term", "value", "unit", "reason"]])


@app.command()
def audit(
    file: Annotated[
        Path | None,
        typer.Argument(help="CSV 或 XLSX,列名为 指标、数值、单位;不写则检查全部已登记的公开报告"),
    ] = None,
    period: Annotated[str, typer.Option("--period", help="报告所属时期,如 2022")] = "",
    data: Data = None,
) -> None:
    """检查报告的数能否自洽;有对不上的数时退出码为 1。"""
    from analysis.console import fail
    from analysis.problems.integrity.audit import audit_all, audit_file
    from analysis.problems.integrity.findings import failing, reckoned, with_readings

    source = _root(data)
    if file is None and period:
        raise XukeError("--period 只用于检查一个文件:已登记的公开报告各有自己的时期。")
    try:
        checks = audit_file(file, period=period, data=source) if file else audit_all(source)
    except XukeError as error:  # 1 says that figures do not add up, not that there are none
        fail(str(error))
        raise typer.Exit(2) from error
    title = f"{file.name} 的完整性检查" if file else "已登记的公开报告的完整性检查"
    columns = [column for column in AUDIT_COLUMNS if column in checks.columns]
    show_table(title, with_readings(checks)[columns].fillna(""))
    wrong, asked = failing(checks), checks["结论"].eq("待确认").sum()
    questions = f",另有 {asked} 个用语或数值待确认、未用" if asked else ""
    say(f"核算 {len(reckoned(checks))} 项,{len(wrong)} 项对不上{questions}。")
    if len(wrong):
        raise typer.Exit(1)


@app.command("import")
def import_(
    year: Annotated[int, typer.Argument(help="年度")],
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
    from analysis.console import show_import, ticking
    from analysis.sources.importing.request import Request
    from analysis.sources.importing.run import run_import
    from analysis.sources.reading import Options

    request = Request(
        year=year,
        files=files,
        place=place,
        data=_root(data),
        preset=preset,
        mapping=mapping,
        table=table,
        options=Options(encoding, separator, heading_row, tuple(sheet or ()), query),
        accept=accept,
        dry_run=dry_run,
        exported_on=_day(exported_on, "--exported-on"),
        cutoff=_day(cutoff, "--cutoff"),
    )
    # What makes the page takes over a second to load; meanwhile the engine is at work.
    Thread(target=import_module, args=["analysis.publish.imported"]).start()
    with ticking() as tick:
        imported = run_import(request, say, tick)
    from analysis.publish.imported import write_problems

    show_import(imported, write_problems(imported))
    if imported.failure:
        raise typer.Exit(1)


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

    folder = _root(data)
    if raw is None:
        for made in generate(folder, progress=say):
            say(f"已写入 {made}")
        return
    source = Year.open("demo", year, data=folder)
    for path in write_raw(source, preset(raw, folder), form, out or folder / "raw" / f"demo-{raw}"):
        say(f"已写入 {path}")


def main() -> None:
    """Run the command; a mistake ends in one Chinese sentence on stderr and exit code 1 or 2."""
    from analysis.console import fail, speak_chinese, told, unforeseen

    speak_chinese()
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:  # typer makes an exit code of Ctrl-C, and says nothing
            raise KeyboardInterrupt
    except XukeError as error:
        fail(str(error))
        code = 1
    except (typer.Abort, KeyboardInterrupt):
        fail("已中断;已经写好的文件不受影响。")
        code = INTERRUPTED
    except Exception as error:
        if DEBUG in os.environ:
            raise
        fail(told(error) or unforeseen(error, DEBUG))
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _root(data: Path | None) -> Path:
    return require_data(data) if data else data_dir()


def _day(text: str, option: str) -> date | None:
    """Return the day that an option gives; None for an empty one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise XukeError(f"{option} 的值“{text}”不是日期:应写作 2023-01-15。") from error


def _notebooks(names: list[str] | None) -> list[Path]:
    """Return the notebooks asked for, or all of the project."""
    folder = root() / "notebooks"
    wanted = names or sorted(path.stem for path in folder.glob("*.ipynb"))
    if not wanted:
        raise XukeError(f"“{folder}”里没有笔记本:请在项目文件夹内运行 xuke run。")
    return [folder / f"{name}.ipynb" for name in wanted]


def _years(years: list[int] | None, place: str | None, data: Path) -> tuple[str, list[int]]:
    """Return the place's slug and the years asked for, or all that have data."""
    from analysis.tables.place import place as find
    from analysis.tables.year import years_of

    at = find(place, data)
    wanted = years or years_of(at.slug, data)
    if not wanted:
        raise XukeError(f"{at.name}还没有任何年度的数据:请先导入,或用 xuke demo 生成演示数据。")
    return at.slug, sorted(set(wanted))


def _parameters(pairs: list[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise XukeError(f"参数“{pair}”写法不对:应写作 名称=值。")
    given = dict(pair.split("=", 1) for pair in pairs)
    for taken in ("year", "place"):
        if taken in given:
            raise XukeError(f"{taken} 不用 -p 给出:年度直接写在命令后面,地方用 --place。")
    return given
