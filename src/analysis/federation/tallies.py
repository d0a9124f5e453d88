"""Tallies (汇总数) of one place or of several, with what must be known of each to add them up.

Items are folded into one: what they are differs from place to place, and it makes the file a fifth of
its size. So there are no figures by item here; a case of no known item stays apart (未入目录).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any, Self

import pandas as pd

from analysis.check import problem_lines
from analysis.errors import XukeError
from analysis.statistics.facts import Facts, department_names
from analysis.statistics.passes.counting import summed
from analysis.statistics.passes.oversight import ADDITIVE
from analysis.statistics.passes.tally import merge
from analysis.tables import TABLES
from analysis.tables.calendar import china
from analysis.tables.codes.catalogue import LICENCE
from analysis.tables.place import Place
from analysis.tables.validate import problems
from analysis.tables.year import Year

CASES, DEPARTMENTS = "cases", "departments"
FRAMES = (CASES, DEPARTMENTS, *ADDITIVE)
CATALOGUED = "*"  # stands for every item of a catalogue


@dataclass(frozen=True)
class Part:
    """One place and year that a tally counts (来源).

    Attributes:
        place: its slug.
        name: its name as printed.
        year: the calendar year.
        cutoff: last day that counts, ISO.
        exported_on: day of the export, ISO; empty where it is not known.
        synthetic: whether the data are made up.
        label: what every output must carry.
        calendar: whether working days were counted.
        columns: ``table.column`` that are there and not absent.
        absent: what the source cannot carry, and why; see ``Year.absent``.
        program: version of the program that counted.
    """

    place: str
    name: str
    year: int
    cutoff: str
    exported_on: str
    synthetic: bool
    label: str
    calendar: bool
    columns: tuple[str, ...]
    absent: Mapping[str, str]
    program: str

    @classmethod
    def of(cls, year: Year, program: str) -> Self:
        """Say what a year's tally counts."""
        there = (f"{name}.{c.name}" for name in year.tables for c in TABLES[name].columns)
        return cls(
            place=year.place.slug,
            name=year.place.name,
            year=year.year,
            cutoff=year.cutoff.isoformat(),
            exported_on=year.exported_on.isoformat() if year.exported_on else "",
            synthetic=year.synthetic,
            label=year.label,
            calendar=year.place.calendar is not None,
            columns=tuple(name for name in there if year.has(*name.split("."))),
            absent=dict(year.absent),
            program=program,
        )

    def written(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self) | {"columns": list(self.columns)}

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """Return what JSON has."""
        return cls(**{**written, "columns": tuple(written["columns"])})


@dataclass(frozen=True)
class Tallies:
    """What was counted in one place and year, or in several places together.

    Attributes:
        parts: which places and years.
        frames: by name (see ``FRAMES``): the tally of cases without items, those of supervision, and
            the departments' names. Only what was counted is there.
    """

    parts: tuple[Part, ...]
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(cls, year: Year, program: str) -> Self:
        """Count a year; what cannot be added up (被许可人) is left out."""
        facts = Facts.of(year)
        rows = facts.unfolded
        known = rows["item_code"].isin(facts.items["item_code"])
        cases = rows.assign(item_code=known.map({True: CATALOGUED, False: ""}).astype("str"))
        departments = department_names(facts.items).reset_index().astype("str")
        supervision = {name: rows for name, rows in facts.oversight.items() if name in ADDITIVE}
        frames = {CASES: merge([cases]), DEPARTMENTS: departments, **supervision}
        return cls((Part.of(year, program),), frames)

    @property
    def facts(self) -> Facts:
        """What figures are computed from, as far as figures of several places add up."""
        rows = {name: frame for name, frame in self.frames.items() if name in ADDITIVE}
        year = self._year()
        return Facts(year, self.frames[CASES], year.items, rows, added_up=True)

    def _year(self) -> Year:
        """Return a year without rows: what of it is known is what all parts have."""
        columns = self._columns()
        tables = {name.split(".")[0] for name in columns}
        frames = {
            name: pd.DataFrame({c.name: [] for c in TABLES[name].columns})
            for name in ("items", *sorted(tables - {"items"}))
        }
        items = self.frames[DEPARTMENTS].assign(item_code=CATALOGUED, item_type=LICENCE)
        frames["items"] = items.astype("object").reindex(
            columns=[c.name for c in TABLES["items"].columns], fill_value=None
        )
        first = self.parts[0]
        return Year.from_frames(
            self._place(),
            first.year,
            frames,
            cutoff=date.fromisoformat(first.cutoff),
            synthetic=any(part.synthetic for part in self.parts),
            absent=self._absent(columns),
        )

    def _place(self) -> Place:
        names = [part.name for part in self.parts]
        calendar = all(part.calendar for part in self.parts)
        return Place(
            slug="+".join(part.place for part in self.parts),
            name=names[0] if len(names) == 1 else f"{names[0]}等 {len(names)} 地",
            label=next((part.label for part in self.parts if part.label), ""),
            calendar=china() if calendar else None,
        )

    def _columns(self) -> set[str]:
        """Return the columns that every part has: a sum over some of them would pass for one of all."""
        return set.intersection(*(set(part.columns) for part in self.parts))

    def _absent(self, columns: set[str]) -> dict[str, str]:
        """Say of every other column, and of codes, where they are lacking."""
        absent: dict[str, str] = {}
        for name in (f"{t}.{c.name}" for t in TABLES for c in TABLES[t].columns):
            lacking = [part.name for part in self.parts if name not in part.columns]
            if name not in columns:
                absent[name] = f"{'、'.join(lacking)}没有"
        for part in self.parts:
            absent |= {name: f"{part.name}:{why}" for name, why in part.absent.items()}
        return absent


def counted(year: Year) -> Tallies:
    """Count a year for others to add up.

    Raises:
        XukeError: its rows contradict their declarations: nobody else could see that in a tally.
    """
    if broken := ";".join(problem_lines(problems(year))):
        raise XukeError(f"{year.title}的数据没有通过校验,不写汇总:{broken}。")
    return Tallies.of(year, version("xuke"))


def added(tallies: list[Tallies]) -> Tallies:
    """Add up the tallies of different places for the same year and cut-off.

    Raises:
        XukeError: a place is counted twice, or years or cut-offs differ.
    """
    parts = tuple(part for each in tallies for part in each.parts)
    _refuse_twice(parts)
    for what, values in (
        ("年度", {str(part.year) for part in parts}),
        ("统计截止日", {part.cutoff for part in parts}),
    ):
        if len(values) > 1:
            raise XukeError(f"{what}不同({'、'.join(sorted(values))})的汇总不能相加:请分开合并。")
    frames = {}
    for name in FRAMES:
        rows = [each.frames[name] for each in tallies if name in each.frames]
        if rows:
            frames[name] = _sum(name, rows)
    return Tallies(tuple(sorted(parts, key=lambda part: part.place)), frames)


def _sum(name: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    if name == DEPARTMENTS:
        together = pd.concat(frames, ignore_index=True).drop_duplicates("dept_code", keep="last")
        return together.sort_values("dept_code", ignore_index=True)
    return merge(frames) if name == CASES else summed(pd.concat(frames, ignore_index=True))


def _refuse_twice(parts: tuple[Part, ...]) -> None:
    for of in ("place", "name"):
        seen: set[tuple[str, int]] = set()
        for part in parts:
            key = (getattr(part, of), part.year)
            if key in seen:
                raise XukeError(
                    f"{part.name}({part.place}){part.year} 年被算了两次:每个地方每年只能有一份汇总。"
                )
            seen.add(key)
