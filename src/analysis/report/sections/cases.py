"""Sections on cases (办件): stocks and flows, departments, months, days, clocks, channels."""

from collections.abc import Sequence

import pandas as pd

from analysis.report import beside, captions, charts
from analysis.report.figure import show
from analysis.report.html import Html, note
from analysis.report.numbers import ROUNDED, count_unit, number
from analysis.report.sections.departments import of_departments
from analysis.report.sections.reason import or_reason
from analysis.report.tabular import table
from analysis.report.wording import YEAR_ON_YEAR
from analysis.statistics import breakdowns
from analysis.statistics.facts import Facts
from analysis.statistics.needs import APPLICATIONS_NEED, insufficient
from analysis.statistics.volume.cases import PENDING
from analysis.tables.clocks import PROMISED

LARGEST, LONGEST = 15, 30  # departments, working days with a bar of their own


@or_reason
def stocks_and_flows(facts: Facts) -> Html:
    """Return how flows lead from stock to stock (存量与流量)."""
    made = breakdowns.stocks_and_flows(facts)
    lacking = insufficient(facts, (*PENDING, *APPLICATIONS_NEED))
    return table(
        made,
        caption="存量与流量:年初 + 流入 − 流出 = 期末",
        unit="件",
        note="待受理、在办都按申请、受理、办结的时间点认定;各部门分列于下。"
        + (f"待受理{lacking}。" if lacking else ""),
    )


@or_reason
def departments_chart(facts: Facts) -> Html:
    """Return the accepted cases of the largest departments (各部门受理量)."""
    accepted = breakdowns.cases_by_department(facts)["受理量"].drop(breakdowns.TOTAL)
    if accepted.empty:
        return note("年内没有受理的办件。")
    words = captions.ranking_words(accepted, "受理量")
    return show(
        charts.ranked_bars(accepted.head(LARGEST)),
        caption=words.caption,
        alt=words.alt,
        note=f"受理量前 {LARGEST} 个部门" if len(accepted) > LARGEST else "",
        unit="件",
    )


@or_reason
def departments_table(facts: Facts) -> Html:
    """Return stocks, flows and outcomes by department (各部门办件)."""
    departments = breakdowns.cases_by_department(facts)
    shown = departments[list(breakdowns.SHORT)].dropna(axis=1, how="all")
    return of_departments(
        shown.rename(columns=breakdowns.SHORT),
        caption="各部门办件",
        unit="件",
        note="待受理、在办为截止日存量。",
    )


def against_last_year(facts: Facts, before: Facts | None) -> Html:
    """Return this year beside the last (与上年相比)."""
    if before is None:
        return note("没有上年数据,不作比较。")
    return table(
        beside.against_last_year(facts, before, YEAR_ON_YEAR),
        caption="与上年相比",
        note="比率的增减为百分点;平均数的增减以其单位计。",
    )


@or_reason
def months_chart(years: Sequence[Facts]) -> Html:
    """Return accepted cases by month (各月受理量), the last year against those before."""
    return months_figure(breakdowns.months_of(years, "accepted"), years[-1].year.year)


def months_figure(months: pd.DataFrame, year: int) -> Html:
    """Return accepted cases by month as a figure, in 万件 where there are enough.

    Args:
        months: ``year``, ``month`` and ``n``; as ``breakdowns.months_of``.
        year: the year that it is about; the others are those before.
    """
    before = [str(each) for each in months["year"].unique() if each != year]
    words = captions.months_words(months, year, "受理量")
    one, unit, places = count_unit(months["n"].max())
    form = charts.two_places if places else number
    return show(
        charts.months(months.assign(n=months["n"] / one), value="n", form=form),
        caption=words.caption,
        alt=words.alt,
        note="各月受理量" + (f",灰线为 {'、'.join(before)} 年" if before else ""),
        unit=unit,
    )


@or_reason
def days_chart(facts: Facts) -> Html:
    """Return how long commitment cases took (承诺件办理用时)."""
    days = breakdowns.completed_days(facts)
    if days.empty:
        return note("年内没有办结的承诺件,或没有工作日历。")
    words = captions.days_words(days, "承诺件")
    return show(
        charts.days_distribution(days, last=LONGEST),
        caption=words.caption,
        alt=words.alt,
        note="年内办结的承诺件,自受理至办结的工作日(受理当日不计)",
        unit="件",
    )


@or_reason
def days_table(facts: Facts) -> Html:
    """Return how long commitment cases took in each department."""
    days = breakdowns.days_by_department(facts)
    if days.empty:
        return Html()
    lacking = insufficient(facts, (f"cases.{column}" for column in PROMISED.columns))
    return table(
        days.dropna(axis=1, how="all"),
        caption="各部门承诺件办理用时",
        unit="工作日",
        note=f"办结量以件计;{breakdowns.LATE}的件数{lacking}。"
        if lacking
        else f"办结量和{breakdowns.LATE}以件计;承诺时限已加延长和特别程序的时间。",
    )


def clocks(facts: Facts) -> Html:
    """Return early, in time and late cases on each clock (各时限)."""
    found = beside.by_clock(facts)
    if found.empty:
        return note("缺少时限所需的列或工作日历,不能计算提前、按时和超期。")
    return table(
        found,
        caption="各时限下的提前、按时和超期",
        unit="件",
        note="同一批办件按不同的计时方法各算一遍;缺少所需列的时限不列。各时限的计时方法见口径与定义。",
    )


def variants(figures: pd.DataFrame) -> Html:
    """Return figures under each of their definitions (不同口径)."""
    return table(
        beside.variants(figures),
        caption="同一指标的不同口径",
        note=f"报告没有说明口径的,以每项第一行为准,其余供对照。{ROUNDED}",
    )


def claims(facts: Facts, before: Facts | None) -> Html:
    """Return whether what reports claim to have improved has (提升与否)."""
    if before is None:
        return note("没有上年数据,不能核对“较往年提升”。")
    return table(
        beside.claimed(facts, before),
        caption="“较往年提升”逐项核对",
        note="只核对方向;多大算“较大”没有标准。",
    )


@or_reason
def channels_chart(years: Sequence[Facts]) -> Html:
    """Return accepted cases by channel (申报来源), year by year."""
    channels = breakdowns.channels_of(years)
    words = captions.shares_words(channels, list(breakdowns.ONLINE), "网上和移动端受理")
    return show(
        charts.shares(channels),
        caption=words.caption,
        alt=words.alt,
        note="年内受理量按申报来源",
        unit="%",
    )
