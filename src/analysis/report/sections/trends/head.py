"""The first screen of the years (历年首屏): what changed most."""

from collections.abc import Sequence

from analysis.report.audience import EDITIONS
from analysis.report.html import Html, text
from analysis.report.numbers import as_printed
from analysis.report.parts import Card, cite, head
from analysis.statistics import trends
from analysis.statistics.facts import Facts


def masthead(years: Sequence[Facts], audience: str) -> Html:
    """Return the head of the page: the place, its years, what changed most."""
    first, last = years[0].year, years[-1].year
    meta = f"{first.year}—{last.year} 年 · 统计截至 {last.cutoff} 24:00 · {EDITIONS[audience]}"
    return head(f"{last.place.name} · 历年", "历年变化", meta, lead(years))


def lead(years: Sequence[Facts]) -> Html:
    """Return the paragraph that already says everything."""
    shown = trends.figures_by_year(years, ("accepted", "mean_days")).set_index("id")
    first, last = (facts.year.year for facts in (years[0], years[-1]))
    if len(years) == 1 or "accepted" not in shown.index:
        return text("只有 {} 年的数据,还不能比较。", last)

    def at(figure: str, year: int) -> str:
        return as_printed(str(shown.at[figure, year]))

    said = text(
        "受理量由 {} 年的 {} 件变为 {} 年的 {} 件",
        first,
        cite("accepted", at("accepted", first)),
        last,
        cite("accepted", at("accepted", last)),
    )
    if "mean_days" in shown.index and all(shown.loc["mean_days", [first, last]]):
        values = [at("mean_days", year) for year in (first, last)]
        days = text(
            ";承诺件平均办结时间由 {} 个工作日变为 {} 个", values[0], cite("mean_days", values[1])
        )
        said += days
    return said + text("。")


def key_figures(years: Sequence[Facts]) -> list[Card]:
    """Return the largest changes against the year before in large type."""
    shown = trends.figures_by_year(years[-2:], ("accepted", "time_compression_rate", "mean_days",
                                                "online_accept_share"))  # fmt: skip
    last = years[-1].year.year
    cards = []
    for row in shown.to_dict("records"):
        before = row.get(years[-2].year.year, "") if len(years) > 1 else ""
        against = f"上年 {as_printed(before)}" if before else ""
        cards.append(
            Card(str(row["term"]).partition("(")[0], cite(str(row["id"]), as_printed(row[last])),
                 str(row["unit"]), against)
        )  # fmt: skip
    return cards
