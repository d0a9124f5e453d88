"""A notebook such as the project makes, run in this process: for tests, and for looking at.

``python -m tests.report.sample page.html`` writes its page.
"""

import ast
import sys
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.publish.page import page_html
from analysis.tables.place import Place
from analysis.tables.year import Year

LABEL = "演示数据 示例区及其部门均为虚构;合计数按花都区 2022 年公开报告校准,并非真实办件。"
PLACE = Place(slug="shili", name="示例区", label=LABEL)
YEAR = Year(PLACE, 2022, {}, date(2022, 12, 31), date(2023, 1, 15), synthetic=True)

BUREAUX = [
    "公安分局",
    "市场监督管理局",
    "卫生健康局",
    "交通运输局",
    "人力资源和社会保障局",
    "住房和城乡建设局",
    "农业农村局",
    "城市管理和综合执法局",
    "教育局",
    "规划和自然资源分局",
    "生态环境分局",
    "水务局",
    "应急管理局",
    "民政局",
    "文化广电旅游体育局",
    "发展和改革局",
    "消防救援大队",
    "税务局",
    "烟草专卖局",
    "司法局",
    "财政局",
    "科技工业商务和信息化局",
    "残疾人联合会",
    "民族宗教事务局",
    "档案局",
    "新闻出版局",
    "气象局",
    "退役军人事务局",
    "医疗保障局",
    "统计局",
    "国家安全分局",
    "空港经济区管理委员会",
    "政务服务和数据管理局",
]

MONTHLY = [12.1, 8.9, 16.4, 14.8, 15.2, 16.1, 16.3, 16.0, 15.5, 12.9, 18.2, 17.17]
BEFORE = [11.3, 9.0, 14.4, 14.7, 13.8, 14.8, 15.9, 14.7, 14.5, 11.2, 17.6, 16.7]


def monthly() -> pd.DataFrame:
    years = {2021: BEFORE, 2022: MONTHLY}
    return pd.DataFrame(
        [(year, month + 1, n) for year, row in years.items() for month, n in enumerate(row)],
        columns=["year", "month", "n"],
    )


def departments() -> pd.DataFrame:
    weights = 0.78 ** np.arange(len(BUREAUX)) + 0.0015
    accepted = np.round(1_795_742 * weights / weights.sum()).astype(int)
    accepted[0] += 1_795_742 - accepted.sum()
    frame = pd.DataFrame(
        {
            "部门": BUREAUX,
            "事项": (593 * weights**0.3 / (weights**0.3).sum()).round().astype(int),
            "申请量": (accepted * 1.0031).astype(int),
            "受理量": accepted,
            "不受理量": (accepted * 0.0028).astype(int),
            "办结量": accepted + np.arange(-3, 30) % 7 - 3,
            "平均用时(工作日)": np.linspace(0.4, 6.125, len(BUREAUX)),
            "即办率": np.linspace(0.97, 0.41, len(BUREAUX)),
            "好评率": [0.9998 if n % 6 else None for n in range(len(BUREAUX))],
        }
    )
    total = {
        "部门": "合计",
        **frame.select_dtypes("number").sum(),
        "即办率": 0.9025,
        "好评率": 0.9991,
    }
    total["平均用时(工作日)"] = 0.92
    return pd.concat([frame, pd.DataFrame([total])], ignore_index=True).astype(
        dict.fromkeys(("事项", "申请量", "受理量", "不受理量", "办结量"), int)
    )


def days() -> pd.Series:
    counts = (
        4000 * np.exp(-((np.arange(60) - 4) ** 2) / 18) + 300 * np.exp(-np.arange(60) / 9)
    ).astype(int)
    return pd.Series(counts, index=range(60)) + 2


