"""What an import found (问题表): ``problems.csv`` for the analyst's own tools, and a page to read."""

from pathlib import Path

import pandas as pd

from analysis.publish.frame import plain_page
from analysis.publish.write import csv, write_whole
from analysis.report.html import Html, paragraph
from analysis.report.tabular import Verdict, table
from analysis.sources.importing.fates import Ending
from analysis.sources.importing.problems import COLUMNS, LISTED
from analysis.sources.importing.request import Imported
from analysis.sources.mapping.mapped import Severity
from analysis.tables import TABLES

HEADER = Html('<header><p class="place">{} · {} 年度</p><h1>导入情况</h1></header>')
SHOWN = 200  # rows of one problem that the page shows; problems.csv has them all
ACTIVE = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take what begins so for a formula
BOM = "\ufeff"  # or Excel takes UTF-8 for GBK
KINDS: dict[str, Verdict] = {Severity.QUARANTINE.value: "bad", Severity.WARNING.value: "res"}


def problems_folder(imported: Imported) -> Path:
    """Return where the findings of an import lie: beside the data, as they may quote them."""
    request = imported.request
    return request.data / "imports" / request.place / str(request.year)


def write_problems(imported: Imported) -> Path:
    """Write ``problems.csv`` and ``problems.html``, and return their folder.

    Raises:
        XukeError: they cannot be written.
    """
    folder = problems_folder(imported)
    write_whole(folder / "problems.csv", BOM + csv(_listed(imported)))
    write_whole(folder / "problems.html", _page(imported))
    return folder


def rows_read(imported: Imported) -> pd.DataFrame:
    """Return what became of the rows: one row a source and table; the endings add up to 读入."""
    rows = [
        {"文件": one.file, "表": TABLES[one.table].term, "读入": one.read}
        | {ending.value: one.endings[ending] for ending in Ending}
        for one in imported.accounts
        if one.whole
    ]
    return pd.DataFrame(rows, columns=["文件", "表", "读入", *(e.value for e in Ending)])


def rows_written(imported: Imported) -> str:
    """Return how many rows each table has now, in Chinese."""
    tables = [f"{TABLES[name].term} {n:,} 行" for name, n in imported.written.items()]
    return f"得到:{'、'.join(tables)}"


def rules_broken(imported: Imported) -> pd.DataFrame:
    """Return the problems by rule, those that keep most rows out first."""
    rows = [
        {
            "表": one.table,
            "问题": one.said,
            "行数": one.n,
            "程度": one.severity.value,
            "怎么办": one.todo,
        }
        for one in imported.problems
    ]
    frame = pd.DataFrame(rows, columns=["表", "问题", "行数", "程度", "怎么办"])
    order = frame.assign(kept=frame["程度"] != Severity.QUARANTINE.value)
    return frame.loc[
        order.sort_values(["kept", "行数"], ascending=[True, False], kind="stable").index
    ]


def _listed(imported: Imported) -> pd.DataFrame:
    frames = [one.rows for one in imported.problems]
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))
    text = whole[list(COLUMNS)].astype("str")
    return text.map(lambda value: f"'{value}" if value.startswith(ACTIVE) else value)


def _page(imported: Imported) -> str:
    request, place = imported.request, imported.place
    parts = [HEADER.format(place.name, request.year), _lead(imported)]
    parts.append(Html("<h2>每一行的去向</h2>"))
    parts.append(table(rows_read(imported), caption="各来源读入的行与去向", unit="行"))
    parts.append(paragraph("{}", rows_written(imported)))
    if imported.problems:
        broken = rules_broken(imported).reset_index(drop=True)
        parts.append(Html("<h2>问题</h2>"))
        parts.append(table(broken, caption="各条规则的问题行数", verdicts=KINDS))
    for one in imported.problems:
        parts.append(_rows(one.said, one.table, one.n, one.rows))
    notes = [*(f"{p.said}({p.n:,} 件)" if p.n else p.said for p in imported.patterns)]
    for line in (*notes, *imported.notes):
        parts.append(paragraph("{}", line))
    body = Html().join(parts)
    title = f"{place.name} {request.year} 年导入情况"
    return plain_page(body, title=title, place=place.name, label=place.label)


def _lead(imported: Imported) -> Html:
    if imported.failure:
        return Html('<p class="lead">{}。</p>').format(imported.failure)
    done = "试导入,年度没有改动" if imported.request.dry_run else "年度已更新"
    return Html('<p class="lead">{}。本页引用了导出中的值,只供内部使用。</p>').format(done)


def _rows(said: str, term: str, n: int, rows: pd.DataFrame) -> Html:
    listed = rows[["行", "文件", "工作表", "列", "值"]].head(SHOWN).reset_index(drop=True)
    cut = f"共 {n:,} 行,这里列出前 {len(listed)} 行" if n > len(listed) else ""
    more = f";problems.csv 列出前 {LISTED:,} 行" if n > LISTED else ""
    caption = f"{term}表:{said}" if term else said
    return table(
        listed.astype("str").replace("", pd.NA).astype(object),
        caption=caption,
        note=f"{cut}{more}",
        fold_after=5,
    )
