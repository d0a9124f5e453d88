"""Settling (定下来): nothing of a matching may be left open before rows are read."""

from collections.abc import Iterator

from analysis.errors import XukeError
from analysis.sources.mapping.declared import Mapping
from analysis.sources.mapping.matched import Matched, Proposal
from analysis.tables.schema import Table

SHOWN = 5  # proposals or columns that one sentence names
Lacking = tuple[Table, str, str]  # table, column, and the file, or empty for all


def settled(matched: Matched) -> Matched:
    """Return a matching if nothing is left to decide.

    Raises:
        XukeError: a near heading nobody accepted, a required column without a heading, or a file
            that cannot be told which of its rows become one.
    """
    if matched.proposals and not matched.accepted:
        raise XukeError(_proposed(matched.proposals))
    if found := list(lacking(matched)):
        raise XukeError(_said(found, matched.mapping))
    _require_one_per(matched)
    return matched


def lacking(matched: Matched) -> Iterator[Lacking]:
    """Yield the required columns without a heading that nothing excuses."""
    for name, feeds in matched.tables.items():
        table = feeds[0].table.table
        for column in table.required:
            if f"{name}.{column}" in matched.mapping.absent or matched.mapping.partial:
                continue
            without = [feed for feed in feeds if column not in feed.columns]
            if len(without) == len(feeds):
                yield table, column, ""
            elif not feeds[0].table.one_per:  # else the files complete each other
                yield from ((table, column, matched.sources[f.source].file) for f in without)


def _require_one_per(matched: Matched) -> None:
    """Refuse a file that lacks a column of ``one_per``: its rows would belong to nothing."""
    for feed in matched.feeds:
        for column in feed.table.one_per:
            if column not in feed.columns:
                file, table = matched.sources[feed.source].file, feed.table.table
                raise XukeError(
                    f"“{file}”没有“{table[column].term}”({column}),而{table.term}表按它合并"
                    f"({table.name} 的 one_per):请补上它的表头;各文件合不到一起的,"
                    "请先在数据库里连好,用 --query 读取。"
                )


def _proposed(proposals: tuple[Proposal, ...]) -> str:
    pairs = [f"“{p.heading}”→“{p.reference[0]}”" for p in proposals]
    more = f"等{len(pairs)}处" if len(pairs) > SHOWN else ""
    return (
        f"有表头与对照相近但不相同:{'、'.join(pairs[:SHOWN])}{more}。"
        "确认无误请加 --accept;否则请在对照文件里写明,不是的写进 ignore。"
    )


def _said(lacking: list[Lacking], mapping: Mapping) -> str:
    named = []
    for table, column, file in lacking[:SHOWN]:
        where = f"{file} 的" if file else ""
        named.append(f"{where}{table.term}表“{table[column].term}”({column})")
    more = f"等{len(lacking)}列" if len(lacking) > SHOWN else ""
    return (
        f"缺少必填列:{'、'.join(named)}{more}。请在对照里补上它们的表头;"
        f'导出里确实没有的,在 [absent] 里写明原因,例如 "{lacking[0][0].name}.{lacking[0][1]}" = "原因"。'
    )
