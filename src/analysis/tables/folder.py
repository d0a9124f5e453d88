"""A year's folder (年度文件夹): ``year.json``, and tables in files or in the engine that it names."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from analysis.engines.address import Address
from analysis.engines.connect import connect, read, stored
from analysis.errors import XukeError
from analysis.tables.contents import DATA_TABLES
from analysis.tables.place import Place
from analysis.tables.swap import settle
from analysis.tables.years import years_of

KINDS = ("synthetic", "real")


def read_meta(folder: Path, at: Place, year: int) -> dict[str, Any]:
    """Return what ``year.json`` says of a year: its dates, what is absent, whether it is synthetic, its engine.

    Raises:
        XukeError: there is none, it is broken, or it is of another place or year.
    """
    settle(folder)
    path = folder / "year.json"
    if not path.is_file():
        there = years_of(at.slug, folder.parents[2])
        have = f"现有 {'、'.join(map(str, there))} 年" if there else "还没有任何年度"
        raise XukeError(
            f"{at.name}没有 {year} 年的数据({have}):请先导入该年的导出文件,或用 xuke demo 生成演示数据。"
        )
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
        days = {key: meta[key] for key in ("cutoff", "exported_on") if key in meta}
        dates = {key: date.fromisoformat(day) for key, day in days.items()}
        kind = meta.get("kind", "real")
        misplaced = (meta.get("place", at.slug), meta.get("year", year)) != (at.slug, year)
        if kind not in KINDS or misplaced:
            raise ValueError("place、year 须与所在文件夹一致,kind 须为 synthetic 或 real")
        absent = {str(what): str(why) for what, why in meta.get("absent", {}).items()}
        engine = str(meta["engine"]) if "engine" in meta else None
        return {**dates, "synthetic": kind == "synthetic", "absent": absent, "engine": engine}
    except (ValueError, TypeError, AttributeError) as error:
        raise XukeError(f"“{path}”已损坏({error}):请重新导入该年。") from error


def read_tables(
    address: Address, folder: Path, at: Place, year: int
) -> tuple[dict[str, Any], bool]:
    """Return the year's tables, those that the engine holds or the folder's files; whether files.

    Raises:
        XukeError: the engine cannot be reached or holds no such tables, or a file cannot be read.
    """
    con = connect(address)
    schema = f"{at.slug}_{year}"
    if not address.only_files and (tables := stored(con, schema, DATA_TABLES)):
        return tables, False
    if not address.reads_files:
        raise XukeError(
            f"{address.kind} 里没有 {schema} 这个模式,或其中没有表:请对照 docs/engines.zh-CN.md 建表或视图,"
            "或去掉 --engine 读文件。"
        )
    found = {name: files for name in DATA_TABLES if (files := _files(folder, name))}
    return {name: _read(con, address, folder, name, files) for name, files in found.items()}, True


def _files(folder: Path, name: str) -> list[Path]:
    """Return the files of a table, one by one: a pattern would take [brackets] for its own."""
    single, parts = folder / f"{name}.parquet", folder / name
    files = [single] if single.is_file() else sorted(parts.rglob("*.parquet"))
    if parts.is_dir() and not files:
        raise XukeError(f"“{parts}”里没有 Parquet 文件:请重新导入该年。")
    return files


def _read(con: Any, address: Address, folder: Path, name: str, files: list[Path]) -> Any:
    try:
        return read(con, address.kind, files, folder / name)
    except XukeError:
        raise
    except Exception as error:  # whatever the engine says of a broken file
        raise XukeError(f"“{files[0]}”读不出来,文件可能已损坏:请重新导入该年。") from error
