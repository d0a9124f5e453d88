"""Generating (生成) the demo place's years and writing them, each whole or not at all."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import XukeError
from analysis.sources.demo import calibration as given
from analysis.sources.demo.catalogue import catalogue, departments, place
from analysis.sources.demo.days import EPOCH, Days
from analysis.sources.demo.returns import planted, returns
from analysis.sources.demo.table import CARRIED, Catalogue, as_known, cohort_table
from analysis.sources.demo.years import cohorts, handling_items
from analysis.tables import TABLES
from analysis.tables.conform import conform

SLUG = "demo"
GENERATOR = 2  # raise it when the same seed gives other rows
DRAFT = ".tmp"


def generate(data: Path, progress: Callable[[str], None] = lambda line: None) -> list[Path]:
    """Write the demo place's years under ``data/years/demo/`` and return their folders.

    Raises:
        XukeError: a folder there holds data that are not the demo's; nothing is written then.
    """
    root = data / "years" / SLUG
    folders = {year: root / str(year) for year in range(given.FIRST, given.LAST + 1)}
    for folder in folders.values():
        _refuse_other_data(folder)
    progress("演示数据:事项目录")
    rng = np.random.Generator(np.random.PCG64(given.SEED))
    bureaux = departments()
    items = catalogue(rng)
    source = Catalogue(items, bureaux, place()["streets"])
    days = Days.make()
    before: pa.Table | None = None
    for made in cohorts(rng, handling_items(rng, items), days):
        table = cohort_table(rng, days, source, made)
        if before is not None:
            progress(f"演示数据:{made.year} 年 {len(table):,} 件申请")
            rows = pa.concat_tables([before, table.drop_columns(CARRIED)])
            _write(folders[made.year], made.year, items, rows)
        before = table.filter(table[CARRIED]).drop_columns(CARRIED)
        del made, table  # the next year needs the room
    return list(folders.values())


def _refuse_other_data(folder: Path) -> None:
    meta = folder / "year.json"
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        kind = json.loads(meta.read_text(encoding="utf-8")).get("kind")
    except (OSError, ValueError, AttributeError):
        kind = None
    if kind != "synthetic":
        raise XukeError(f"“{folder}”里不是演示数据,不能覆盖:请先移走它,再运行 xuke demo。")


def _write(folder: Path, year: int, items: pd.DataFrame, cases: pa.Table) -> None:
    """Write a year into a draft folder, which then takes the place of the old one."""
    draft, old = folder.with_name(folder.name + DRAFT), folder.with_name(folder.name + ".old")
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)
    exported = date(year + 1, 1, 15)
    try:
        draft.mkdir(parents=True)
        known = as_known(cases, (exported - EPOCH).days)
        # Times and numbers hardly repeat: trying a dictionary for them costs a third of the time.
        words = [field.name for field in known.schema if pa.types.is_dictionary(field.type)]
        pq.write_table(
            known,
            draft / "cases.parquet",
            compression="zstd",
            compression_level=1,
            use_dictionary=words,
            store_schema=False,  # or text would read back as categories
            row_group_size=250_000,
        )
        listed = _in(items, year)
        for name, frame in (("items", listed), ("reported", returns(year, listed, known))):
            pq.write_table(conform(frame, TABLES[name]), draft / f"{name}.parquet")
        meta = {
            "place": SLUG,
            "year": year,
            "kind": "synthetic",
            "cutoff": f"{year}-12-31",
            "exported_on": exported.isoformat(),
            **({"calibrated_to": given.REPORT[year]} if year in given.REPORT else {}),
            "generator": GENERATOR,
        }
        _write_json(draft / "truth.json", {"returns": planted(year)})
        _write_json(draft / "year.json", meta)
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise XukeError(f"“{folder}”写不进去({error.strerror}):请检查磁盘空间和权限。") from error


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8")


def _in(items: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the versions in force on any day from the last of the year before to the year's end."""
    begins, ends = pd.Timestamp(year - 1, 12, 31), pd.Timestamp(year, 12, 31)
    since, until = (
        items["valid_from"] <= ends,
        items["valid_to"].isna() | (items["valid_to"] >= begins),
    )
    found = items[since & until].copy()
    # A version that ends after the year is still the current one in the year's export.
    found["valid_to"] = found["valid_to"].where(found["valid_to"] <= ends)
    return found.sort_values(["item_code", "item_version"])
