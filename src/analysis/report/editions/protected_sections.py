"""Sections of protected tables (公开的各节): what the public edition shows of cases and persons."""

from typing import Any

import pandas as pd

from analysis.report import captions, charts
from analysis.report.editions.protected import Protected, masked, nothing
from analysis.report.figure import show
from analysis.report.html import Html, note
from analysis.report.numbers import MASK, percent
from analysis.report.released import tables as names
from analysis.report.sections.cases import LARGEST, months_figure
from analysis.report.tabular import table
from analysis.statistics import breakdowns
from analysis.statistics.breakdowns import TOTAL
from analysis.statistics.volume.flows import IDENTITIES, TERMS
from analysis.tables.codes.process import APPLY_CHANNEL

ABSENT = "公开版不列出{}。"


def stocks_and_flows(tables: Protected) -> Html:
    """Return stocks and flows, where all that they are made of is shown."""
    rows = tables.rows(names.DEPARTMENTS)
    if rows.empty:
        return nothing("存量与流量")
    frame = _from_stock_to_stock(rows.iloc[-1])
    return table(frame, caption="存量与流量:年初 + 流入 − 流出 = 期末", unit="件")


def departments_chart(tables: Protected) -> Html:
    """Return the largest departments."""
    shown = tables.table(names.DEPARTMENTS)
    if tables.department or "受理量" not in shown or masked(shown["受理量"]):
        return note(ABSENT, "各部门受理量的图")
    accepted = shown["受理量"].drop(TOTAL).astype("int64")
    words = captions.ranking_words(accepted, "受理量")
    return show(
        charts.ranked_bars(accepted.head(LARGEST)),
        caption=words.caption,
        alt=words.alt,
        unit="件",
    )


def departments_table(tables: Protected) -> Html:
    """Return cases by department."""
    short = [column for column in breakdowns.SHORT if column in tables.rows(names.DEPARTMENTS)]
    return tables.shown(names.DEPARTMENTS, short, unit="件", names=breakdowns.SHORT)


def months_chart(tables: Protected) -> Html:
    """Return accepted cases by month."""
    if tables.department:
        return note(ABSENT, "一个部门各月的数")
    years = [year for year in (tables.year - 1, tables.year) if tables.months(year) is not None]
    if tables.year not in years:
        return tables.shown(names.MONTHS, unit="件")
    months = pd.concat([tables.months(year) for year in years])
    return months_figure(months, tables.year)


def days(tables: Protected) -> Html:
    """Return how long commitment cases took, in classes, and the late ones by department."""
    late = tables.shown(names.LATE_BY_DEPARTMENT, unit="件", formats={names.LATE_RATE: percent})
    if tables.department:
        return note(ABSENT, "一个部门的办理用时分布") + late
    return tables.shown(names.DAYS, unit="件", names={"办结量": "办结的承诺件"}) + late


def clocks(tables: Protected) -> Html:
    """Return early, in time and late by the promised clock."""
    if tables.department:
        return note(ABSENT, "一个部门提前、按时和超期的数(承诺件超期数见上表)")
    said = tables.shown(names.CLOCK, unit="件", names={"承诺件": "其中承诺件"})
    return said + note(ABSENT, "其他计时方法下的数:它们两两相减,可能得出过小的数")


def channels_chart(tables: Protected) -> Html:
    """Return accepted cases by channel."""
    if tables.department:
        return note(ABSENT, "一个部门按申报来源的数")
    years = (tables.year - 1, tables.year)
    shown = {f"{year}年": tables.table(names.CHANNELS, year) for year in years}
    found = {year: rows["受理量"] for year, rows in shown.items() if len(rows)}
    if not found or any(map(masked, found.values())):
        return tables.shown(names.CHANNELS, unit="件")
    frame = pd.DataFrame(found).T.astype("int64")
    frame = frame[list(APPLY_CHANNEL.terms.values())]
    words = captions.shares_words(frame, list(breakdowns.ONLINE), "网上和移动端受理")
    return show(
        charts.shares(frame), caption=words.caption, alt=words.alt, note="年内受理量按申报来源"
    )


def inspections(tables: Protected) -> Html:
    """Return inspections by type and by department."""
    by_type = Html() if tables.department else tables.shown(names.INSPECTED_BY_TYPE, unit="次")
    return by_type + tables.shown(names.INSPECTED_BY_DEPARTMENT, unit="次")


def ratings(tables: Protected) -> Html:
    """Return ratings by level and by department."""
    total = {TOTAL: "评价"}
    by_level = (
        Html() if tables.department else tables.shown(names.RATED_BY_LEVEL, unit="条", names=total)
    )
    return by_level + tables.shown(names.RATED_BY_DEPARTMENT, unit="条", names=total)


def _from_stock_to_stock(row: pd.Series) -> pd.DataFrame:
    """Return how flows lead from stock to stock, from one row of released numbers.

    A sum of numbers one of which is hidden is hidden, too.
    """
    rows = {}
    for closing, (opening, inflows, outflows) in IDENTITIES.items():
        given = {name: row[TERMS[name]] for name in (*inflows, *outflows)}
        rows[TERMS[closing].removeprefix("期末")] = {
            "年初": row[TERMS[opening]],
            "流入": _sum([given[name] for name in inflows]),
            "流出": _sum([given[name] for name in outflows]),
            "期末": row[TERMS[closing]],
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("存量")


def _sum(values: list[Any]) -> Any:
    return MASK if MASK in values else sum(values)
