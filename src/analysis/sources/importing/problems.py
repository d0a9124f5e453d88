"""Problem rows (问题行): where each fault is, under the headings that the user knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from analysis.sources.importing.fates import FATE, Fate
from analysis.sources.importing.judge import Judged
from analysis.sources.importing.personal import MASK
from analysis.sources.mapping.mapped import SOURCE, Mapped, Severity
from analysis.sources.reading.source import ROW, Staged, cell
from analysis.tables.schema import Privacy

LISTED = 10_000  # rows listed of one rule; all are counted
COLUMNS = ("文件", "工作表", "行", "表", "列", "值", "规则", "问题", "程度", "怎么办")
JOINED = " | "  # between the headings, and the values, of a rule about several columns


@dataclass(frozen=True)
class Problem:
    """One rule that rows of a table break.

    Attributes:
        rule: its id.
        table: term of the table.
        said: what is wrong, in Chinese.
        todo: what to do about it.
        severity: what it does to the rows.
        n: how many rows break it.
        rows: the first ``LISTED`` of them, with the columns ``COLUMNS``.
    """

    rule: str
    table: str
    said: str
    todo: str
    severity: Severity
    n: int
    rows: pd.DataFrame


@dataclass(frozen=True)
class Ask:
    """What a problem is to say of the rows that have it."""

    rule: str
    said: str
    todo: str
    severity: Severity
    columns: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


def problems(judged: Judged, staged: Sequence[Staged], year: int) -> Iterator[Problem]:
    """Yield the problems of a table's rows, those that keep rows out first."""
    guilty = [
        (Ask(f.id, f.said, f.todo, f.severity, f.columns, f.headings), judged.guilty(at), n)
        for at, (f, n) in enumerate(zip(judged.faults, judged.hits, strict=True))
        if n
    ]
    for fate, ask in _left_out(judged.mapped, year).items():
        rows = judged.rows.filter(judged.rows[FATE] == fate.value)
        n = int(rows.count().to_pyarrow().as_py())
        if n:
            guilty.append((ask, rows, n))
    guilty.sort(key=lambda one: one[0].severity is not Severity.QUARANTINE)
    for ask, rows, n in guilty:
        listed = pd.concat(list(_listed(ask, rows, judged.mapped, staged)), ignore_index=True)
        yield Problem(ask.rule, judged.table.term, ask.said, ask.todo, ask.severity, n, listed)


def unreadable(staged: Staged) -> Problem | None:
    """Return the rows of a source that could not be read into cells; None where there are none."""
    broken = staged.source.unreadable
    if not broken:
        return None
    said = f"有的行读不出(如第 {broken[0].row} 行:{broken[0].reason})"
    todo = "请在原文件中改正这些行;编码或分隔符认错了的,用 --encoding、--separator 指定。"
    rows = pd.DataFrame(
        [
            (staged.source.file, staged.source.sheet, one.row, "", "", "", "unreadable", one.reason)
            for one in broken[:LISTED]
        ],
        columns=list(COLUMNS[:8]),
    ).assign(程度=Severity.QUARANTINE.value, 怎么办=todo)
    return Problem("unreadable", "", said, todo, Severity.QUARANTINE, len(broken), rows)


def _left_out(mapped: Mapped, year: int) -> dict[Fate, Ask]:
    """Return what is said of rows that are left out though nothing is wrong with them alone."""
    table = mapped.table
    dates = tuple(c for c in ("submitted_at", "closed_at") if c in mapped.rows.columns)
    return {
        Fate.CONFLICT: Ask(
            "same_version",
            f"{'、'.join(table[k].term for k in table.key)}相同、版本相同,内容却不同",
            "请在原系统中查明哪一行有效,只留下它,或写明数据版本;本来就是几行记一件的"
            "(如一个地点一行),在对照里写 one_per。",
            Severity.QUARANTINE,
            table.key,
        ),
        Fate.ELSEWHERE: Ask(
            "other_year",
            f"所属办件不在 {year} 年的办件表内" if table.name == "events" else f"与 {year} 年无关",
            "不是错误:这些行属于别的年度或已隔离的办件,导入那一年时会计入。"
            if table.name == "events"
            else "不是错误:这些行属于别的年度,导入那一年时会计入。",
            Severity.QUARANTINE,
            dates if table.name == "cases" else table.key,
        ),
    }


def _listed(
    ask: Ask, rows: Any, mapped: Mapped, staged: Sequence[Staged]
) -> Iterator[pd.DataFrame]:
    """Yield the first rows of each source that have a problem, with the values as they came."""
    where = rows.select(SOURCE, ROW).order_by(SOURCE, ROW).limit(LISTED).to_pandas()
    for at, group in where.groupby(SOURCE):
        came = staged[int(str(at))]
        headings = _headings(ask, mapped, int(str(at)))
        cells = {h: cell(came.source.headings.index(h)) for h in headings}
        numbers = group[ROW].tolist()
        values = pq.read_table(
            came.rows, columns=[ROW, *cells.values()], filters=[(ROW, "in", numbers)]
        ).to_pandas()
        values = values.drop_duplicates(ROW).set_index(ROW).reindex(numbers)
        shown = [_shown(values[name], private(mapped, at, h)) for h, name in cells.items()]
        yield pd.DataFrame(
            {
                "文件": came.source.file,
                "工作表": came.source.sheet,
                "行": numbers,
                "表": mapped.table.term,
                "列": JOINED.join(headings),
                "值": [JOINED.join(row) for row in zip(*shown, strict=True)] if shown else "",
                "规则": ask.rule,
                "问题": ask.said,
                "程度": ask.severity.value,
                "怎么办": ask.todo,
            }
        )


def _headings(ask: Ask, mapped: Mapped, source: int) -> list[str]:
    known = mapped.headings[source]
    named = ask.headings or tuple(known[c] for c in ask.columns if c in known)
    return list(dict.fromkeys(named))


def private(mapped: Mapped, source: Any, heading: str) -> bool:
    """Tell whether the values under a heading must not be shown (须遮盖)."""
    used = [c for c, h in mapped.headings[int(source)].items() if h == heading]
    return any(mapped.table[column].privacy is not Privacy.NONE for column in used)


def _shown(values: pd.Series, masked: bool) -> list[str]:
    return ["" if pd.isna(v) else MASK if masked else str(v) for v in values]
