"""``Year``: the tables of one place and one year, wherever they are kept."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Self

import ibis
import pandas as pd

from analysis.engines.address import DEFAULT, named
from analysis.engines.connect import connect
from analysis.errors import XukeError
from analysis.project import data_dir
from analysis.tables import TABLES
from analysis.tables.conform import conform, query
from analysis.tables.contents import DATA_TABLES, complete
from analysis.tables.folder import read_meta, read_tables
from analysis.tables.place import Place, place
from analysis.tables.swap import PREVIOUS
from analysis.tables.swap import previous as kept
from analysis.tables.years import SYNTHETIC, years_of


def same_day(day: date, year: int) -> date:
    """Return the same day of another year; 28 February for the 29th where there is none."""
    leap = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28 if leap else day.day)


@dataclass(frozen=True)
class Year:
    """The data of one place and year (年度数据): tables behind a connection, and their dates.

    It holds every case submitted, accepted or closed in the year, or open at its start. What
    happened after the cut-off (统计截止日) is left out of account, whenever the export was made.

    Attributes:
        place: whose data they are.
        year: the calendar year.
        cutoff: last day that counts; normally 31 December.
        exported_on: day of the export; None where it is not known.
        synthetic: whether the data are made up.
        tables: an Ibis table for each table that is there.
        folder: where ``year.json`` lies, and the files, if they lie in files.
        in_files: whether the tables are files of the folder, so that their bytes tell what they hold.
        absent: what the source cannot carry, as ``table.column`` or ``table.column=code``, and why
            in Chinese. Figures that rest on it are not computed.
    """

    place: Place
    year: int
    tables: Mapping[str, Any]
    cutoff: date
    exported_on: date | None = None
    synthetic: bool = False
    folder: Path | None = None
    in_files: bool = False
    absent: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def open(
        cls, slug: str | None, year: int, *, data: Path | None = None, previous: bool = False
    ) -> Self:
        """Open ``data/years/<place>/<year>/``: ``year.json``, and Parquet files or an engine's tables.

        A table is one file ``<table>.parquet`` or a folder ``<table>/`` of such files, also in
        partitions (``cases/dept_code=…/``). Where ``--engine`` or ``year.json`` names an engine, its
        tables or views in the schema ``<place>_<year>`` are the year's; see docs/engines.md.

        Args:
            slug: whose year; without it, the only place there is.
            year: the year.
            data: the data folder; the project's own if None.
            previous: the year as it was before the last import (上一次导入) instead.

        Raises:
            XukeError: unknown place, no data for the year, a table without a required column, or
                an engine that cannot be reached.
        """
        root = data or data_dir()
        at = place(slug, root)
        folder = root / "years" / at.slug / str(year)
        if previous:
            folder = kept(folder)
            if not folder.is_dir():
                raise XukeError(f"{at.name} {year} 年没有上一次导入的数据:只导入过一次。")
        meta = read_meta(folder, at, year)
        tables, in_files = read_tables(named(meta.pop("engine", None)), folder, at, year)
        return cls._checked(
            place=at, year=year, tables=tables, folder=folder, in_files=in_files, **meta
        )

    @classmethod
    def from_frames(
        cls, at: Place | str, year: int, frames: Mapping[str, pd.DataFrame], **facts: Any
    ) -> Self:
        """Make a year from pandas frames, one for each table (for notebooks and tests).

        ``at`` is a place, or just its name: then it has the State Council's calendar. ``facts`` may
        give ``cutoff``, ``exported_on``, ``synthetic`` and ``absent``.

        Raises:
            XukeError: a table without a required column, or a value of another type.

        Example:
            >>> made = Year.from_frames("某区", 2022, {"items": year.items, "cases": year.cases})
            >>> made.title, len(made.cases)
            ('某区 2022 年', 3)
        """
        con = connect(DEFAULT)
        tables = {
            name: con.create_table(name, ibis.memtable(conform(frame, TABLES[name])))
            for name, frame in frames.items()
        }
        whose = Place("own", at) if isinstance(at, str) else at
        return cls._checked(place=whose, year=year, tables=tables, **facts)

    @classmethod
    def from_connection(cls, at: Place, year: int, con: Any, **facts: Any) -> Self:
        """Make a year from the tables that live behind the Ibis connection ``con``.

        ``facts`` as in ``from_frames``.

        Raises:
            XukeError: a table without a required column.
        """
        there = set(con.list_tables())
        tables = {name: con.table(name) for name in DATA_TABLES if name in there}
        return cls._checked(place=at, year=year, tables=tables, **facts)

    @classmethod
    def _checked(cls, *, year: int, cutoff: date | None = None, **facts: Any) -> Self:
        made = cls(year=year, cutoff=cutoff or date(year, 12, 31), **facts)
        if made.cutoff.year != year:
            raise XukeError(f"统计截止日 {made.cutoff} 不在 {year} 年内:请改正 year.json。")
        return replace(made, tables=complete(made.tables, made.absent, made.title))

    def _repr_html_(self) -> str:
        """Show the year in a notebook: whose it is, both dates, and how many rows each table has."""
        rows = {TABLES[name].term: int(t.count().to_pandas()) for name, t in self.tables.items()}
        shown = pd.DataFrame({"表": list(rows), "行数": [f"{n:,}" for n in rows.values()]})
        exported = f"数据导出 {self.exported_on}" if self.exported_on else "数据导出日未登记"
        lines = [f"<b>{escape(self.title)}</b>", f"统计截至 {self.cutoff} · {exported}"]
        lines += [escape(self.label)] if self.label else []
        return "".join(f"<div>{line}</div>" for line in lines) + shown.to_html(index=False)

    @property
    def title(self) -> str:
        """Place and year as they are printed."""
        return f"{self.place.name} {self.year} 年"

    @property
    def label(self) -> str:
        """What every output must carry; synthetic data are never without a label."""
        return self.place.label or (SYNTHETIC if self.synthetic else "")

    @property
    def start(self) -> date:
        """First day of the year."""
        return date(self.year, 1, 1)

    @property
    def default_cutoff(self) -> date:
        """Last day of the year."""
        return date(self.year, 12, 31)

    @property
    def end(self) -> date:
        """The day after the cut-off: what happens on it no longer counts."""
        return self.cutoff + timedelta(days=1)

    @cached_property
    def items(self) -> pd.DataFrame:
        """The catalogue (事项目录): one row per item version; see ``tables.ITEMS``."""
        return query(self.tables["items"], TABLES["items"])

    @cached_property
    def item_codes(self) -> frozenset[str]:
        """The codes of all items of the catalogue, whenever in force."""
        return frozenset(self.items["item_code"])

    @property
    def cases(self) -> pd.DataFrame:
        """All cases (办件) as a pandas frame; see ``tables.CASES``. Large: about 1 KB a row."""
        return query(self.tables["cases"], TABLES["cases"])

    def before(self) -> "Year | None":
        """Return the year before, from the same data folder; None where it has no data."""
        if self.folder is None or self.year - 1 not in years_of(self.place.slug, self.data):
            return None
        return Year.open(self.place.slug, self.year - 1, data=self.data)

    def same_period_before(self) -> "Year | None":
        """Return the year before up to the same day (上年同期), for what is compared.

        None where it has no data, or its own cut-off is earlier: half a year is not held against a whole one.
        """
        before = self.before()
        if before is None:
            return None
        day = same_day(self.cutoff, before.year)
        return replace(before, cutoff=day) if before.cutoff >= day else None

    @property
    def data(self) -> Path:
        """The data folder that the year was opened from.

        Raises:
            XukeError: it was not opened from files.
        """
        if self.folder is None:
            raise XukeError(f"{self.title}的数据不在文件夹里,没有数据文件夹可用。")
        return self.folder.parents[3 if self.folder.parent.name == PREVIOUS else 2]

    def has(self, table: str, *columns: str) -> bool:
        """Tell whether the table is there with all these columns, none of them absent."""
        return (
            table in self.tables
            and set(columns) <= set(self.tables[table].columns)
            and not any(f"{table}.{column}" in self.absent for column in columns)
        )
