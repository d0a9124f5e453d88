"""``xuke audit``: whether the printed figures of a report add up."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import Data, app, data_root
from analysis.console import say, show_table
from analysis.errors import XukeError

AUDIT_COLUMNS = ("报告", "结论", "检查", "算式", "差额", "说明")


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

    source = data_root(data)
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
