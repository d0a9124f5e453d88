"""Opening (打开) what a user names: a year, the year before the last import, or a folder of reports."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.comparing.side import Side
from analysis.errors import XukeError
from analysis.problems.findings import findings
from analysis.sources.published import published_figures
from analysis.statistics.figures import COLUMNS, figures
from analysis.statistics.kept import kept_facts
from analysis.tables import TABLES
from analysis.tables.place import places
from analysis.tables.year import Year

PREVIOUS = "previous"
FIGURES, FINDINGS, MANIFEST = "figures.csv", "findings.csv", "manifest.json"
HOW = "写作 2022、demo/2022、previous(上一次导入)或一个报告文件夹"


def sides(first: str, second: str, *, place: str | None, data: Path) -> tuple[Side, Side]:
    """Open both sides of a comparison.

    Args:
        first: a year (``2021``), a place and year (``demo/2021``), a folder of reports, or
            ``previous``: the other side's year as it was before the last import.
        second: the same.
        place: slug of the place of what is a mere year; not needed where there is only one.
        data: the data folder.

    Raises:
        XukeError: one of them is not there, or both are ``previous``.
    """
    if first == second == PREVIOUS:
        raise XukeError(
            "previous 是另一方年度的上一次导入:请写明是哪一年,如 xuke diff previous 2022。"
        )
    return (
        _side(first, second, place=place, data=data),
        _side(second, first, place=place, data=data),
    )


def _side(text: str, other: str, *, place: str | None, data: Path) -> Side:
    if text == PREVIOUS:
        slug, year = _place_and_year(other, place)
        return of_year(Year.open(slug, year, data=data, previous=True), "(上一次导入)")
    if Path(text).is_dir() and not text.isdigit():
        return of_reports(Path(text), data)
    slug, year = _place_and_year(text, place)
    return of_year(Year.open(slug, year, data=data))


def _place_and_year(text: str, place: str | None) -> tuple[str | None, int]:
    slug, _, year = text.rpartition("/")
    if not year.isdigit():
        raise XukeError(f"“{text}”不是年度,也不是报告文件夹:{HOW}。")
    return slug or place, int(year)


def of_year(year: Year, remark: str = "") -> Side:
    """Return a year as one side: its figures and findings computed, its rows counted."""
    facts = kept_facts(year)
    counts = {
        f"{TABLES[name].term}表的行数": int(rows.count().to_pandas())
        for name, rows in year.tables.items()
    }
    marks = {"统计截止日": str(year.cutoff), "导出日期": str(year.exported_on or "")}
    marks |= {
        f"{TABLES[name].term}表的列": "、".join(sorted(rows.columns))
        for name, rows in year.tables.items()
    }
    report = year.place.published.get(year.year)
    printed = published_figures(report, data=year.data)["figure"] if report and year.folder else ()
    return Side(
        name=year.title + remark,
        figures=figures(facts),
        findings=findings(facts),
        counts=counts,
        marks=marks,
        printed=frozenset(printed),
        label=year.label,
    )


def of_reports(folder: Path, data: Path) -> Side:
    """Return a folder of reports, or of one year's, as one side: what the run wrote is read.

    Raises:
        XukeError: there are no figures in it.
    """
    found = [folder / FIGURES] if (folder / FIGURES).is_file() else sorted(folder.rglob(FIGURES))
    found = [file for file in found if not _hidden(file, folder)]
    if not found:
        raise XukeError(f"“{folder}”里没有 {FIGURES}:请先用 xuke run 生成报告。")
    made = pd.concat([_read(file) for file in found], ignore_index=True)
    answers = [_read(at) for file in found if (at := file.with_name(FINDINGS)).is_file()]
    manifests = sorted(folder.rglob(MANIFEST))
    entries = [(at.parent, entry) for at in manifests for entry in _entries(at).items()]
    known = places(data)
    labels = {known[slug].label for slug in made["place"].unique() if slug in known}
    return Side(
        name=f"报告 {folder.name}",
        figures=made,
        findings=pd.concat(answers, ignore_index=True) if answers else _no_findings(),
        marks=dict(_inputs(entries)),
        pages={
            (at / name).relative_to(folder).as_posix(): entry["sha256"]
            for at, (name, entry) in entries
            if name.endswith(".html")
        },
        label=";".join(sorted(filter(None, labels))),
    )


def _read(file: Path) -> pd.DataFrame:
    try:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise XukeError(f"“{file}”读不出来({error}):请用 xuke run 重新生成。") from error
    if file.name == FIGURES and (lacking := [c for c in COLUMNS if c not in frame]):
        raise XukeError(f"“{file}”缺少列 {'、'.join(lacking)}:请用 xuke run 重新生成。")
    return frame


def _no_findings() -> pd.DataFrame:
    return pd.DataFrame(columns=["place", "year", "id", "term", "verdict", "value", "unit"])


def _entries(manifest: Path) -> dict[str, Any]:
    try:
        outputs = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
        return {name: entry for name, entry in outputs.items() if entry["sha256"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # a run that was cut short; its figures can be compared all the same


def _inputs(entries: list[tuple[Path, tuple[str, dict[str, Any]]]]) -> Iterator[tuple[str, str]]:
    """Yield the data files that the files of a run were made from, with their hashes."""
    for _, (name, entry) in entries:
        if name != "index.html":
            data = entry.get("inputs", {}).get("data", {})
            yield from ((f"数据文件 {file}", str(digest)[:12]) for file, digest in data.items())


def _hidden(file: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(below).parts)
