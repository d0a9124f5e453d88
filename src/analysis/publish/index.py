"""The index (索引): places × years, their headline figures, verdicts, pages and downloads."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from analysis.publish.page import page_html
from analysis.publish.write import write_whole
from analysis.report.html import Html
from analysis.report.numbers import as_printed
from analysis.report.tabular import table
from analysis.report.verdicts import VERDICTS, year_verdict
from analysis.tables.place import Place, places
from analysis.tables.year import SYNTHETIC

TITLE = "行政许可实施和监督管理情况"
HEADLINE = ("applications", "accepted", "completed", "time_compression_rate", "instant_rate")
HEADER = Html('<header><p class="place">分析报告索引</p><h1>{}</h1></header><p class="lead">{}</p>')
LINK = Html('<a href="{}">{}</a>')


def write_index(reports: Path, data: Path) -> Path:
    """Write ``index.html`` over whatever years ``reports`` holds, and return its path."""
    found = [(place, _years(reports / slug)) for slug, place in places(data).items()]
    shown = [(place, years) for place, years in found if years]
    body = HEADER.format(TITLE, _lead([years for _, years in shown]))
    for place, years in shown:
        body += Html("<h2>{}</h2>{}").format(place.name, _table(place, years, reports))
    label = ";".join(filter(None, (_label(place, years) for place, years in shown)))
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(str(body))])
    path = reports / "index.html"
    write_whole(path, page_html(book, title=TITLE, place="", label=label))
    return path


def _years(folder: Path) -> dict[int, pd.DataFrame]:
    """Return the figures of each year that has been made, latest first."""
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9]/figures.csv"), reverse=True)
    return {
        int(path.parent.name): pd.read_csv(path, dtype=str, keep_default_na=False) for path in files
    }


def _label(place: Place, years: dict[int, pd.DataFrame]) -> str:
    """Return what the place's years must carry; synthetic data are never without a label."""
    made_up = any((figures["data"] == "synthetic").any() for figures in years.values())
    return place.label or (SYNTHETIC if made_up else "")


def _lead(shown: list[dict[int, pd.DataFrame]]) -> str:
    if not shown:
        return "还没有生成任何年度:请运行 xuke run。"
    return f"共 {len(shown)} 个地方、{sum(map(len, shown))} 个年度。点击页面名称打开;页面可单独转发,不需要联网。"


def _table(place: Place, years: dict[int, pd.DataFrame], reports: Path) -> Html:
    rows = []
    for year, figures in years.items():
        first = figures.drop_duplicates("id").set_index("id").to_dict("index")
        folder = f"{place.slug}/{year}"
        pages = sorted((reports / folder).glob("*.html"))
        rows.append(
            {
                "年度": f"{year} 年",
                **{_head(first[key]): as_printed(first[key]["value"]) for key in HEADLINE},
                "核对": year_verdict(figures),
                "页面": Html("、").join(
                    LINK.format(f"{folder}/{page.name}", _title(page)) for page in pages
                ),
                "数据": LINK.format(f"{folder}/figures.csv", "CSV"),
            }
        )
    return table(pd.DataFrame(rows, dtype=object), caption=f"{place.name}各年度", verdicts=VERDICTS)


def _head(figure: dict[Hashable, Any]) -> str:
    return f"{figure['term']}({figure['unit']})"


def _title(page: Path) -> str:
    """Return the name under which a page is listed: its title without place and year."""
    text = page.read_text(encoding="utf-8")
    title = text.partition("<title>")[2].partition("</title>")[0]
    return title.partition("年")[2].rpartition(" · ")[0] or page.stem
