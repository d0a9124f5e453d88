"""A comparison (比较) as a page like the others: one file, large differences first."""

import re

import pandas as pd

from analysis.comparing.differences import REVISION, TERMS, Part, Size
from analysis.comparing.side import Side
from analysis.publish.frame import plain_page
from analysis.report.html import Html, note
from analysis.report.numbers import as_printed, signed
from analysis.report.parts import head
from analysis.report.tabular import Verdict, table

TITLE = "差异比较"
SIZES: dict[str, Verdict] = {Size.LARGE: "bad", Size.MODERATE: "res", Size.SMALL: "st"}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
SHOWN = 200  # differences of one part that the page shows; --json has them all


def summary(found: pd.DataFrame) -> str:
    """Say in one sentence how many differences there are, and of what size."""
    if found.empty:
        return "没有差异。"
    sizes = [f"{size} {n} 处" for size in Size if (n := int(found["size"].eq(size).sum()))]
    revised = int(found["mark"].eq(REVISION).sum())
    more = f";其中 {revised} 处是已公开指标的修订" if revised else ""
    return f"共 {len(found)} 处差异:{'、'.join(sizes)}{more}。"


def printed(found: pd.DataFrame) -> pd.DataFrame:
    """Return differences with their numbers as people read them: separators, a real minus sign."""
    made = found.copy()
    for column in ("before", "now"):
        made[column] = [as_printed(v) if NUMBER.fullmatch(v) else v for v in found[column]]
    made["difference"] = [
        as_printed(value, signed) if value else "" for value in found["difference"]
    ]
    return made


def compared_page(before: Side, now: Side, found: pd.DataFrame) -> str:
    """Return the differences of two sides as a page; same differences, same bytes."""
    meta = f"甲:{before.name} · 乙:{now.name}"
    parts = [head("甲、乙两方", TITLE, meta, summary(found))]
    shown = printed(found)
    revised = shown[shown["mark"] == REVISION]
    if len(revised):
        parts += [Html("<h2>修订</h2>"), _table(revised, "已公开的指标变了")]
    for part in Part:
        rows = shown[(shown["part"] == part) & (shown["mark"] != REVISION)]
        if len(rows):
            parts += [Html("<h2>{}</h2>").format(part), _table(rows, f"{part}的差异")]
    parts.append(
        note(
            "大:相差 15% 以上;中:1% 以上;只有一方有的为大。不同年度、地方之间,相差不到 10 件的为小。"
        )
    )
    labels = ";".join(dict.fromkeys(filter(None, (before.label, now.label))))
    title = f"{TITLE}:{before.name} 与 {now.name}"
    return plain_page(Html().join(parts), title=title, place="", label=labels)


def _table(rows: pd.DataFrame, caption: str) -> Html:
    columns = ["term", "before", "now", "difference", "change", "size"]
    shown = rows[columns].rename(columns=TERMS).reset_index(drop=True).head(SHOWN)
    cut = f"共 {len(rows)} 处,这里列出前 {SHOWN} 处" if len(rows) > SHOWN else ""
    return table(
        shown.replace("", pd.NA).astype(object),
        caption=caption,
        note=cut,
        verdicts=SIZES,
        compact=True,
        fold_after=SHOWN,
    )
