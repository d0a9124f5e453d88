"""Loading a mapping (读入对照): a preset, or a user's file, checked word by word."""

import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from analysis.errors import XukeError
from analysis.sources.mapping.checked import each, nearest, only, text, texts
from analysis.sources.mapping.columns import readings
from analysis.sources.mapping.declared import CodeSystem, Mapping, TableMapping
from analysis.sources.mapping.systems import code_systems, systems
from analysis.tables import TABLES
from analysis.tables.schema import Table

MAPPED: dict[str, Table] = {
    name: TABLES[name]
    for name in ("items", "cases", "events", "inspections", "evaluations", "staff")
}
PLAIN = ("term", "about", "zone", "written_in", "partial", "based_on")
KEYS = (*PLAIN, "times", "empty", "ignore", "absent", "codes", *MAPPED)
TABLE_KEYS = ("columns", "needs", "rows_of", "one_per", "without")


def presets(data: Path) -> list[str]:
    """Return the names of the presets."""
    return sorted(p.stem for p in (data / "presets").glob("*.toml") if p.stem != "codes")


def preset(name: str, data: Path) -> Mapping:
    """Return the preset called ``name``.

    Raises:
        XukeError: there is none, or it is not valid.
    """
    return _build(name, _preset(name, data), data)


def mapping_file(path: Path, data: Path) -> Mapping:
    """Return the mapping in a file of the user's own; ``based_on`` may name a preset.

    Raises:
        XukeError: the file is not there or not valid.
    """
    return _build(path.name, _based(_toml(path), path.name, data), data)


def _preset(name: str, data: Path) -> dict[str, Any]:
    known = presets(data)
    if not known:
        raise XukeError(f"“{data / 'presets'}”里没有对照:请把项目 data/ 下的 presets 复制过来。")
    if name not in known:
        raise XukeError(f"没有名为“{name}”的对照:{nearest(name, known)}")
    return _based(_toml(data / "presets" / f"{name}.toml"), name, data)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise XukeError(f"找不到对照文件“{path}”:请检查路径。") from error
    except (OSError, ValueError) as error:
        raise XukeError(
            f"对照文件“{path.name}”读不懂({error}):请对照 docs/import.zh-CN.md 改正。"
        ) from error


def _based(entry: dict[str, Any], name: str, data: Path) -> dict[str, Any]:
    """Return what the file says on top of what the preset that it is based on says."""
    base = entry.get("based_on")
    return _over(_preset(text(base, f"{name} based_on"), data), entry, name) if base else entry


def _over(base: dict[str, Any], entry: dict[str, Any], name: str) -> dict[str, Any]:
    made = {**base, **entry}
    for part in ("absent", "codes"):
        made[part] = {**base.get(part, {}), **each(entry.get(part, {}), f"{name} [{part}]")}
    for table in MAPPED:
        if table in base and table in entry:
            made[table] = _table_over(base[table], each(entry[table], f"{name} [{table}]"))
    return made


def _table_over(base: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    return {**base, **entry, "columns": {**base.get("columns", {}), **entry.get("columns", {})}}


def _build(name: str, entry: dict[str, Any], data: Path) -> Mapping:
    entry = only(entry, KEYS, name)
    plain = {key: text(entry[key], f"{name} {key}") for key in PLAIN if key in entry}
    own = systems(entry.get("codes", {}), f"{name} codes")
    known = code_systems(data) | own
    times = texts(entry.get("times", []), f"{name} times")
    tables = {
        table: _table(MAPPED[table], entry[table], name, known, times)
        for table in MAPPED
        if table in entry
    }
    zone = _zone(plain.get("zone", Mapping.zone), name)
    made = Mapping(
        name=name,
        term=plain.get("term", name),
        tables=tables,
        systems=known,
        about=plain.get("about", ""),
        zone=zone,
        written_in=_zone(plain.get("written_in", zone), name),
        empty=texts(entry.get("empty", []), f"{name} empty"),
        ignore=texts(entry.get("ignore", []), f"{name} ignore"),
        partial=plain.get("partial", ""),
        absent=_absent(entry.get("absent", {}), name),
        own=tuple(own),
    )
    _check_rows(made)
    return made


def _zone(zone: str, name: str) -> str:
    if zone not in available_timezones():
        raise XukeError(f"{name} 的时区“{zone}”不存在:{_zone_hint(zone)}")
    return zone


def _zone_hint(zone: str) -> str:
    said = nearest(zone, sorted(available_timezones()))
    return said if said.startswith("是不是") else "请写 Asia/Shanghai 这样的名称。"


def _absent(entry: Any, name: str) -> dict[str, str]:
    where = f"{name} [absent]"
    for key, reason in each(entry, where).items():
        table, _, rest = key.partition(".")
        column, _, code = rest.partition("=")
        only({table: None}, MAPPED, where)
        declared = MAPPED[table]
        only({column: None}, [c.name for c in declared.columns], f"{where} {table}")
        if code:
            codes = declared[column].codes
            only({code: None}, codes.terms if codes else (), f"{where} {table}.{column}")
        if not text(reason, f"{where} {key}"):
            raise XukeError(f"{where} {key} 没有写原因:请用一句话说明导出为什么没有它。")
    return dict(entry)


def _table(
    table: Table, entry: Any, name: str, known: dict[str, CodeSystem], times: tuple[str, ...]
) -> TableMapping:
    where = f"{name} [{table.name}]"
    entry = only(entry, TABLE_KEYS, where)
    names = [column.name for column in table.columns]
    without = texts(entry.get("without", []), where)
    declared = only(entry.get("columns", {}), names, f"{where} columns")
    columns = {
        column: readings(table[column], said, f"{where} {column}", known, times)
        for column, said in declared.items()
        if column not in without
    }
    needs = texts(entry.get("needs", []), where) or _key_with_headings(table, columns)
    one_per = texts(entry.get("one_per", []), where)
    only(dict.fromkeys(needs), columns, f"{where} needs")
    only(dict.fromkeys(one_per), columns, f"{where} one_per")
    return TableMapping(table, columns, needs, text(entry.get("rows_of", ""), where), one_per)


def _key_with_headings(table: Table, columns: dict[str, Any]) -> tuple[str, ...]:
    return tuple(k for k in table.key if any(r.references for r in columns.get(k, ())))


def _check_rows(made: Mapping) -> None:
    for name, table in made.tables.items():
        others = [n for n, t in made.tables.items() if n != name and not t.rows_of]
        if table.rows_of:
            only({table.rows_of: None}, others, f"{made.name} [{name}] rows_of")
