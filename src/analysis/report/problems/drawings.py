"""Drawings (图): which chart shows a finding, drawn from its evidence table."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.problems.finding import Finding
from analysis.problems.ratings import tags
from analysis.report import charts
from analysis.report.captions import Words
from analysis.report.numbers import number
from analysis.report.problems.event_chart import event_study
from analysis.report.problems.limit_chart import around_limit
from analysis.report.problems.ratio_chart import INSIDE, drawable, ratio_funnel
from analysis.report.problems.survival_chart import survival_curves

MOST = 10  # bars
LEAST = 2  # one bar compares nothing
SHARE = "占比(%)"  # the column that says how many there are for its size
PLACE = "{}:{}最多,件数随办件量而变,不是好坏的名次"
Drawn = tuple[Axes, Words]


@dataclass(frozen=True)
class Bars:
    """A bar chart of one column of the evidence.

    Attributes:
        value: the column drawn; the first column of the evidence names the bars. Empty for the
            second, which holds the cases with the problem: rates of small departments say little.
        places: decimals; what has some is a rate, and the largest of rates is the highest (最高).
        unit: unit of the values.
        counted: words that name the bars whose sum the finding is about; these are set off
            instead of the largest.
        plain: nothing is set off, since the largest is not what needs attention.
    """

    value: str = ""
    places: int = 0
    unit: str = "件"
    counted: tuple[str, ...] = ()
    plain: bool = False

    def __call__(self, found: Finding) -> Drawn | None:
        """Draw the largest values; None where there are none to compare."""
        evidence = found.answer.evidence
        if len(evidence) < LEAST:
            return None
        column = self.value or evidence.columns[1]
        values = evidence.set_index(evidence.columns[0])[column].dropna()
        values = values.sort_values(ascending=False, kind="stable").head(MOST)
        said = [f"{name} {self._shown(value)}" for name, value in values.items()]
        term, highlight = found.question.term, [str(values.index[0])]
        most = "最高" if self.places else "最多"
        if self.counted:
            highlight = [name for name in map(str, values.index) if self._counts(name)]
            named = f"计入的标签(红色)是{'、'.join(highlight)}" if highlight else "各标签都不计入"
            caption = f"{term}:{named}"
        elif self.value or SHARE not in evidence:
            caption = f"{term}:{said[0]},{most}"
            if self._shown(values.iloc[0]) == self._shown(values.iloc[1]):  # nobody is set off
                caption, highlight = f"{term}:{said[0]},不止一项{most}", []
            highlight = [] if self.plain else highlight
        else:  # how many there are is mostly how large a department is: nobody is set off
            shares = evidence.set_index(evidence.columns[0])[SHARE].reindex(values.index)
            said = [
                text if pd.isna(share) else f"{text}(占 {number(share, 2)}%)"
                for text, share in zip(said, shares, strict=True)
            ]
            caption, highlight = PLACE.format(term, said[0]), []
        return (
            charts.ranked_bars(values, form=self._shown, highlight=highlight),
            Words(caption, f"条形图,{term}({column}):{'、'.join(said)}。"),
        )

    def _counts(self, name: str) -> bool:
        return any(word in name for word in self.counted)

    def _shown(self, value: float) -> str:
        unit = self.unit if self.unit == "%" else f" {self.unit}"
        return f"{number(value, self.places)}{unit}"


def _margins(found: Finding) -> Drawn | None:
    """Draw the closures around the limit, those beyond it set off."""
    evidence = found.answer.evidence
    if evidence.empty:
        return None
    counts = pd.Series(evidence["办结件数"].to_numpy(), index=-evidence.iloc[:, 0].to_numpy())
    ax = around_limit(counts)
    late = int(counts[counts.index > 0].sum())
    said = "、".join(f"{day:+d}日{n}件" for day, n in counts.items())
    return ax, Words(
        f"法定到期前后的办结件数:到期后只有 {number(late)} 件",
        f"柱状图,横轴为距法定到期日的工作日(负数为到期前):{said}。",
    )


def _still_open(found: Finding) -> Drawn | None:
    """Draw which share of the cases is still open after so many days."""
    table = found.answer.evidence
    if len(table) < LEAST:
        return None
    said = "、".join(
        f"{day}日 {number(left, 1)}%(只算已办结 {number(usual, 1)}%)"
        for day, left, usual in table.iloc[:, [0, 1, 4]].itertuples(index=False)
    )
    return survival_curves(table), Words(
        "受理后若干工作日仍未办结的承诺件占比(%),虚线为一半",
        f"生存曲线,横轴为受理后的工作日,纵轴为仍未办结的占比:{said}。",
    )


def _event_study(found: Finding) -> Drawn | None:
    """Draw what differed month by month, before and after the delegation."""
    table = found.answer.evidence
    if table.empty:
        return None
    unit = found.question.unit
    said = "、".join(
        f"{int(month):+d}月 {number(value, 1)}{unit}(区间 {number(low, 1)} 至 {number(high, 1)})"
        for month, value, low, high in table.iloc[:, :4].itertuples(index=False)
    )
    return event_study(table), Words(
        f"{found.question.term}:下放前后逐月的差异({unit})",
        f"事件研究图,横轴为距下放的月数,以下放前各月的平均为零,竖线为区间:{said}。",
    )


def _funnel(found: Finding) -> Drawn | None:
    """Draw the departments' standardised ratios with their intervals, those outside set off."""
    table = found.answer.evidence
    if len(table) < LEAST or not drawable(table).any():
        return None
    outside = table[table["与其他部门相比"] != INSIDE]
    said = "、".join(
        f"{row['部门']} {number(row['标准化比'], 2)}" for row in table.head(MOST).to_dict("records")
    )
    beyond = "、".join(outside["部门"]) or "没有"
    return ratio_funnel(table), Words(
        f"{found.question.term}:各部门与按事项结构应有数之比;红点为各项一并校正后仍超出偶然的",
        "漏斗图,横轴为按事项结构应有的件数,纵轴为实有与应有之比,竖线为95%区间(已按事项之间的差异放宽,"
        f"未作多重校正),不含1不等于校正后超出偶然;校正后超出偶然的:{beyond}。{said}。",
    )


