"""What changes of rates are made of (变化分解): the items' mix, and their own rates."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.report.html import Html, note
from analysis.report.numbers import MISSING, number, signed
from analysis.report.tabular import table
from analysis.statistics.decomposition import EFFECTS, TERMS, Decomposition, by_member, decomposed
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure
from analysis.statistics.registry import REGISTRY

DECOMPOSED = (("mean_days", "commitment"), ("on_time_rate", "promise"), ("online_accept_share", ""))
TOP = 6  # items with the largest contributions


def decompositions(years: Sequence[Facts]) -> Html:
    """Return what the changes of rates against the year before are made of (变化分解)."""
    if len(years) < 2:
        return note("只有一年的数据,没有变化可以分解。")
    before, now = years[-2:]
    figures = [REGISTRY[key] for key in DECOMPOSED]
    computed = [each for each in figures if not _reason(each, before) and not _reason(each, now)]
    parts = zip(by_member(computed, before), by_member(computed, now), strict=True)
    found = dict(zip(computed, (decomposed(*pair) for pair in parts), strict=True))
    made = Html()
    for figure in figures:
        if figure not in found:
            made += note("{}:{}。", figure.term, "两年中有一年数据不足,不作分解")
        elif (change := found[figure]) is not None:
            made += _decomposition(figure, change, before.year.year, now.year.year)
    return made


def _reason(figure: Figure, facts: Facts) -> str:
    return figure.result(facts).reason


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
