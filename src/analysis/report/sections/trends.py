"""Sections on several years (历年): figures, breaks, months, decomposition, catalogue, findings."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.problems.finding import Verdict
from analysis.report import captions, charts
from analysis.report.audience import EDITIONS
from analysis.report.figure import show
from analysis.report.html import Html, note, text
from analysis.report.numbers import MISSING, as_printed, number, signed
from analysis.report.parts import Card, cite, head
from analysis.report.parts import definitions as definition_list
from analysis.report.sections.reason import or_reason
from analysis.report.tabular import table
from analysis.report.wording import YEAR_ON_YEAR, definitions_of
from analysis.statistics import breakdowns, trends
from analysis.statistics.decomposition import EFFECTS, TERMS, Decomposition, by_member, decomposed
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure
from analysis.statistics.figures import REGISTRY, figures

SHOWN = ("licence_items_total", "licence_items_on_platform", *YEAR_ON_YEAR, "one_pass_case")
DECOMPOSED = (("mean_days", "commitment"), ("on_time_rate", "promise"), ("online_accept_share", ""))
TOP = 6  # items with the largest contributions
MARK = "※"
KINDS = {
    Verdict.EVIDENT: "bad",
    Verdict.SIGNS: "res",
    Verdict.NONE: "ok",
    Verdict.INSUFFICIENT: "st",
}


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
    before = "、".join(str(facts.year.year) for facts in years[:-1])
    return show(
        charts.months(months.assign(n=months["n"] / 10_000), value="n", form=charts.two_places),
        caption=f"{last} 年{words.caption}",
        alt=words.alt,
        note=f"深线为 {last} 年" + (f",灰线为 {before} 年" if before else ""),
        unit="万件",
    )


def decompositions(years: Sequence[Facts]) -> Html:
    """Return what the changes of rates against the year before are made of (变化分解)."""
    if len(years) < 2:
        return note("只有一年的数据,没有变化可以分解。")
    before, now = years[-2:]
    made = Html()
    for key in DECOMPOSED:
        figure = REGISTRY[key]
        if any(figure.result(facts).reason for facts in (before, now)):
            made += note("{}:{}。", figure.term, "两年中有一年数据不足,不作分解")
            continue
        found = decomposed(by_member(figure, before), by_member(figure, now))
        if found is not None:
            made += _decomposition(figure, found, before.year.year, now.year.year)
    return made


def _decomposition(figure: Figure, found: Decomposition, before: int, year: int) -> Html:
    scale, places = (100 if figure.unit == "%" else 1), max(figure.decimals, 2) + 1
    unit = "百分点" if figure.unit == "%" else figure.unit
    largest = found.parts.assign(size=[_size(row) for row in found.parts.to_dict("records")])
    largest = largest.sort_values("size", ascending=False, kind="stable").head(TOP)
    rows: list[tuple[str, Fraction, object, object]] = [
        (TERMS[effect], found.total(effect), None, None) for effect in EFFECTS
    ]
    rows += [
        (f"其中:{row['name']}", sum(row[e] for e in EFFECTS), row["rate_before"], row["rate_now"])
        for row in largest.to_dict("records")
    ]
    rows.append(("合计", found.change, found.before, found.now))
    shown = pd.DataFrame(
        {
            "来自": [row[0] for row in rows],
            f"对变化的影响({unit})": [signed(row[1] * scale, places) for row in rows],
            f"{before} 年": [_rate(row[2], scale, figure.decimals) for row in rows],
            f"{year} 年": [_rate(row[3], scale, figure.decimals) for row in rows],
        },
        dtype=object,
    )
    return table(
        shown,
        caption=f"{figure.term}:{year} 年比 {before} 年 {signed(found.change * scale, places)} {unit},来自哪里",
        note=f"四部分相加等于合计(各自四舍五入后末位可能差 1);“其中”为影响最大的 {len(largest)} 项,已含在上面四行内。"
        "构成变化:办件向用时长(或比率高)的事项集中,各项自身不变,合计也会变。",
        total=True,
        compact=True,
    )


def _size(row: dict[Any, Any]) -> float:
    return abs(float(sum(row[effect] for effect in EFFECTS)))


def _rate(value: Any, scale: int, decimals: int) -> str:
    return MISSING if value is None else number(value * scale, decimals)


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


def findings_table(answers: Sequence[pd.DataFrame]) -> Html:
    """Return the verdicts of all years side by side, those that turned first.

    Args:
        answers: as ``findings`` returns them, oldest year first.
    """
    names = [f"{frame['year'].iloc[0]} 年" for frame in answers]
    verdicts = pd.DataFrame(
        {n: frame.set_index("id")["verdict"] for n, frame in zip(names, answers, strict=True)}
    )
    last = answers[-1].set_index("id")
    turned = verdicts.nunique(axis=1) > 1
    serious = verdicts.isin([Verdict.EVIDENT, Verdict.SIGNS]).any(axis=1)
    order = [*verdicts.index[turned & serious], *verdicts.index[~turned & serious]]
    if not order:
        return note("各年都没有发现问题的迹象。")
    shown = verdicts.loc[order].fillna(Verdict.INSUFFICIENT.value)
    frame = pd.DataFrame(
        {
            "指标": [last.at[name, "term"] for name in order],
            "问题": [last.at[name, "problem"] for name in order],
            **{name: list(shown[name]) for name in names},
            f"{names[-1]}的数值": [
                f"{as_printed(str(row['value']))} {row['unit']}"
                for row in last.loc[order].to_dict("records")
            ],
        }
    )
    quiet = len(verdicts) - len(order)
    return table(
        frame,
        caption="各年发现:结论有变化的在前",
        note=f"另有 {quiet} 项各年都未见问题或数据不足,没有列出。",
        verdicts={str(verdict): kind for verdict, kind in KINDS.items()},  # type: ignore[misc]
        compact=True,
    )


def definitions(facts: Facts) -> Html:
    """Return the definitions of the figures that the page shows."""
    numbers = figures(facts)
    return definition_list(definitions_of(numbers[numbers["id"].isin(SHOWN)]))
