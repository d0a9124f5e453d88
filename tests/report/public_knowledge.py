"""What a reader of public pages knows: the numbers that they show, and how these add up.

Written down once more, from what the columns mean, and not from how the pages are made. A number is
named by (year, whose, what); whose is a department, 合计, or another label.
"""

from itertools import pairwise

import numpy as np
import pandas as pd
from bs4 import BeautifulSoup
from scipy.linalg import null_space

TOTAL = "合计"
FLOWS = {
    "申请": "申请", "受理": "受理", "不受理": "不受理", "办结": "办结", "同意": "同意",
    "不同意": "不同意", "待受理": "期末待受理", "在办": "期末在办",
}  # fmt: skip
LAW = ("受理", "办结", "同意", "不同意")
FIGURES = {
    "applications": "申请", "accepted": "受理", "not_accepted": "不受理", "completed": "办结",
    "approved": "同意", "disapproved": "不同意", "other_endings": "其他办结",
    "ended_before": "受理前终结", "deleted": "删除", "pending_at_start": "年初待受理",
    "pending_at_end": "期末待受理", "open_at_start": "年初在办", "open_at_end": "期末在办",
}  # fmt: skip


def tables(html):
    """The tables of a page by caption: frames of text, ``*`` for what is hidden."""
    found = {}
    for table in BeautifulSoup(html, "html.parser").select("table"):
        for unseen in table.select(".sr"):
            unseen.decompose()
        caption = table.caption
        for unit in caption.select("span"):
            unit.decompose()
        head = [cell.get_text() for cell in table.thead.select("th")]
        rows = [[cell.get_text() for cell in row.select("th,td")] for row in table.tbody("tr")]
        frame = pd.DataFrame(rows, columns=head).set_index(head[0])
        found[caption.get_text()] = frame
    return found


def shown(pages, figures):
    """Every count that the pages and files of all years show, by name, and the names of the hidden.

    Args:
        pages: HTML of the statistics page by year.
        figures: ``figures.csv`` as frames of text, by year.
    """
    known, hidden = {}, set()

    def know(name, value):
        if value == "*":
            hidden.add(name)
            return
        value = int(value.replace(",", ""))
        assert known.setdefault(name, value) == value, name  # no page contradicts another

    for year, html in pages.items():
        found = tables(html)
        for caption, columns in (
            ("各部门办件", FLOWS),
            ("各部门承诺件超期", {"承诺件": "承诺件", "超期": "承诺件超期"}),
            ("各部门监管检查", {c: c for c in ("检查", "发现问题", "查处违法违规", "作出处罚", "已公示")}),
            ("监管检查", {c: c for c in ("检查", "发现问题", "查处违法违规", "作出处罚", "已公示")}),
            ("各部门好差评", {c: c for c in ("评价", "主动评价", "默认评价", "来源不明", "差评", "已整改")}),
            ("好差评", {c: c for c in ("评价", "主动评价", "默认评价", "来源不明")}),
        ):  # fmt: skip
            for label, row in found.get(caption, pd.DataFrame()).iterrows():
                for column, what in columns.items():
                    know((year, label, what), row[column])
        days = found.get("承诺件办理用时", pd.DataFrame())
        for label, row in days.iterrows():
            know((year, f"用时{label}", "承诺件"), row.iloc[0])
        for label, row in found.get("承诺时限下的提前、按时和超期", pd.DataFrame()).iterrows():
            for column, what in (("办结量", "办结"), ("其中承诺件", "承诺件")):
                know((year, f"承诺{label}", what), row[column])
        stocks = found.get("存量与流量:年初 + 流入 − 流出 = 期末", pd.DataFrame())
        for stock, row in stocks.iterrows():
            for end in ("年初", "期末"):
                know((year, TOTAL, f"{end}{stock}"), row[end])
            if row["流出"] != "*":  # a sum, no number of its own
                know((year, TOTAL, f"流出{stock}"), row["流出"])
        rows = figures[year].set_index(["id", "variant"])
        for figure, what in FIGURES.items():
            if value := rows.at[(figure, ""), "value"]:
                know((year, TOTAL, what), value)
    return known, hidden - set(known)


