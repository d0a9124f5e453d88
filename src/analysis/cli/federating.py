"""``xuke tally``: what a place hands up instead of its cases, and how that is added up."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import Data, EngineUrl, Slug, app, compute_with, data_root
from analysis.console import say
from analysis.errors import XukeError

if TYPE_CHECKING:
    from analysis.federation.tallies import Tallies


@app.command()
def tally(
    what: Annotated[
        list[str], typer.Argument(metavar="YEAR | FILE…", help="年度;与 --merge 连用时为汇总文件")
    ],
    out: Annotated[Path, typer.Option("--out", help="写到这个文件")],
    merge: Annotated[bool, typer.Option("--merge", help="把各地的汇总文件相加")] = False,
    place: Slug = None,
    engine: EngineUrl = None,
    data: Data = None,
) -> None:
    """写出一个年度的汇总文件(只有数,没有办件),或把各地的汇总文件相加;内部资料,不得公开。"""
    from analysis.federation.file import NOTICE, write

    compute_with(engine)
    made = _merged(what) if merge else _counted(what, place, data)
    write(made, out)
    rows = sum(len(frame) for frame in made.frames.values())
    say(f"已写入 {out}({len(made.parts)} 个地方,{rows:,} 行)")
    say(NOTICE)


def _merged(files: list[str]) -> "Tallies":
    from analysis.federation.file import read
    from analysis.federation.tallies import added

    return added([read(Path(file)) for file in files])


def _counted(what: list[str], place: str | None, data: Path | None) -> "Tallies":
    from analysis.federation.tallies import counted
    from analysis.tables.year import Year

    if len(what) > 1 or not what[0].isdecimal():
        raise XukeError("汇总一次写一个年度,应写作 xuke tally 2022 --out 文件;相加时请加 --merge。")
    return counted(Year.open(place, int(what[0]), data=data_root(data)))
