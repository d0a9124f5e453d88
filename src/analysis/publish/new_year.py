"""Starting a year (新年度): the place's entry, a folder for the exports, and what to export.

Nothing that is there is written over: an entry is added below the others, files are only made anew.
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import XukeError
from analysis.publish.parameters import DECLARED
from analysis.publish.write import write_whole
from analysis.sources.mapping.declared import Mapping, TableMapping
from analysis.sources.mapping.load import MAPPED, preset
from analysis.tables.contents import NEEDED
from analysis.tables.place import place, places
from analysis.tables.schema import Need, Table

USUAL = "gbt39046"  # the preset proposed where no year before says which
ENTRY = '\n[{slug}]\nname = "{name}"\ncalendar = "china"  # 国务院公布的工作日;用自己的日历见 data/README.md\n'


@dataclass(frozen=True)
class Started:
    """What was made for a year.

    Attributes:
        made: files and folders that are new.
        kept: those that were there already, and were left as they are.
        guide: the file that says what to export from where.
        notes: what else the user must know, in Chinese.
    """

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    guide: Path
    notes: tuple[str, ...]


def start_year(
    slug: str, year: int, *, data: Path, name: str = "", preset_name: str = ""
) -> Started:
    """Make what a year needs before its exports can be imported.

    Args:
        slug: the place.
        year: the year.
        data: the data folder.
        name: name of the place, if it is not in ``places.toml`` yet.
        preset_name: the mapping of the system that is exported from; by default the one of the
            latest year that was imported.

    Raises:
        XukeError: a place that is new and has no name or an impossible slug; a year or a preset
            that there is not.
    """
    DECLARED["year"].value(year)
    registry = data / "places.toml"
    new = slug not in places(data)
    chosen = preset(preset_name or _last_preset(slug, data) or USUAL, data)
    if new:
        _register(registry, slug, name)
    exports = data / "raw" / slug / str(year)
    guide = exports.with_name(f"{year}.md")  # beside the folder: all that is in it is imported
    there = guide.is_file()
    exports.mkdir(parents=True, exist_ok=True)
    if not there:
        write_whole(guide, "\n".join(_guide(slug, year, chosen)) + "\n")
    states = ((registry, new), (guide, not there))
    return Started(
        made=tuple(path for path, is_new in states if is_new),
        kept=tuple(path for path, is_new in states if not is_new),
        guide=guide,
        notes=tuple(_notes(slug, year, data)),
    )


def _register(registry: Path, slug: str, name: str) -> None:
    """Add a place below those that are there, in their own words and comments."""
    DECLARED["place"].value(slug)
    if not name.strip():
        raise XukeError(f"places.toml 里还没有“{slug}”:请加上 --name 某区,写明它的名称。")
    if set(name) & set('"\\') or not name.isprintable():
        raise XukeError(f"名称“{name}”里有引号、反斜杠或控制字符:请改用普通文字。")
    text = registry.read_text(encoding="utf-8-sig")
    added = text.rstrip("\n") + "\n" + ENTRY.format(slug=slug, name=name.strip())
    tomllib.loads(added)
    write_whole(registry, added)


def _last_preset(slug: str, data: Path) -> str:
    """Return the mapping that the latest imported year of a place was read with."""
    for file in sorted((data / "years" / slug).glob("[0-9]*/year.json"), reverse=True):
        try:
            imported = json.loads(file.read_text(encoding="utf-8")).get("imported", {})
            names = [str(one["mapping"]["name"]) for one in imported.values()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if known := [name for name in names if (data / "presets" / f"{name}.toml").is_file()]:
            return known[0]
    return ""


def _notes(slug: str, year: int, data: Path) -> Iterator[str]:
    """Say what is not ready yet."""
    calendar = place(slug, data).calendar
    if calendar is None:
        yield "这个地方没有登记工作日历(calendar),以工作日计的指标为数据不足。"
        return
    try:
        calendar.require(year)
    except XukeError as error:
        yield str(error)


def _guide(slug: str, year: int, mapping: Mapping) -> Iterator[str]:
    """Write what to export, from the declarations of the tables and the preset."""
    yield f"# {slug} {year} 年:要导出什么"
    yield from (
        "",
        f"来源系统:{mapping.term}(对照 `{mapping.name}`)。{mapping.about}",
        f"导出时不要改表头,放进旁边的文件夹 {year}/;CSV(任何中文编码)、XLSX、Parquet 都可以。",
        "必填的表是事项目录和办件,其余有什么给什么:缺的表和列,用到它们的指标会写明“数据不足”。",
        "",
        f"一行办件要包括:{year} 年内申请、受理或办结的,以及 {year} 年初还没有办结的。",
    )
    for name, table in MAPPED.items():
        yield from _of_table(table, mapping.tables.get(name), mapping)
    yield from (
        "",
        "## 然后",
        "",
        "```sh",
        f"xuke import {year} data/raw/{slug}/{year}/*.* --place {slug}"
        f" --preset {mapping.name} --dry-run  # 先试,不改动任何东西",
        f"xuke import {year} data/raw/{slug}/{year}/*.* --place {slug} --preset {mapping.name}",
        f"xuke run {year} --place {slug}",
        "```",
        "",
        "表头对不上时,试导入会在 data/mappings/ 写好一份可改的对照;写法见 docs/import.zh-CN.md。",
        "报告印出后,把印出的数登记到 data/published/,并在 places.toml 写明,即可用 xuke check 核对。",
    )


def _of_table(table: Table, mapped: TableMapping | None, mapping: Mapping) -> Iterator[str]:
    needed = "必填" if table.name in NEEDED else "有则提供"
    yield from ("", f"## {table.term} `{table.name}`({needed})", "", f"一行:{table.row}。", "")
    if mapped is None:
        yield f"对照 `{mapping.name}` 没有这张表:用 `canonical` 的表头(docs/tables.md)另行导入。"
        return
    if mapped.rows_of:
        yield f"不必另行导出:由{MAPPED[mapped.rows_of].term}表的同一批行得到。"
        return
    yield from ("| 内容 | 表头 | 需要 |", "|---|---|---|")
    for column in table.columns:
        if column.need is not Need.OPTIONAL:
            absent = mapping.absent.get(f"{table.name}.{column.name}", "")
            headings = _headings(mapped, column.name)
            where = "、".join(headings) or (f"没有:{absent}" if absent else "由别的列得到")
            if column.name not in mapped.columns and not absent:
                where = "对照里没有"
            yield f"| {column.term} `{column.name}` | {where} | {column.need.value} |"


def _headings(mapped: TableMapping, column: str) -> list[str]:
    """Return the headings that give a column, each by the name that the system itself uses."""
    readings = mapped.columns.get(column, ())
    return list(dict.fromkeys(h[0] for reading in readings for h in reading.references if h))
