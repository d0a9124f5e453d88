"""What a reader of public pages knows: the numbers that they show, and how these add up.

Written down once more, from what the columns mean, and not from how the pages are made. A number is
named by (year, whose, what); whose is a department, 合计, or another label.
"""

from itertools import pairwise

import numpy as np
import openpyxl
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
COUNTS = {  # figures that count a part of what tables show, by id and variant: whose, and what
    ("early_closed", "promised"): ("承诺提前", "办结"),
    ("last_day_closed", "promised"): ("承诺到期当日", "办结"),
    ("late_closed", "promised"): ("承诺超期", "办结"),
    ("late_closed", "statutory"): (TOTAL, "法定超期"),
    ("late_open", "statutory"): (TOTAL, "法定在办超期"),
    ("tolerance_cases", ""): (TOTAL, "容缺"),
    ("commitment_cases", ""): (TOTAL, "告知承诺"),
    ("package_cases", ""): (TOTAL, "一件事"),
    ("inspections", ""): (TOTAL, "检查"),
    ("inspections", "random"): ("双随机", "检查"),
    ("inspections", "key"): ("重点检查", "检查"),
    ("inspections", "special"): ("专项检查", "检查"),
    ("inspections", "complaint"): ("投诉举报", "检查"),
    ("inspections", "joint"): ("跨部门联合", "检查"),
    ("inspection_findings", ""): (TOTAL, "发现问题"),
    ("inspection_violations", ""): (TOTAL, "查处违法违规"),
    ("inspection_penalties", ""): (TOTAL, "作出处罚"),
    ("ratings", ""): (TOTAL, "评价"),
    ("ratings", "active"): (TOTAL, "主动评价"),
    ("bad_ratings", ""): (TOTAL, "差评"),
}
SHARES = {  # figures whose numerator and denominator are printed, all of the whole place
    ("completion_rate", "close_cohort"): ("受理并办结", "受理"),
    ("instant_rate", "case_flag"): ("受理即办件", "受理两类件"),
    ("instant_rate", "case_sameday"): ("当日办结", "办结"),
    ("on_time_rate", "statutory"): ("法定未超期", "法定有时限"),
    ("on_time_rate", "promise"): ("承诺未超期", "承诺有时限"),
    ("early_rate", "promise"): ("承诺提前", "承诺有时限"),
    ("overdue_rate", "promise"): ("承诺超期", "承诺有时限"),
    ("notice_on_time_rate", ""): ("按时告知", "告知补正"),
    ("delivery_on_time_rate", ""): ("按时送达", "已送达"),
    ("one_pass_case", ""): ("未经补正", "补正已知"),
    ("tolerance_case_share", ""): ("容缺", "受理"),
    ("commitment_case_share", ""): ("告知承诺", "受理"),
    ("package_case_share", ""): ("一件事", "受理"),
    ("online_accept_share", ""): ("网上受理", "受理"),
    ("online_full_process_rate", "online_full_case"): ("全程网办受理", "受理"),
    ("online_close_case", ""): ("网上办结", "办结"),
    ("findings_rate", "all"): ("发现问题", "检查"),
    ("inspection_published", ""): ("已公示", "检查"),
    ("satisfaction_rate", "all3"): ("基本满意以上", "评价"),
    ("satisfaction_rate", "top2"): ("满意以上", "评价"),
    ("bad_rate", "all"): ("差评", "评价"),
}
ONLINE = ("网上(电脑端)", "移动端")
IN_BOOK = {  # columns of the workbook's table of departments, which has more than the page's
    "年初待受理": "年初待受理", "期末待受理": "期末待受理", "年初在办": "年初在办", "期末在办": "期末在办",
    "申请量": "申请", "受理量": "受理", "不受理量": "不受理", "受理前终结": "受理前终结",
    "办结量": "办结", "删除": "删除", "审批同意": "同意", "审批不同意": "不同意",
}  # fmt: skip
COMPARED = {  # what is compared with the year before
    "申请量": "申请", "受理量": "受理", "不受理量": "不受理", "办结量": "办结", "审批同意量": "同意",
    "审批不同意量": "不同意",
}  # fmt: skip
KINDS = ("承诺件", "即办件", "其他")
WITHIN = (  # further parts of wholes that a reader knows of
    ("受理两类件", "受理"),
    ("承诺有时限", "办结"),
    ("法定有时限", "办结"),
    ("法定在办超期", "期末在办"),
    ("补正已知", "受理"),
    ("已送达", "办结"),
    ("受理并办结", "办结"),
)


