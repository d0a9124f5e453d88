"""Audit (完整性检查) of printed reports: what does not add up, with the arithmetic to show it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import XukeError
from analysis.problems.integrity import grim
from analysis.problems.integrity.evaluate import evaluate
from analysis.problems.integrity.findings import Finding, Sort, Verdict, failing, frame
from analysis.problems.integrity.flags import flags, jump, same_figure
from analysis.problems.integrity.identities import identities
from analysis.problems.integrity.periods import days, months, year_before
from analysis.problems.integrity.printed import Printed
from analysis.problems.integrity.reading import read_file
from analysis.problems.integrity.terms import Report, read_report
from analysis.problems.integrity.vocabulary import (
    CHANGE,
    PREVIOUS,
    Vocabulary,
    read_toml,
    vocabulary,
)
from analysis.project import data_dir
from analysis.sources.published import published_figures

REPORT = "报告"
ACROSS = "(跨报告)"  # stands for the report where two are compared

__all__ = ["audit_all", "audit_file", "audit_report", "failing", "findings", "sources"]


def audit_report(
    figures: pd.DataFrame, *, period: str = "", data: Path | None = None, limit: int = grim.LIMIT
) -> pd.DataFrame:
    """Check the figures of one report; one row per check, see ``findings.COLUMNS``.

    Args:
        figures: the columns of ``tables.PUBLISHED``, or 指标, 数值 and 单位.
        period: the period that the report covers (2022, 2021-H1 …), if known.
        data: folder that holds ``integrity/``.
        limit: the largest denominator that a joint search for rates tries.

    Raises:
        XukeError: the period is not one, or the declarations are not valid.
    """
    if period and not months(period):
        raise XukeError(f"时期“{period}”看不懂:请写作 2022、2021-H1、2025-Q1 或 2020-01。")
    return frame(findings(figures, period=period, data=data, limit=limit))


def audit_file(path: Path, *, period: str = "", data: Path | None = None) -> pd.DataFrame:
    """Check the figures in a CSV file or spreadsheet with the headings 指标, 数值 and 单位.

    ``failing`` of the result says whether anything does not add up.

    Raises:
        XukeError: the file cannot be read.
    """
    return audit_report(read_file(path), period=period, data=data)


def audit_all(data: Path | None = None, *, limit: int = grim.LIMIT) -> pd.DataFrame:
    """Check all committed reports, each on its own and against each other.

    Args:
        data: folder that holds ``published/`` and ``integrity/``.
        limit: the largest denominator that a joint search for rates tries.
    """
    words, reports = vocabulary(data), {}
    frames = []
    known = sources(data)
    for source in known.to_dict("records"):
        key, period = str(source["report"]), str(source["period"])
        figures = published_figures(key, data=data)
        reports[key] = read_report(figures, words, period=period)
        frames.append(frame(_findings(reports[key], words, data, limit)).assign(**{REPORT: key}))
    across = frame(_across(known, reports, words)).assign(**{REPORT: ACROSS})
    checks = pd.concat([*frames, across], ignore_index=True)
    return checks[[REPORT, *(column for column in checks.columns if column != REPORT)]]


def findings(
    figures: pd.DataFrame, *, period: str = "", data: Path | None = None, limit: int = grim.LIMIT
) -> list[Finding]:
    """Return what ``audit_report`` shows, with exact numbers."""
    words = vocabulary(data)
    return _findings(read_report(figures, words, period=period), words, data, limit)


def _findings(report: Report, words: Vocabulary, data: Path | None, limit: int) -> list[Finding]:
    def name(figure: str) -> str:
        return _name(figure, report, words)

    return [
        *report.asked,
        *evaluate(identities(data), report.figures, name=name, days=days(report.period)),
        *_rates(report, words, data, limit),
        *flags(report, name),
        *_other_words(report, words),
    ]


def sources(data: Path | None = None) -> pd.DataFrame:
    """Return the committed reports: key, place, level, period, publisher, address.

    Raises:
        XukeError: the list of sources cannot be read.
    """
    path = (data or data_dir()) / "published" / "sources.csv"
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise XukeError(
            f"公开数文件 published/sources.csv 读不出来({error}):请恢复该文件。"
        ) from error


def _name(figure: str, report: Report, words: Vocabulary) -> str:
    """Return the project's term for a figure; the report's own where the project has none."""
    known = words.name(figure)
    base = figure.removesuffix(CHANGE).removesuffix(PREVIOUS)
    unknown = base not in words.short and figure in report.figures
    return report.figures[figure].term if unknown else known


def _rates(report: Report, words: Vocabulary, data: Path | None, limit: int) -> Iterator[Finding]:
    """Check printed shares and means over the denominators that the report prints."""
    figures, families = report.figures, defaultdict(list)
    for entry in grim.declared_rates(read_toml(data or data_dir(), "identities.toml")):
        name = str(entry["figure"])
        rate = figures.get(name)
        if rate is None or not _is_testable(report, name, rate):
            continue
        for over in entry["over"]:
            if over in figures:
                yield grim.check_rate(
                    rate,
                    words.name(name),
                    figures[over],
                    words.name(over),
                    stated=bool(entry.get("stated", False)),
                )
        if "family" in entry:
            families[str(entry["family"])].append(name)
    for names in families.values():
        if len(names) > 1:
            rates = [figures[name] for name in names]
            yield grim.check_together(rates, map(words.name, names), limit=limit)


def _is_testable(report: Report, name: str, rate: Printed) -> bool:
    return report.testable(name) and not rate.hedge and not grim.is_trivial(rate)


def _other_words(report: Report, words: Vocabulary) -> Iterator[Finding]:
    """Name the figures that the registry holds under a term which usually means another one."""
    for figure, printed in report.printed:
        usual = words.meaning(printed.term).figure
        if usual and usual != figure:
            yield Finding(
                f"用语“{printed.term}”",
                Verdict.NOTED,
                note=f"登记为{_registered(figure, words)},而用语表中指“{words.name(usual)}”",
                sort=Sort.TERM,
                group=f"term:{printed.term}",
            )


def _registered(figure: str, words: Vocabulary) -> str:
    return f"“{words.short[figure]}”" if figure in words.short else "用语表外的另一个指标"


def _across(
    known: pd.DataFrame, reports: Mapping[str, Report], words: Vocabulary
) -> Iterator[Finding]:
    """Compare reports of the same place: the same period twice, and one year with the next."""
    rows: list[Any] = known.to_dict("records")
    for one, two in combinations(rows, 2):
        if one["place"] != two["place"]:
            continue
        ours, theirs = reports[str(one["report"])].figures, reports[str(two["report"])].figures
        for figure in (each for each in ours if each in theirs):
            term = words.name(figure) if figure in words.short else ours[figure].term
            where = f"({one['place']},{one['period']} / {two['period']})"
            if one["period"] == two["period"]:
                yield same_figure(term, ours[figure], theirs[figure], one["title"], two["title"])
                continue
            pair = _in_order(one, two, ours[figure], theirs[figure])
            if pair is not None and (found := jump(term, *pair, where)) is not None:
                yield found


def _in_order(
    one: Mapping[str, Any], two: Mapping[str, Any], ours: Printed, theirs: Printed
) -> tuple[Printed, Printed] | None:
    if year_before(str(two["period"])) == one["period"]:
        return theirs, ours
    if year_before(str(one["period"])) == two["period"]:
        return ours, theirs
    return None
