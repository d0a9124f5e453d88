"""Writing (写出) a year of the demo place: all its tables, whole or not at all."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import XukeError
from analysis.sources.demo import calibration as given
from analysis.sources.demo.days import EPOCH, Days
from analysis.sources.demo.events import events
from analysis.sources.demo.inspections import inspections
from analysis.sources.demo.people import Handlers
from analysis.sources.demo.planting import plants
from analysis.sources.demo.ratings import ratings
from analysis.sources.demo.returns import planted, returns
from analysis.sources.demo.staff import staff
from analysis.sources.demo.steps import Steps
from analysis.tables import TABLES
from analysis.tables.conform import conform

SLUG = "demo"
GENERATOR = 7  # raise it when the same seed gives other rows
DRAFT = ".tmp"
ROW_GROUP = 250_000


@dataclass(frozen=True)
class Export:
    """What the export of a year knows.

    Attributes:
        year: the year.
        exported: day of the export, days since 1970.
        days: the calendar.
        items: the catalogue, all versions.
        bureaux: the bureaux.
        cases: the cases, as known.
        done: their steps, as they will finally be.
    """

    year: int
    exported: int
    days: Days
    items: pd.DataFrame
    bureaux: pd.DataFrame
    cases: pa.Table
    done: Steps


def write_year(folder: Path, export: Export) -> None:
    """Write a year into a draft folder, which then takes the place of the old one.

    Raises:
        XukeError: the disk is full or the folder is not ours to write to.
    """
    draft, old = folder.with_name(folder.name + DRAFT), folder.with_name(folder.name + ".old")
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        _write_tables(draft, export)
        truth = {
            "returns": planted(export.year),
            "clocks": given.clocks(export.year),
            "problems": plants.truth(export.year),
        }
        _write_json(draft / "truth.json", truth)
        _write_json(draft / "year.json", _facts(export))
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise XukeError(f"“{folder}”写不进去({error.strerror}):请检查磁盘空间和权限。") from error


def _write_tables(folder: Path, export: Export) -> None:
    year, cases = export.year, export.cases
    handlers = Handlers.of(export.bureaux)
    _stream(folder / "cases.parquet", [cases])
    _stream(folder / "events.parquet", events(cases, export.done, handlers, export.exported))
    _stream(folder / "evaluations.parquet", [ratings(year, cases, export.exported)])
    listed = _in(export.items, year)
    frames = {
        "items": listed,
        "reported": returns(year, listed, cases),
        "inspections": inspections(year, export.days, cases, export.exported),
        "staff": staff(year, export.bureaux),
    }
    for name, frame in frames.items():
        pq.write_table(conform(frame, TABLES[name]), folder / f"{name}.parquet")


def _stream(path: Path, parts: Iterable[pa.Table]) -> None:
    """Write a large table part by part."""
    writer = None
    for part in parts:
        if writer is None:
            # Times and numbers hardly repeat: trying a dictionary for them costs a third of the
            # time.
            words = [field.name for field in part.schema if pa.types.is_dictionary(field.type)]
            writer = pq.ParquetWriter(
                path,
                part.schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=words,
                store_schema=False,  # or text would read back as categories
            )
        writer.write_table(part, row_group_size=ROW_GROUP)
    if writer is not None:
        writer.close()


def _facts(export: Export) -> dict[str, Any]:
    year = export.year
    return {
        "place": SLUG,
        "year": year,
        "kind": "synthetic",
        "cutoff": date(year, 12, 31).isoformat(),
        "exported_on": (EPOCH + timedelta(days=export.exported)).isoformat(),
        **({"calibrated_to": given.REPORT[year]} if year in given.REPORT else {}),
        "generator": GENERATOR,
    }


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
