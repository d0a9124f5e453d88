"""Generating (生成) the demo place's years and writing them, each whole or not at all."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from analysis.errors import XukeError
from analysis.sources.demo import calibration as given
from analysis.sources.demo.catalogue import catalogue, departments, place
from analysis.sources.demo.course import run_course
from analysis.sources.demo.days import EPOCH, Days
from analysis.sources.demo.known import as_known
from analysis.sources.demo.planting.plants import plant_course, plant_labels
from analysis.sources.demo.source import Catalogue
from analysis.sources.demo.steps import Steps
from analysis.sources.demo.table import cohort_table
from analysis.sources.demo.write import SLUG, Export, write_year
from analysis.sources.demo.years import cohorts, handling_items


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
    handling, days = handling_items(rng, items), Days.make()
    before: tuple[pa.Table, Steps] | None = None
    for drawn in cohorts(rng, handling, days):
        made, course = run_course(days, handling, plant_course(days, source, drawn))
        table, done = cohort_table(rng, days, source, made, course)
        table = plant_labels(days, source, made, table)
        year, carried = made.year, made.carried
        del drawn, made, course  # the tables need the room
        if before is not None:
            progress(f"演示数据:{year} 年 {len(table):,} 件申请")
            rows = pa.concat_tables([before[0], table])
            exported = (date(year + 1, 1, 15) - EPOCH).days
            steps = done.after(before[1], len(before[0]))
            known = as_known(year, days, rows, steps, exported)
            write_year(folders[year], Export(year, exported, days, items, bureaux, known, steps))
            del rows, steps, known
        before = table.filter(pa.array(carried)), done.of(carried)
        del table, done
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
