"""Figures, breaks, months and catalogue of several years (各年指标), side by side."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.report import captions, charts
from analysis.report.figure import show
from analysis.report.html import Html, note
from analysis.report.numbers import MISSING, as_printed, signed
from analysis.report.parts import cite
from analysis.report.parts import definitions as definition_list
from analysis.report.sections.reason import or_reason
from analysis.report.tabular import table
from analysis.report.wording import YEAR_ON_YEAR, definitions_of
from analysis.statistics import breakdowns, trends
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.registry import REGISTRY

SHOWN = ("licence_items_total", "licence_items_on_platform", *YEAR_ON_YEAR, "one_pass_case")
MARK = "※"


def figures_table(years: Sequence[Facts], found: pd.DataFrame) -> Html:
    """Return the figures of all years side by side; ※ marks a figure whose definition changed."""
    shown = trends.figures_by_year(years, SHOWN)
    numbers = [facts.year.year for facts in years]
    marked, everywhere = set(found["figure"]), "" in set(found["figure"])
    frame = pd.DataFrame(
        {
            "指标": [
                cite(row["id"], row["term"]) + (MARK if everywhere or row["id"] in marked else "")
                for row in shown.to_dict("records")
            ],
            "单位": shown["unit"],
            **{f"{year} 年": [as_printed(value) for value in shown[year]] for year in numbers},
            "比上年": [_difference(row, numbers) for row in shown.to_dict("records")],
        },
        dtype=object,
    )
    remark = f"{MARK} 口径有变化,见下。" if len(found) else "各年口径相同。"
    return table(frame, caption="主要指标", note=remark + "比率的增减为百分点。")


def _difference(row: dict[Any, Any], years: list[int]) -> str:
    if len(years) < 2 or not row[years[-1]] or not row[years[-2]]:
        return MISSING
    places = len(str(row[years[-1]]).partition(".")[2])
    now, before = pd.to_numeric(pd.Series([row[years[-1]], row[years[-2]]]))
    return signed(round(now - before, places), places)


def breaks_table(found: pd.DataFrame) -> Html:
    """Return the changes of definition (口径变化), declared ones with their source."""
    if found.empty:
        return note("数据中没有看到口径变化,也没有人登记(data/redefinitions.toml)。")
    terms = {figure.id: figure.term for figure in reversed(REGISTRY.values())}
    shown = pd.DataFrame(
        {
            "自": [f"{year} 年" for year in found["year"]],
            "指标": [terms.get(name, "全部") for name in found["figure"]],
            "变化": found["what"],
            "来源": found["source"],
        }
    )
    return table(shown, caption="口径变化", compact=True)


@or_reason
def months_chart(years: Sequence[Facts]) -> Html:
    """Return accepted cases by month, all years over each other."""
    months = breakdowns.months_of(years, "accepted")
    last = years[-1].year.year
    words = captions.months_words(months, last, "受理量")
    last_before, *older = [str(facts.year.year) for facts in years[-2::-1]] or [""]
    return show(
        charts.months(months.assign(n=months["n"] / 10_000), value="n", form=charts.two_places),
        caption=f"{last} 年{words.caption}",
        alt=words.alt,
        note=f"深线为 {last} 年"
        + (f",灰线为 {last_before} 年" if last_before else "")
        + (f",灰虚线为 {'、'.join(older)} 年" if older else ""),
        unit="万件",
    )


@or_reason
def catalogue_table(years: Sequence[Facts]) -> Html:
    """Return how the catalogue changed in each year (目录变化)."""
    frame = trends.catalogue_changes(years)
    if frame.empty or not frame.shape[1]:
        return note("各年目录没有变化。")
    turned = frame.T.rename_axis("变化")
    return table(
        turned,
        caption="行政许可事项的变化",
        unit="项次",
        note="以业务办理项计,与上年末有效的目录比较;第一年与该年目录所载的上年末状态比较。",
    )


def definitions(facts: Facts) -> Html:
    """Return the definitions of the figures that the page shows."""
    numbers = figures(facts)
    return definition_list(definitions_of(numbers[numbers["id"].isin(SHOWN)]))
