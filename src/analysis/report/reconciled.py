"""The reconciliation table (数据核对表) and the table of provenance, as readers see them."""

from collections.abc import Hashable
from importlib.metadata import version
from typing import Any

import pandas as pd

from analysis.report.audience import EDITIONS
from analysis.report.html import Html
from analysis.report.numbers import MISSING, as_printed, signed
from analysis.report.parts import cite
from analysis.report.tabular import table
from analysis.report.verdicts import VERDICTS
from analysis.sources.published import published_source
from analysis.statistics.reconcile import Verdict
from analysis.tables import TABLES
from analysis.tables.contents import DATA_TABLES
from analysis.tables.kept_out import kept_out
from analysis.tables.year import Year

MEANINGS = {
    Verdict.STATED: "仅陈述:报告有此数,但办件和事项目录中无从计算。",
    Verdict.RESIDUAL: "差额:由公开数相减得出,报告没有说明其构成;计算数是办件中相应的件数,见口径与定义。",
    Verdict.CALIBRATED: "校准一致:合成数据按公开数校准,一致不证明公开数正确。",
}
NOTED = (Verdict.EXPLAINED, Verdict.MISSING, Verdict.UNKNOWN)
DATA = {True: "合成数据(虚构)", False: "实际办件数据"}


def reconciliation(compared: pd.DataFrame, source: dict[str, str]) -> Html:
    """Return the printed figures beside the computed ones, each with difference and verdict.

    Args:
        compared: as returned by ``check.compare``.
        source: the printed report, as returned by ``published_source``.
    """
    rows = compared.to_dict("records")
    shown = pd.DataFrame(
        {
            "指标": [cite(row["id"], row["term"]) for row in rows],
            "单位": [row["unit"] or MISSING for row in rows],
            "公开数": [as_printed(row["published"]) for row in rows],
            "计算数": [as_printed(row["computed"]) for row in rows],
            "差": [as_printed(row["difference"], signed) for row in rows],
            "结论": [row["verdict"] for row in rows],
        },
        dtype=object,  # a text column would forget what is HTML already
    )
    return table(
        shown,
        caption=f"公开数与计算数:{source['place']}{source['period']}年度报告,{len(rows)} 项",
        note=_remarks(rows),
        verdicts=VERDICTS,
        fold_after=len(rows),
    )


def _remarks(rows: list[dict[Hashable, Any]]) -> str:
    """Say what the verdicts mean that need it, and what people have said about differences."""
    there = {row["verdict"] for row in rows}
    meanings = [MEANINGS[verdict] for verdict in MEANINGS if verdict in there]
    said = [f"{row['term']}:{row['note']}" for row in rows if row["verdict"] in NOTED]
    return "".join([*meanings, *(f"{each}。" for each in said)])


def printed_report(year: Year) -> dict[str, str] | None:
    """Return what is known about the printed report of a year (公开报告); None where none is."""
    report = year.place.published.get(year.year)
    if report is None:
        return None
    return published_source(report, data=year.data if year.folder else None)


def named(source: dict[str, str] | None) -> str:
    """Return a printed report by its title, day and address."""
    return f"{source['title']}({source['published']},{source['url']})" if source else "未登记"


def _kept_out(year: Year) -> dict[str, str]:
    """Say what the import kept out of the year: numbers are of the rows that it let in."""
    said = [
        f"{TABLES[name].term}:" + "、".join(f"{what} {n:,} 行" for what, n in out.values())
        for name in DATA_TABLES
        if (out := kept_out(year, name))
    ]
    return {"导入时隔离": f"{';'.join(said)}。都不在各项数内(别的年度的行不计)"} if said else {}


def provenance(year: Year, source: dict[str, str] | None, *, audience: str = "internal") -> Html:
    """Return where a page's numbers come from (数据来源与版本), and for whom the page is made."""
    facts = {
        "地方和年度": year.title,
        "数据性质": DATA[year.synthetic],
        "统计截止": f"{year.cutoff} 24:00",
        "数据导出": str(year.exported_on or "未登记"),
        "工作日历": "国务院公布的放假和调休安排" if year.place.calendar else "未登记,不计算工作日",
        **(_kept_out(year) if audience == "internal" else {}),
        "公开报告": named(source),
        "读者范围": EDITIONS[audience],
        "软件": f"xuke {version('xuke')}",
        "运行记录": "数据文件的散列、程序版本、生成时间见同一文件夹的 manifest.json",
    }
    shown = pd.DataFrame({"项目": list(facts), "内容": list(facts.values())})
    return table(shown, caption="数据来源与版本", compact=True)