DRAWINGS: dict[str, Callable[[Finding], Drawn | None]] = {
    "bulk_entry": Bars(),
    "bulk_closing": Bars(),
    "midnight_stamps": Bars(),
    "days_off": Bars(),
    "zero_steps": Bars(unit="个"),
    "deadline_hugging": Bars(),
    "promise_broken": Bars(),
    "sent_back": Bars(),
    "delegated_share": Bars(),
    "delegated_volume": _event_study,
    "delegated_duration": _event_study,
    "delegated_supplements": _event_study,
    "delegated_lateness": _event_study,
    "departments_promises": _funnel,
    "departments_supplements": _funnel,
    "departments_refusals": _funnel,
    "late_closed_statutory": Bars(),
    "late_closed_promised": Bars(),
    "late_open_promised": Bars(),
    "median_with_open": _still_open,
    "zero_overdue": _margins,
    "supplemented": Bars(),
    "supplemented_again": Bars(),
    "supplement_items": Bars("补正过的办件"),
    "late_notice": Bars(),
    "waiting_share": Bars("等待占全程(%)", 1, "%"),
    "visits_per_inspector": Bars("人均检查人次", 1, "人次"),
    "blind_to_risk": Bars("再检查率(%)", 2, "%", plain=True),
    "default_ratings": Bars(unit="条"),
    "satisfaction_spread": Bars("满意率(%)", 2, "%", plain=True),
    "batched_ratings": Bars(unit="条"),
    "bad_tags_late": Bars("差评(条)", 0, "条", tags.LATE),
    "bad_tags_again": Bars("差评(条)", 0, "条", tags.REPEATED),
}


def drawn(found: Finding) -> Drawn | None:
    """Return the chart of a finding with its words; None where it has none."""
    draw = DRAWINGS.get(found.question.id)
    return draw(found) if draw else None
