"""What the user asks an import to do (导入请求), and what came of it."""

from collections.abc import Mapping as Json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import XukeError
from analysis.sources.importing.account import Account
from analysis.sources.mapping.declared import Mapping
from analysis.sources.mapping.load import mapping_file, preset, presets
from analysis.sources.reading import Options
from analysis.tables.place import Place, places

if TYPE_CHECKING:
    from analysis.sources.importing.patterns import Pattern
    from analysis.sources.importing.problems import Problem


@dataclass(frozen=True)
class Request:
    """One call of ``xuke import``.

    Attributes:
        year: the year to import.
        files: files, patterns or addresses of databases.
        place: slug of the place.
        data: the data folder.
        preset: name of the preset; empty where a mapping file is given.
        mapping: the mapping file.
        table: the table that every source is; empty to find out by headings.
        options: how to read.
        accept: whether near headings are accepted.
        dry_run: whether to do everything but change the year.
        exported_on: day of the export, if known.
        cutoff: last day that counts; None for the year's end.
    """

    year: int
    files: Sequence[str]
    place: str
    data: Path
    preset: str = ""
    mapping: Path | None = None
    table: str = ""
    options: Options = field(default_factory=Options)
    accept: bool = False
    dry_run: bool = False
    exported_on: date | None = None
    cutoff: date | None = None

    @property
    def folder(self) -> Path:
        """Where the year lies."""
        return self.data / "years" / self.place / str(self.year)

    def require_place(self) -> Place:
        """Return the place.

        Raises:
            XukeError: it is not declared; says how to declare it.
        """
        known = places(self.data)
        if self.place not in known:
            raise XukeError(
                f"没有登记名为“{self.place}”的地方(已登记:{'、'.join(known) or '无'}):请在"
                f"“{self.data / 'places.toml'}”里加上 [{self.place}] 一节,写明 name 和 calendar"
                '(如 calendar = "china"),再导入。'
            )
        return known[self.place]

    def require_mapping(self) -> Mapping:
        """Return the mapping.

        Raises:
            XukeError: none or two are named, or it is not valid.
        """
        if bool(self.preset) == (self.mapping is not None):
            known = "、".join(presets(self.data))
            raise XukeError(
                f"请用 --preset 指明导出来自哪种系统(可用:{known}),或用 --mapping 给出对照文件,二者取一。"
            )
        if self.mapping is not None:
            return mapping_file(self.mapping, self.data)
        return preset(self.preset, self.data)

    def cutoff_after(self, old: Json[str, Any]) -> date:
        """Return the cut-off: the one given, else the year's old one, else its last day.

        Raises:
            XukeError: it does not lie in the year.
        """
        cutoff = self.cutoff or date.fromisoformat(old.get("cutoff", f"{self.year}-12-31"))
        if cutoff.year != self.year:
            raise XukeError(f"统计截止日 {cutoff} 不在 {self.year} 年内:请改正 --cutoff。")
        return cutoff

    def exported_after(self, old: Json[str, Any]) -> date | None:
        """Return the day of the export: the one given, else the year's old one, if any."""
        known = old.get("exported_on")
        return self.exported_on or (date.fromisoformat(known) if known else None)


@dataclass(frozen=True)
class Imported:
    """What came of an import.

    Attributes:
        request: what was asked.
        place: whose data they are.
        accounts: what became of the rows of each source in each table.
        written: rows that each table has now; fewer than were kept where several became one.
        problems: the rules that rows break.
        patterns: what is odd about many rows together.
        notes: what the user should know.
        lacking: terms of the tables that the year still needs.
        failure: why the year was not changed; empty where it was, or would have been.
    """

    request: Request
    place: Place
    accounts: Sequence[Account]
    problems: "Sequence[Problem]"
    written: Json[str, int] = field(default_factory=dict)
    patterns: "Sequence[Pattern]" = ()
    notes: Sequence[str] = ()
    lacking: Sequence[str] = ()
    failure: str = ""
