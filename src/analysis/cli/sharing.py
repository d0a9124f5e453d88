"""``xuke figures``, ``xuke draft``: a year's figures and the report's text as files."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import Data, EngineUrl, OneYear, Slug, app, compute_with, data_root
from analysis.console import say, show_table
from analysis.errors import XukeError

if TYPE_CHECKING:
    from analysis.check import Check
    from analysis.report.edition import Edition

SHOWN = ["id", "variant", "term", "value", "unit", "reason"]


class Form(StrEnum):
    """What figures are written as."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


To = Annotated[Path | None, typer.Option("--to", help="写到这个文件;已有的文件不覆盖")]


@app.command()
def figures(
    year: Annotated[int | None, typer.Argument(help="年度")] = None,
    place: Slug = None,
    tally: Annotated[
        Path | None,
        typer.Option("--tally", help="不用办件,由 xuke tally 写的汇总文件计算能相加的指标"),
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="csv、json 或 xlsx;不写则列在屏幕上")
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="CSV 以字节顺序标记开头,供 Excel 直接打开")
    ] = False,
    to: To = None,
    engine: EngineUrl = None,
    data: Data = None,
) -> None:
    """列出一个年度的全部指标,或写成 CSV、JSON、工作簿。"""
    from analysis.report.edition import edition

    compute_with(engine)
    if bom and form is not Form.CSV:
        raise XukeError("--bom 只用于 CSV:请同时写 --format csv。")
    if to and form is None:
        raise XukeError("没有说明写成什么格式:请用 --format 写明 csv、json 或 xlsx。")
    if tally:
        _figures_of_tally(tally, form, to, bom=bom)
        return
    if year is None:
        raise XukeError("没有写年度:应写作 xuke figures 2022,或用 --tally 给出汇总文件。")
    found = _checked(year, place, data)
    made = edition(found.facts, found.before, found.compared)
    if form is None:
        show_table(f"{year} 年指标", made.figures[SHOWN])
        return
    _hand_over(_written(made, form, bom=bom), to, form)


def _figures_of_tally(path: Path, form: Form | None, to: Path | None, *, bom: bool) -> None:
    """List the figures of a tally file, or write them: nothing is printed that they are held to."""
    from analysis.check import compare
    from analysis.federation.file import NOTICE, read
    from analysis.report.edition import edition

    tallies = read(path)
    facts = tallies.facts
    made = edition(facts, None, compare(facts))
    say(NOTICE)
    if made.year.label:
        say(made.year.label)
    if form is None:
        show_table(f"{made.year.title}({len(tallies.parts)} 份)指标", made.figures[SHOWN])
        return
    _hand_over(_written(made, form, bom=bom), to, form)


@app.command()
def draft(
    year: OneYear,
    place: Slug = None,
    department: Annotated[
        str, typer.Option("--department", help="只写这个部门的报告:部门名称或编码")
    ] = "",
    to: To = None,
    engine: EngineUrl = None,
    data: Data = None,
) -> None:
    """起草一个年度的报告文稿(.docx,公文格式):数由指标登记表来,只有人知道的留〔待填〕。"""
    from analysis.problems.grounds import Grounds
    from analysis.report.draft import draft as drafted
    from analysis.report.draft import findings_of
    from analysis.report.draft.word import docx
    from analysis.report.edition import edition
    from analysis.statistics.departments import department_code

    compute_with(engine)
    found = _checked(year, place, data)
    made = edition(found.facts, found.before, found.compared, department=department)
    grounds = Grounds(found.facts, facts_before=found.before)
    if department:
        grounds = grounds.of(department_code(found.facts, department))
    path = to or Path(f"{made.department or made.year.place.slug}-{year}-draft.docx")
    _write_new(path, docx(drafted(made, findings_of(grounds))))


def _checked(year: int, place: str | None, data: Path | None) -> "Check":
    from analysis.check import check
    from analysis.tables.year import Year

    source = data_root(data)
    return check(Year.open(place, year, data=source), data=source)


def _written(made: "Edition", form: Form, *, bom: bool) -> bytes:
    from analysis.publish.write import csv
    from analysis.report.machine import figures_json
    from analysis.report.workbook import workbook

    match form:
        case Form.CSV:
            return csv(made.figures, bom=bom).encode()
        case Form.JSON:
            return figures_json(made).encode()
        case Form.XLSX:
            return workbook(made)


def _hand_over(content: bytes, to: Path | None, form: Form) -> None:
    """Write to the file named, else to the output: these are data, UTF-8 in any locale."""
    if to:
        _write_new(to, content)
        return
    if form is Form.XLSX and sys.stdout.isatty():
        raise XukeError("工作簿不能显示在屏幕上:请用 --to 写明文件名。")
    sys.stdout.buffer.write(content)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file, unless there is another one that somebody may have worked on."""
    from analysis.publish.write import write_whole

    if path.exists() and path.read_bytes() != content:
        raise XukeError(f"“{path}”已经存在,内容不同:请用 --to 另写一个文件名。")
    write_whole(path, content)
    say(f"已写入 {path}")
