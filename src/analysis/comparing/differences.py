"""Differences (差异) between two sides, ranked. Pure: frames and mappings in, one frame out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.comparing.side import Side, same_keys
from analysis.statistics.figure import Kind


class Part(StrEnum):
    """What differs."""

    DATA = "数据"
    FIGURES = "指标"
    FINDINGS = "发现"
    PAGES = "页面"


class Size(StrEnum):
    """How large a difference is (大小), largest first."""

    LARGE = "大"
    MODERATE = "中"
    SMALL = "小"


# Shares of the larger of two values. A count that differs by less than FEW is never large: from
# 2 to 3 is half as many again, and nothing. Between two runs of one year every case counts.
FROM_LARGE, FROM_MODERATE = Fraction(15, 100), Fraction(1, 100)
FEW = 10
REVISION = "修订"
NOTHING = "—"
COLUMNS = ("part", "id", "term", "before", "now", "difference", "change", "size", "mark")
TERMS = {
    "part": "部分",
    "id": "编号",
    "term": "内容",
    "before": "甲",
    "now": "乙",
    "difference": "差(乙−甲)",
    "change": "相对变化",
    "size": "大小",
    "mark": "标记",
}


@dataclass(frozen=True)
class Difference:
    """One difference.

    Attributes:
        part: what differs.
        id: of the figure, finding, table or file.
        term: the same in Chinese.
        before: the value of the first side, as text; empty where it has none.
        now: that of the second.
        weight: the difference as a share of the larger value; 1 where only one side has a value.
        exact: the difference itself, where both are numbers.
        few: whether too few cases are concerned for it to be large.
        revision: whether a printed figure of the same place and year has changed.
    """

    part: Part
    id: str
    term: str
    before: str
    now: str
    weight: Fraction
    exact: Fraction | None = None
    few: bool = False
    revision: bool = False

    @property
    def size(self) -> Size:
        """How large it is."""
        if self.weight >= FROM_LARGE and not self.few:
            return Size.LARGE
        return Size.MODERATE if self.weight >= FROM_MODERATE and not self.few else Size.SMALL


def differences(before: Side, now: Side) -> pd.DataFrame:
    """Return all that differs between two sides.

    Returns:
        One row per difference: ``part``, ``id``, ``term``, ``before``, ``now`` and ``difference``
        as text, ``change`` (a share of the larger value, signed; empty for texts), ``size`` and
        ``mark`` (修订 for a printed figure that changed). Revisions first, then by size, by change.
    """
    found = [
        *_figures(before, now),
        *_findings(before, now),
        *_counts(before.counts, now.counts),
        *_texts(Part.DATA, before.marks, now.marks),
        *_pages(before, now),
    ]
    sizes, parts = list(Size), list(Part)
    found.sort(
        key=lambda d: (not d.revision, sizes.index(d.size), -d.weight, parts.index(d.part), d.id)
    )
    return pd.DataFrame([_row(each) for each in found], columns=list(COLUMNS), dtype=object)


def _figures(before: Side, now: Side) -> Iterator[Difference]:
    keys = list(same_keys(before, now))
    theirs, ours = (side.figures.set_index(keys, drop=False) for side in (before, now))
    for key in dict.fromkeys([*ours.index, *theirs.index]):
        row = (ours if key in ours.index else theirs).loc[key]
        a, b = (_value(frame, key, "value") for frame in (theirs, ours))
        if a == b:
            continue
        again = bool(before.of & now.of)
        counted = row["kind"] in (Kind.COUNT, Kind.RESIDUAL)
        yield _numeric(
            Part.FIGURES,
            "/".join(str(row[name]) for name in keys if row[name] != ""),
            f"{row['term']}({row['unit']})",
            (a, b),
            few=counted and not again,
            revision=again and _printed(row, (before, now), (theirs, ours), key),
        )


def _printed(
    row: pd.Series, sides: tuple[Side, Side], frames: tuple[pd.DataFrame, pd.DataFrame], key: object
) -> bool:
    """Tell whether a figure stands in print."""
    if any(row["id"] in side.printed for side in sides):
        return True
    return any(_value(frame, key, "published") for frame in frames)


def _findings(before: Side, now: Side) -> Iterator[Difference]:
    theirs, ours = (_by_id(side.findings) for side in (before, now))
    for name in dict.fromkeys([*ours, *theirs]):
        a, b = theirs.get(name, {}), ours.get(name, {})
        term = str((b or a)["term"])
        if a.get("verdict", "") != b.get("verdict", ""):
            pair = str(a.get("verdict", "")), str(b.get("verdict", ""))
            yield Difference(Part.FINDINGS, name, f"{term}:结论", *pair, weight=Fraction(1))
        values = str(a.get("value", "")), str(b.get("value", ""))
        if values[0] != values[1]:
            yield _numeric(Part.FINDINGS, name, f"{term}({(b or a)['unit']})", values)


def _by_id(findings: pd.DataFrame) -> dict[str, dict[str, object]]:
    rows = findings.to_dict("records")
    several = len({(row["place"], row["year"]) for row in rows}) > 1
    return {
        (f"{row['place']}/{row['year']}/{row['id']}" if several else str(row["id"])): {
            str(name): value for name, value in row.items()
        }
        for row in rows
    }


def _counts(before: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Difference]:
    for name in dict.fromkeys([*now, *before]):
        pair = tuple(str(side[name]) if name in side else "" for side in (before, now))
        if pair[0] != pair[1]:
            yield _numeric(Part.DATA, name, name, (pair[0], pair[1]))


def _texts(part: Part, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys([*now, *before]):
        a, b = before.get(name, ""), now.get(name, "")
        if a != b:
            weight = FROM_MODERATE if a and b else Fraction(1)
            yield Difference(part, name, name, a, b, weight=weight)


def _pages(before: Side, now: Side) -> Iterator[Difference]:
    """Compare pages where both sides have some: a year alone has none, which is no difference."""
    if before.pages is not None and now.pages is not None:
        yield from _texts(Part.PAGES, before.pages, now.pages)


def _numeric(
    part: Part,
    name: str,
    term: str,
    pair: tuple[str, str],
    *,
    few: bool = False,
    revision: bool = False,
) -> Difference:
    if not all(pair):
        return Difference(part, name, term, *pair, weight=Fraction(1), revision=revision)
    a, b = map(Fraction, pair)
    exact = b - a
    weight = abs(exact) / max(abs(a), abs(b))
    return Difference(
        part, name, term, *pair, weight, exact, few and abs(exact) < FEW, revision=revision
    )


def _value(frame: pd.DataFrame, key: object, column: str) -> str:
    if key not in frame.index or column not in frame:
        return ""
    value: Any = frame.at[key, column]
    return "" if pd.isna(value) else str(value)


def _row(found: Difference) -> tuple[str, ...]:
    decimals = max(len(text.partition(".")[2]) for text in (found.before, found.now))
    exact = "" if found.exact is None else f"{float(found.exact):+.{decimals}f}"
    share = "" if found.exact is None else _share(found)
    mark = REVISION if found.revision else ""
    values = (found.before or NOTHING, found.now or NOTHING, exact, share)
    return (str(found.part), found.id, found.term, *values, str(found.size), mark)


def _share(found: Difference) -> str:
    assert found.exact is not None
    sign = "+" if found.exact > 0 else "−"
    return f"{sign}{float(found.weight * 100):.1f}%"
