"""Sections (栏目) of a panel: for each, its key numbers, one chart and its tables, as HTML."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from analysis.explore.chosen import SECTIONS
from analysis.explore.look import View
from analysis.report import charts
from analysis.report.figure import show
from analysis.report.html import Html, note
from analysis.report.numbers import MISSING, as_printed, number
from analysis.report.parts import Card, headline
from analysis.report.problems.said import BADGES
from analysis.report.tabular import table
from analysis.statistics.needs import insufficient
from analysis.statistics.registry import REGISTRY
from analysis.statistics.timeliness.durations import days_taken
from analysis.statistics.volume.flows import TERMS

LAST_DAY = 20  # working days with a bar of their own
HEAD = (
    ("办件量", "applications", ""),
    ("办件量", "accepted", ""),
    ("办件量", "completed", ""),
    ("时效", "mean_days", "commitment"),
    ("时效", "on_time_rate", "promise"),
    ("排队", "open_at_end", ""),
    ("不予受理和许可", "not_accepted", ""),
)
SHORT = {
    "承诺件实际平均办结时间": "平均办结时间",
    "按承诺时限办结率": "承诺时限内办结",
}


def head(view: View) -> Html:
    """Return the seven key numbers of a view in large type."""
    found = {name: view.section(name) for name in dict.fromkeys(part for part, *_ in HEAD)}
    cards = [_card(found[part], figure, variant) for part, figure, variant in HEAD]
    return headline(cards)


def _card(rows: pd.DataFrame, figure: str, variant: str) -> Card:
    row = rows[rows["id"].eq(figure) & rows["variant"].eq(variant)].iloc[0]
    term = str(row["term"])
    unit = str(row["unit"]) if row["value"] else ""
    return Card(SHORT.get(term, term), as_printed(row["value"]), unit, str(row["reason"]))


def section(view: View, name: str) -> Html:
    """Return one section of a view: its chart, and its figures with their formulas."""
    return CHARTS[name](view) + figures_table(view.section(name), name)


def figures_table(rows: pd.DataFrame, caption: str) -> Html:
    """Return figures as a table: what they come to and how they are defined."""
    shown = pd.DataFrame(
        {
            "指标": rows["term"],
            "数值": [as_printed(value) for value in rows["value"]],
            "单位": rows["unit"],
            "算法": [
                formula + (f"({reason})" if reason else "")
                for formula, reason in zip(rows["formula"], rows["reason"], strict=True)
            ],
        },
        dtype=object,
    )
    return table(shown, caption=f"{caption}:指标和口径")


def _by_month(view: View, measure: str, caption: str, what: str) -> Html:
    frame = view.months
    if measure not in frame and (lacking := insufficient(view.facts, REGISTRY[measure, ""].needs)):
        return note("{}:{}。", what, lacking)
    if measure not in frame:
        return note("选了月份,没有月末存量:存量不能按月份分。")
    if len(frame) == 1 or not frame[measure].any():
        return note("{}:{} 件。", what, number(frame[measure].sum()))
    lines = frame.assign(year=view.whole.year.year)
    pairs = zip(frame["month"], frame[measure], strict=True)
    said = "、".join(f"{month}月{number(n)}" for month, n in pairs)
    return _shown(
        lambda: charts.months(lines, value=measure), caption, f"{what}折线图:{said}。", "件"
    )


def _shown(draw: Callable[[], Axes], caption: str, alt: str, unit: str) -> Html:
    return show(draw(), caption=caption, alt=alt, unit=unit)


def _volume(view: View) -> Html:
    return _by_month(view, "applications", "各月申请量", "各月申请")


def _timeliness(view: View) -> Html:
    days = days_taken(view.facts)
    if days.empty or not days.sum():
        return note("没有办结的承诺件。")
    said = f"承诺件 {number(days.sum())} 件,最长 {int(days.index.max())} 个工作日。"
    last = min(LAST_DAY, max(int(days.index.max()), 1))
    return _shown(
        lambda: charts.days_distribution(days, last=last),
        "承诺件自受理至办结用了几个工作日",
        f"办理用时分布柱状图:{said}",
        "件",
    )


def _queue(view: View) -> Html:
    return _by_month(view, "open_at_end", "各月末在办", "各月末在办")


def _refusals(view: View) -> Html:
    return _by_month(view, "not_accepted", "各月不受理", "各月不受理")


CHARTS: dict[str, Callable[[View], Html]] = dict(
    zip(SECTIONS, (_volume, _timeliness, _queue, _refusals), strict=True)
)


def months_table(view: View) -> Html:
    """Return the flows of each month and the stocks at its end."""
    frame = view.months.rename(columns=TERMS | {"month": "月份"})
    frame["月份"] = [f"{month}月" for month in frame["月份"]]
    closing = {"期末待受理": "月末待受理", "期末在办": "月末在办"}
    return table(frame.rename(columns=closing), caption="各月流量和月末存量", unit="件")


def findings_table(view: View) -> Html:
    """Return the findings (发现) with their verdicts, evident ones first."""
    found = view.findings
    if found.empty:
        return note("这个年度没有登记的问题。")
    order = {"明显": 0, "有迹象": 1, "未见": 2}
    rows = found.sort_values("verdict", key=lambda v: v.map(order).fillna(3), kind="stable")
    shown = pd.DataFrame(
        {
            "发现": rows["statement"],
            "结论": rows["verdict"],
            "问题": rows["problem"],
            "数值": [as_printed(value) for value in rows["value"]],
            "单位": rows["unit"],
            "明显的判定线": rows["evident"].replace("", MISSING),
        }
    ).reset_index(drop=True)
    unfolded = len(shown)  # who opened the tab wants to read them
    return table(shown, caption="发现", verdicts=BADGES, compact=True, fold_after=unfolded)