CELLS: list[tuple[str, str, list[str]]] = [
    ("code", "place = 'shili'\nyear = 2022", ["parameters"]),
    (
        "code",
        "from analysis.report import charts\n"
        "from analysis.report.numbers import change, number, percent, points, wan\n"
        "from analysis.report.show import *",
        [],
    ),
    (
        "code",
        """lead = text(
    "{} 年,全区行政许可事项 {} 项,申请 {} 件,受理 {} 件,办结 {} 件。办结比受理多 20 件:"
    "年内受理而未结的在办件净减 20 件。全部在法定期限内办结。",
    2022, cite("items", number(593)), cite("applied", number(1_801_779)),
    cite("accepted", number(1_795_742)), cite("completed", number(1_795_762)))
masthead(YEAR, "行政许可实施和监督管理情况:基本情况", lead)""",
        [],
    ),
    (
        "code",
        """# 与上年比较
headline([
    Card("受理量", wan(1_795_742), "万件", "比上年 " + change(1_795_742, 1_690_905)),
    Card("审批时限压缩率", number(94.49, 2), "%", "比上年 " + points(0.9449, 0.9418)),
    Card("即办率", number(90.25, 2), "%", "比上年 " + points(0.9025, 0.9136)),
    Card("平均到现场次数", number(0.0024, 4), "次", "口径未公开"),
])""",
        [],
    ),
    ("markdown", "## 数据核对\n\n以下逐项比较公开报告的数字与本次由办件数据算出的数字。", []),
    (
        "code",
        """rows = [
    ("行政许可事项", "593", "593", "0", "校准一致"),
    ("其中:已进驻省事项管理系统", "508", "508", "0", "校准一致"),
    ("申请量", "1,801,779", "1,801,779", "0", "校准一致"),
    ("受理量", "1,795,742", "1,795,742", "0", "校准一致"),
    ("申请 − 受理 − 不受理", "891", "891", None, "差额"),
    ("审批时限压缩率", "94.49%", "94.49%", "0", "校准一致"),
    ("即办率", "90.25%", "90.24%", "−0.01", "不一致"),
    ("“30分钟办事圈”", "30 分钟", None, None, "仅陈述")]
table(pd.DataFrame(rows, columns=["指标", "公开数", "计算数", "差", "结论"]),
      caption="公开数与计算数", unit="件、项、%", note="差额只列数,不解释:报告没有说明 891 件的去向。",
      verdicts={"校准一致": "ok", "差额": "res", "仅陈述": "st", "不一致": "bad"})""",
        [],
    ),
    (
        "markdown",
        "## 一、基本情况\n\n### (一)依法实施\n\n各月受理量随节假日起伏,**2 月**为全年最低。",
        [],
    ),
    (
        "code",
        """ax = charts.months(monthly(), value="n", form=lambda n: number(n, 1))
show(ax, caption="受理量年末走高,2 月为全年最低", note="各月受理量;灰线为 2021 年", unit="万件",
     alt="2022 年各月受理量折线图:2 月最低 8.9 万件,11 月最高 18.2 万件;多数月份高于 2021 年。")""",
        [],
    ),
    (
        "code",
        """by = departments().set_index("部门")["受理量"].drop("合计").head(12)
show(charts.ranked_bars(by, highlight=["交通运输局"]), caption="公安分局受理量居首",
     note="受理量最多的 12 个部门,2022 年;红色为比上年下降的部门", unit="件",
     alt="横条图:公安分局受理量最多,其次是市场监督管理局。")""",
        [],
    ),
    (
        "code",
        """table(departments(), caption="各部门办件情况", unit="件;另有注明的除外",
      formats={"平均用时(工作日)": lambda days: number(days, 2), "即办率": percent, "好评率": percent},
      note="好评率为“—”的部门全年没有评价。", total=True)""",
        [],
    ),
    (
        "markdown",
        "### (二)公开公示\n\n### (三)监督管理\n\n- 完善健全规章制度\n- 建立多渠道监督机制",
        [],
    ),
    (
        "code",
        """parts = pd.DataFrame({"网上办": [152, 168], "自助终端": [4, 9], "窗口": [22, 19], "邮寄": [1, 2]},
                     index=["2021 年", "2022 年"])
show(charts.shares(parts), caption="网上办理占八成以上", note="受理量按申请渠道的构成",
     alt="网上办理占比由 2021 年的 84.9% 变为 2022 年的 84.8%。", unit="%")""",
        [],
    ),
    (
        "code",
        """show(charts.days_distribution(days(), last=30, limit=20), caption="半数办件在 4 个工作日内办结",
     note="按办理用时的办件数,2022 年办结;红色为超过时限", unit="件;工作日",
     alt="办理用时分布图:中位数 4 个工作日,少数超过 20 个工作日的时限。")""",
        [],
    ),
    (
        "code",
        """import sys
print("核对完毕:33 个部门", file=sys.stdout)
table(departments().head(3), caption="前三个部门", fold_after=2)""",
        [],
    ),
    ("markdown", "## 口径与定义", []),
    (
        "code",
        """definitions([
    Definition("items", "行政许可事项", ("年末有效、类型为 01 的实施编码数(去重)", "依据:公开报告")),
    Definition("applied", "申请量", ("年内提交的办件数",)),
    Definition("accepted", "受理量", ("年内受理的办件数,不论申请年份", "其他口径:按申请年份 1,795,001")),
    Definition("completed", "办结量", ("年内办结的已受理办件数,不含作废件",)),
])""",
        [],
    ),
    ("markdown", "## 数据来源与版本\n\n办件数据导出于 2023-01-15,软件版本见运行清单。", []),
]


def run(cells: list[tuple[str, str, list[str]]]) -> NotebookNode:
    """Return the notebook of these cells with the outputs that a kernel would give them."""
    names: dict[str, Any] = {
        "YEAR": YEAR,
        "pd": pd,
        "monthly": monthly,
        "departments": departments,
        "days": days,
    }
    made = []
    for number, (kind, source, tags) in enumerate(cells):
        cell = new_code_cell(source) if kind == "code" else new_markdown_cell(source)
        cell.id = f"cell-{number}"
        cell.metadata.tags = tags
        if kind == "code":
            cell.outputs = _outputs(source, names)
        made.append(cell)
    notebook = new_notebook(cells=made)
    nbformat.validate(notebook)
    return notebook


def _outputs(source: str, names: dict[str, Any]) -> list[NotebookNode]:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is None:
        return []
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    data = {"text/html": value._repr_html_(), "text/plain": repr(value)}
    return [new_output("execute_result", data)]


def sample() -> NotebookNode:
    """Return the whole sample notebook."""
    return run(CELLS)


def sample_page(label: str = LABEL) -> str:
    """Return the page of the sample notebook."""
    return page_html(sample(), title="2022 年行政许可基本情况", place="示例区", label=label)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sample_page(), encoding="utf-8")