def following(known, relations):
    """The names of numbers that follow from what is known by adding and subtracting."""
    names = list(dict.fromkeys(n for each in relations for n, _ in each if n not in known))
    at = {name: column for column, name in enumerate(names)}
    matrix = np.zeros((len(relations), len(names)))
    for row, each in enumerate(relations):
        for name, coefficient in each:
            if name in at:
                matrix[row, at[name]] += coefficient
    free = null_space(matrix)
    return {name for name, column in at.items() if np.abs(free[column]).max(initial=0) < 1e-9}


def sums(years, departments, types, levels, classes):
    """What adds up, for who knows what the columns mean: lists of (name, coefficient), sum 0."""
    found = []

    def add(total, *parts, minus=()):
        found.append([(total, -1), *((p, 1) for p in parts), *((m, -1) for m in minus)])

    stocks = ("年初待受理", "期末待受理", "年初在办", "期末在办")
    flows = ("申请", "受理", "不受理", "办结", "同意", "不同意", "其他办结", "受理前终结", "删除")
    inspected = ("检查", "发现问题", "查处违法违规", "作出处罚", "已公示")
    rated = ("评价", "主动评价", "默认评价", "来源不明")
    for y in years:
        for who in (*departments, TOTAL):
            add((y, who, "期末待受理"), (y, who, "年初待受理"), (y, who, "申请"),
                minus=[(y, who, w) for w in ("受理", "不受理", "受理前终结")])  # fmt: skip
            add((y, who, "期末在办"), (y, who, "年初在办"), (y, who, "受理"),
                minus=[(y, who, w) for w in ("办结", "删除")])  # fmt: skip
            add((y, who, "办结"), *((y, who, w) for w in ("同意", "不同意", "其他办结")))
            add((y, who, "承诺件"), (y, who, "承诺件超期"), (y, who, "承诺件未超期"))
            add((y, who, "办结"), (y, who, "承诺件"), (y, who, "其他件"))
        for what in (*stocks, *flows, "承诺件", "承诺件超期"):
            add((y, TOTAL, what), *((y, d, what) for d in departments))
        add((y, TOTAL, "流出待受理"), *((y, TOTAL, w) for w in ("受理", "不受理", "受理前终结")))
        add((y, TOTAL, "流出在办"), (y, TOTAL, "办结"), (y, TOTAL, "删除"))
        add((y, TOTAL, "承诺件"), *((y, f"用时{c}", "承诺件") for c in classes))
        ways = ("提前", "到期当日", "超期", "没有时限")
        add((y, TOTAL, "办结"), *((y, f"承诺{w}", "办结") for w in ways))
        add((y, TOTAL, "承诺件"), *((y, f"承诺{w}", "承诺件") for w in ways))
        add((y, TOTAL, "承诺件超期"), (y, "承诺超期", "承诺件"))
        for way in ways:
            add((y, f"承诺{way}", "办结"), (y, f"承诺{way}", "承诺件"), (y, f"承诺{way}", "其他件"))
        for what in inspected:
            add((y, TOTAL, what), *((y, t, what) for t in types))
            add((y, TOTAL, what), *((y, d, what) for d in departments))
        for who in (*types, *departments, TOTAL):
            for part, whole in (("发现问题", "检查"), ("查处违法违规", "发现问题"),
                                ("作出处罚", "检查"), ("已公示", "检查")):  # fmt: skip
                add((y, who, whole), (y, who, part), (y, who, f"{whole}非{part}"))
        for what in rated:
            add((y, TOTAL, what), *((y, level, what) for level in levels))
            add((y, TOTAL, what), *((y, d, what) for d in departments))
        for who in (*levels, *departments, TOTAL):
            add((y, who, "评价"), *((y, who, w) for w in rated[1:]))
        add((y, TOTAL, "差评"), *((y, level, "评价") for level in levels[3:]))
        for what in ("差评", "已整改"):
            add((y, TOTAL, what), *((y, d, what) for d in departments))
        for who in (*departments, TOTAL):
            add((y, who, "差评"), (y, who, "已整改"), (y, who, "未整改"))
            add((y, who, "评价"), (y, who, "差评"), (y, who, "其他评价"))
    for before, now in pairwise(years):
        for who in (*departments, TOTAL):
            for stock in ("待受理", "在办"):
                add((now, who, f"年初{stock}"), (before, who, f"期末{stock}"))
    return found