def tables(html):
    """The tables of a page by caption: frames of text, ``*`` for what is hidden."""
    found = {}
    for table in BeautifulSoup(html, "lxml").select("table"):
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


def sheets(path):
    """The tables of a workbook by title: frames of text, ``*`` for what is hidden."""
    found = {}
    for sheet in openpyxl.load_workbook(path):
        rows = [["" if v is None else str(v) for v in r] for r in sheet.iter_rows(values_only=True)]
        if len(rows) > 4:
            frame = pd.DataFrame(rows[4:], columns=rows[3])
            found[sheet.title] = frame.set_index(frame.columns[0])
    return found


def shown(pages, figures, books=None):
    """Every count that the pages and files of all years show, by name, and the names of the hidden.

    Args:
        pages: HTML of the statistics page by year.
        figures: ``figures.csv`` as frames of text, by year.
        books: paths of the workbooks by year; without them, they are not looked at.
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
        named = {(figure, ""): (TOTAL, what) for figure, what in FIGURES.items()} | COUNTS
        for figure, name in named.items():
            if value := rows.at[figure, "value"]:
                know((year, *name), value)
        for figure, names in SHARES.items():
            both = [rows.at[figure, part] for part in ("numerator", "denominator")]
            for what, value in zip(names, both, strict=True):
                if value and rows.at[figure, "value"] not in ("", "*"):
                    know((year, TOTAL, what), value)
        for term, row in found.get("与上年相比", pd.DataFrame()).iterrows():
            if term in COMPARED:
                before, now = row["上年"], row["本年"]
                know((year - 1, TOTAL, COMPARED[term]), before)
                know((year, TOTAL, COMPARED[term]), now)
                assert "*" not in (before, now) or row["增减"] in ("*", "—")
        in_book = sheets(books[year]) if books else {}
        for label, row in in_book.get("各部门办件", pd.DataFrame()).iterrows():
            for column, what in IN_BOOK.items():
                know((year, label, what), row[column])
        for label, row in in_book.get("各月受理量", pd.DataFrame()).iterrows():
            know((year, f"{label}月", "受理"), row.iloc[0])
        for label, row in in_book.get("按申报来源", pd.DataFrame()).iterrows():
            know((year, f"来源{label}", "受理"), row.iloc[0])
        for label, row in in_book.get("各部门办件类型", pd.DataFrame()).iterrows():
            for kind in KINDS:
                know((year, label, f"{kind}类" if kind == "其他" else kind), row[kind])
            know((year, label, "办结"), row[TOTAL])
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


def sums(years, departments, types, levels, classes, channels):
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
            add((y, who, "其他件"), (y, who, "即办件"), (y, who, "其他类"))
        for what in (*stocks, *flows, "承诺件", "承诺件超期", "即办件", "其他类"):
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
        add((y, TOTAL, "受理"), *((y, f"{month}月", "受理") for month in range(1, 13)))
        add((y, TOTAL, "受理"), *((y, f"来源{channel}", "受理") for channel in channels))
        add((y, TOTAL, "网上受理"), *((y, f"来源{channel}", "受理") for channel in ONLINE))
        for part, whole in {*SHARES.values(), *WITHIN}:
            add((y, TOTAL, whole), (y, TOTAL, part), (y, TOTAL, f"{whole}中非{part}"))
        for way in ("提前", "超期"):
            add((y, TOTAL, f"承诺{way}"), (y, f"承诺{way}", "办结"))
        add((y, TOTAL, "承诺未超期"), *((y, f"承诺{way}", "办结") for way in ways[:2]))
        add((y, TOTAL, "承诺有时限"), *((y, f"承诺{way}", "办结") for way in ways[:3]))
        add((y, TOTAL, "法定有时限"), (y, TOTAL, "法定未超期"), (y, TOTAL, "法定超期"))
        add((y, TOTAL, "基本满意以上"), *((y, level, "评价") for level in levels[:3]))
        add((y, TOTAL, "满意以上"), *((y, level, "评价") for level in levels[:2]))
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
