"""The index (索引): places × years, their headline figures, verdicts, pages and downloads."""

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.problems.finding import SEEN
from analysis.publish import manifest
from analysis.publish.frame import plain_page
from analysis.publish.task import DRAFT, FIGURES, FINDINGS, INDEX, JSON, PUBLIC_FOLDER, WORKBOOK
from analysis.report.html import Html
from analysis.report.numbers import MISSING, as_printed
from analysis.report.tabular import table
from analysis.report.verdicts import VERDICTS, year_verdict
from analysis.tables.place import Place, places
from analysis.tables.years import SYNTHETIC

HEADLINE = ("applications", "accepted", "completed")  # a row of the index is seen without scrolling
HEADER = Html('<header><p class="place">分析报告索引</p><h1>{}</h1></header><p class="lead">{}</p>')
LINK = Html('<a href="{}">{}</a>')
NOTEWORTHY = {name for name, kind in VERDICTS.items() if kind in ("res", "bad")}
DOWNLOADS = {
    WORKBOOK: "工作簿",
    DRAFT: "报告文稿",
    FIGURES: "指标CSV",
    FINDINGS: "问题CSV",
    JSON: "JSON",
    manifest.NAME: "清单",
}
Titles = dict[str, str]  # of pages, by path below the reports


def index_html(reports: Path, data: Path, title: str) -> str:
    """Return the index of what the manifests in ``reports`` say is there."""
    outputs = manifest.outputs(reports)
    pages = {name: entry["title"] for name, entry in outputs.items() if name.endswith(".html")}
    found = [(place, _years(reports, slug, outputs)) for slug, place in places(data).items()]
    shown = [(place, years) for place, years in found if years or _of(pages, place.slug)]
    body = HEADER.format(title, _lead([years for _, years in shown]))
    for place, years in shown:
        body += Html("<h2>{}</h2>").format(place.name) + _list(_of(pages, place.slug))
        body += _table(reports, place, years, pages) if years else Html()
    if general := {name: pages[name] for name in pages if "/" not in name and name != INDEX}:
        body += Html("<h2>不分地方和年度</h2>") + _list(general)
    label = ";".join(filter(None, (_label(place, years) for place, years in shown)))
    return plain_page(body, title=title, place="", label=label)


def _years(reports: Path, slug: str, outputs: dict[str, Any]) -> dict[int, pd.DataFrame]:
    """Return the figures of each year that has been made, latest first."""
    files = [name for name in outputs if name.startswith(f"{slug}/") and name.endswith(FIGURES)]
    return {
        int(name.split("/")[1]): pd.read_csv(reports / name, dtype=str, keep_default_na=False)
        for name in sorted(files, reverse=True)
    }


def _of(pages: Titles, folder: str) -> Titles:
    """Return the pages that lie in a folder, not below it."""
    return {name: title for name, title in pages.items() if name.rpartition("/")[0] == folder}


def _list(pages: Titles) -> Html:
    items = Html().join(
        Html("<li>{}</li>").format(LINK.format(name, title)) for name, title in pages.items()
    )
    return Html("<ul>{}</ul>").format(items) if pages else Html()


def _label(place: Place, years: dict[int, pd.DataFrame]) -> str:
    """Return what the place's years must carry; synthetic data are never without a label."""
    made_up = any((figures["data"] == "synthetic").any() for figures in years.values())
    return place.label or (SYNTHETIC if made_up else "")


def _lead(shown: list[dict[int, pd.DataFrame]]) -> str:
    if not shown:
        return "还没有生成任何年度:请运行 xuke run。"
    return f"共 {len(shown)} 个地方、{sum(map(len, shown))} 个年度。点击页面名称打开;页面可单独转发,不需要联网。"


def _downloads(reports: Path) -> Iterator[tuple[str, str]]:
    """Return what each year offers; not to the public the manifest, which names the machine."""
    for name, words in DOWNLOADS.items():
        if name != manifest.NAME or reports.name != PUBLIC_FOLDER:
            yield name, words


def _table(reports: Path, place: Place, years: dict[int, pd.DataFrame], pages: Titles) -> Html:
    rows = []
    for year, figures in years.items():
        first = figures.drop_duplicates("id").set_index("id").to_dict("index")
        folder, whose = f"{place.slug}/{year}", f"{place.name} {year} 年"
        rows.append(
            {
                "年度": f"{year} 年",
                "页面": Html("、").join(
                    LINK.format(name, title.removeprefix(whose))
                    for name, title in _of(pages, folder).items()
                ),
                "下载": Html("、").join(
                    LINK.format(f"{folder}/{name}", words)
                    for name, words in _downloads(reports)
                    if (reports / folder / name).is_file()
                ),
                "核对": year_verdict(figures),
                "核对发现": _findings(figures),
                "问题发现": _problems(reports / folder / FINDINGS),
                **{_head(first[key]): as_printed(first[key]["value"]) for key in HEADLINE},
            }
        )
    return table(pd.DataFrame(rows, dtype=object), caption=f"{place.name}各年度", verdicts=VERDICTS)


def _findings(figures: pd.DataFrame) -> str:
    """Say how many printed figures need to be looked at, by verdict."""
    counts = figures["verdict"].value_counts().sort_index()
    said = [f"{verdict} {n} 项" for verdict, n in counts.items() if verdict in NOTEWORTHY]
    return "、".join(said) or MISSING


def _problems(path: Path) -> str:
    """Say how many findings on problems are evident, and of how many there are signs."""
    if not path.is_file():
        return MISSING
    verdicts = list(pd.read_csv(path, dtype=str, keep_default_na=False)["verdict"])
    return "、".join(f"{verdict} {verdicts.count(verdict)} 项" for verdict in SEEN)


def _head(figure: dict[Hashable, Any]) -> str:
    return f"{figure['term']}({figure['unit']})"
