"""Captions (图题) and alternative texts (替代文字): what each chart shows, said from its data."""

from typing import NamedTuple

import pandas as pd

from analysis.report.numbers import count_unit, number, percent


class Words(NamedTuple):
    """What stands over a chart, and what is read to those who do not see it."""

    caption: str
    alt: str


def months_words(frame: pd.DataFrame, year: int, term: str) -> Words:
    """Say in which months of a year most and fewest cases came, and how many in each.

    Args:
        frame: ``year``, ``month`` and ``n``, as ``breakdowns.cases_by_month``, of one measure.
        year: the year spoken of.
        term: what is counted, e.g. 受理量.
    """
    counts = frame[frame["year"] == year].set_index("month")["n"]
    most, fewest = counts.idxmax(), counts.idxmin()
    one, unit, places = count_unit(counts.max())
    said = "、".join(f"{month}月{number(n / one, places)}{unit}" for month, n in counts.items())
    return Words(
        f"{term}{most}月最多、{fewest}月最少",
        f"{year}年各月{term}折线图:{said}。",
    )


def days_words(counts: pd.Series, term: str) -> Words:
    """Say within how many working days half and nine tenths of the cases were closed.

    Args:
        counts: cases by working days, as ``breakdowns.completed_days``.
        term: which cases.
    """
    total, reached = counts.sum(), counts.sort_index().cumsum()
    half, most = (reached.index[int((reached >= total * share).argmax())] for share in (0.5, 0.9))
    return Words(
        f"{term}半数在 {half} 个工作日内办结,九成在 {most} 个工作日内办结",
        f"{term}办理用时分布柱状图:共 {number(total)} 件,半数不超过 {half} 个工作日,"
        f"九成不超过 {most} 个工作日,最长 {int(counts.index.max())} 个工作日。",
    )


def ranking_words(values: pd.Series, term: str) -> Words:
    """Say which department has most, and what share of all.

    Args:
        values: cases by department, without the total, largest first.
        term: what is counted.
    """
    share = percent(values.iloc[0] / values.sum(), 1)
    said = "、".join(f"{name}{number(value)}件" for name, value in values.items())
    return Words(f"{values.index[0]}占{term}的 {share}", f"各部门{term}条形图:{said}。")


def shares_words(frame: pd.DataFrame, part: list[str], words: str) -> Words:
    """Say what share some parts have in the last whole, and how it was in the first.

    Args:
        frame: counts, one row for each whole (年度), one column for each part.
        part: the columns spoken of together.
        words: their common name, e.g. 网上申报.
    """
    share = frame[part].sum(axis=1) / frame.sum(axis=1)
    last, first = percent(share.iloc[-1], 1), percent(share.iloc[0], 1)
    said = f"{words}占 {last}"
    against = f",{frame.index[0]}为 {first}" if len(frame) > 1 else ""
    rows = frame.div(frame.sum(axis=1), axis=0)
    parts = ";".join(
        f"{name}:" + "、".join(f"{column}{percent(value, 1)}" for column, value in row.items())
        for name, row in rows.iterrows()
    )
    return Words(said + against, f"构成条形图。{parts}。")


def items_words(values: pd.Series, term: str) -> Words:
    """Say over how many departments items are spread, and who has most.

    Args:
        values: items by department, none of them 0, largest first.
        term: which items.
    """
    said = "、".join(f"{name}{number(value)}项" for name, value in values.items())
    return Words(
        f"{term}分布在 {len(values)} 个部门,{values.index[0]}最多",
        f"各部门{term}条形图:{said}。",
    )
