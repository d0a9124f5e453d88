"""What stands on each sheet of the workbook (工作表): one table, its title, its remarks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version

import pandas as pd

from analysis.report.audience import EDITIONS
from analysis.report.edition import INTERNAL, Edition
from analysis.report.numbers import MASK, MISSING
from analysis.report.reconciled import named, printed_report
from analysis.statistics.figures import TERMS
from analysis.statistics.reconcile import Verdict
from analysis.statistics.registry import REGISTRY

FIGURES, DEFINITIONS, NOTES, SOURCE = "指标", "口径", "说明", "数据来源"
PRINTED = {"published": "公开数", "difference": "差", "verdict": "核对结论"}
SHOWN = (
    *("id", "variant", "term", "value", "unit", "numerator", "denominator"),
    *("section", *PRINTED, "reason"),
)
NUMBERS = ("value", "numerator", "denominator", "published", "difference")
RECORD = "数据文件的散列、程序版本、生成时间见同一文件夹的 manifest.json"
DATA = {True: "合成数据(虚构)", False: "实际办件数据"}


@dataclass(frozen=True)
class Page:
    """One sheet: a table under its title.

    Attributes:
        tab: name of the sheet.
        table: name of the table, for formulas and screen readers: ASCII.
        title: what the table holds.
        note: a remark between title and table.
        frame: its rows; every column is named.
        numbers: the columns that hold numbers kept as text, at the decimals that the text has.
        fixed: how many columns stay in sight.
    """

    tab: str
    table: str
    title: str
    note: str
    frame: pd.DataFrame
    numbers: frozenset[str] = field(default_factory=frozenset)
    fixed: int = 1


def pages(edition: Edition) -> list[Page]:
    """Return the sheets of an edition after its contents, in the order of the book."""
    return [
        _figures(edition),
        *_beside(edition),
        _definitions(edition),
        _plain(edition, NOTES, "notes", "符号、取整和假设", "符号或事项", _remarks(edition)),
        _plain(edition, SOURCE, "source", "数据来源与版本", "项目", _provenance(edition)),
    ]


def _figures(edition: Edition) -> Page:
    terms = TERMS | PRINTED
    frame = edition.figures[list(SHOWN)].rename(columns=terms)
    note = "数值以“单位”列计;同一指标有几种口径的,以第一行为准。各列含义见“口径”和“说明”两表。"
    numbers = frozenset(terms[name] for name in NUMBERS)
    return Page(
        FIGURES, "figures", f"{edition.title}全部指标", note, frame, numbers, SHOWN.index("value")
    )


def _beside(edition: Edition) -> Iterator[Page]:
    for sheet in edition.sheets:
        unit = f"单位:{sheet.unit}。" if sheet.unit else ""
        title = f"{edition.title}{sheet.title}"
        yield Page(sheet.title, sheet.name, title, unit + sheet.note, sheet.frame.reset_index())


def _definitions(edition: Edition) -> Page:
    rows = edition.figures.to_dict("records")
    declared = [REGISTRY[row["id"], row["variant"]] for row in rows]
    frame = pd.DataFrame(
        {
            "编号": [figure.id for figure in declared],
            "口径": [figure.variant for figure in declared],
            "指标": [figure.term for figure in declared],
            "英文": [figure.english for figure in declared],
            "计数或分子": [figure.numerator for figure in declared],
            "分母": [figure.denominator for figure in declared],
            "单位": [figure.unit for figure in declared],
            "统计单位": [figure.grain for figure in declared],
            "范围": [figure.scope for figure in declared],
            "出处": [figure.source for figure in declared],
            "确定程度": [figure.certainty.value for figure in declared],
            "各地能否相加": [figure.not_additive or "能" for figure in declared],
        }
    )
    note = "编号和口径与“指标”表相同。“口径未公开”的,报告没有说明算法,以本表为准。"
    return Page(DEFINITIONS, "definitions", "各指标的口径", note, frame, fixed=3)


def _plain(edition: Edition, tab: str, table: str, title: str, head: str, facts: object) -> Page:
    rows = list(facts.items())  # type: ignore[attr-defined]
    return Page(tab, table, title, "", pd.DataFrame(rows, columns=[head, "内容"]))


def _remarks(edition: Edition) -> dict[str, str]:
    signs = {
        MISSING: "没有该数:不适用,或数据不足,原因见“未计算的原因”列",
        MASK: "过小的数,或能由它推算出过小的数的数,不公开",
        "取整": "四舍五入;“分子”“分母”两列为取整前的准确数",
        "%": "单位为 % 的数值已乘以 100:94.49 即 94.49%",
        "核对结论": "、".join(verdict.value for verdict in Verdict)
        + ":与公开报告印出的数比较;合成数据相符的只称校准一致",
    }
    assumed = enumerate(edition.year.place.assumptions, start=1)
    return signs | {f"假设{at}": words for at, words in assumed}


def _provenance(edition: Edition) -> dict[str, str]:
    year = edition.year
    return {
        "地方和年度": year.title,
        **({"部门": edition.department} if edition.department else {}),
        "数据性质": DATA[year.synthetic],
        **({"标识": year.label} if year.label else {}),
        "统计截止": f"{year.cutoff} 24:00",
        "数据导出": str(year.exported_on or "未登记"),
        "工作日历": "国务院公布的放假和调休安排" if year.place.calendar else "未登记,不计算工作日",
        "公开报告": named(printed_report(year)),
        "读者范围": EDITIONS[edition.audience],
        "软件": f"xuke {version('xuke')}",
        **({"运行记录": RECORD} if edition.audience == INTERNAL else {}),
    }
