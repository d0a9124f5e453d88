"""Printed figures of real public reports (公开数), as committed in ``data/published/``."""

from pathlib import Path

import pandas as pd

from analysis.errors import XukeError
from analysis.project import data_dir
from analysis.tables.totals import PUBLISHED


def published_figures(report: str, *, data: Path | None = None) -> pd.DataFrame:
    """Return the figures that one report prints, in its order; see ``tables.PUBLISHED``.

    ``value`` stays text, since its decimals say how it was rounded.

    Raises:
        XukeError: the report is not known, or a figure of it stands twice.
    """
    figures = _read(data, "figures.csv", PUBLISHED.required)
    rows = figures[figures["report"] == report].reset_index(drop=True)
    if rows.empty:
        raise XukeError(f"data/published/figures.csv 里没有报告“{report}”:请核对 places.toml。")
    twice = rows.loc[rows["figure"].duplicated(), "figure"]
    if not twice.empty:
        raise XukeError(f"公开数“{twice.iloc[0]}”在报告“{report}”中登记了两次:请删去一行。")
    for column in PUBLISHED.columns:
        if column.codes:
            unknown = set(rows[column.name]) - set(column.codes.terms)
            if unknown:
                raise XukeError(
                    f"公开数的“{column.term}”({column.name})写作“{unknown.pop()}”,"
                    f"不在代码表“{column.codes.name}”内:请改正 published/figures.csv。"
                )
    return rows


def published_sources(data: Path | None = None) -> dict[str, dict[str, str]]:
    """Return what is known about all reports, by report: place, level, period, title, address."""
    sources = _read(data, "sources.csv", ("report", "place", "level", "period", "title", "url"))
    return {str(row["report"]): row for row in _records(sources)}


def published_source(report: str, *, data: Path | None = None) -> dict[str, str]:
    """Return what is known about one report: place, period, publisher, title, address.

    Raises:
        XukeError: the report is not known.
    """
    sources = _read(data, "sources.csv", ("report", "place", "period", "title", "url"))
    rows = sources[sources["report"] == report]
    if rows.empty:
        raise XukeError(f"data/published/sources.csv 里没有报告“{report}”:请补上它的来源。")
    return {str(column): str(value) for column, value in rows.iloc[0].items()}


def _records(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _read(data: Path | None, name: str, required: tuple[str, ...]) -> pd.DataFrame:
    path = (data or data_dir()) / "published" / name
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:  # UnicodeDecodeError is a ValueError
        raise XukeError(f"公开数文件 published/{name} 读不出来({error}):请恢复该文件。") from error
    lacking = [column for column in required if column not in frame.columns]
    if lacking:
        raise XukeError(f"公开数文件 published/{name} 缺少列:{'、'.join(lacking)}。")
    return frame
