"""What the integrity page (完整性检查页) says of printed figures: what does not add up, and where."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.problems.integrity.audit import ACROSS, REPORT
from analysis.problems.integrity.findings import (
    Sort,
    Verdict,
    digits,
    failing,
    reckoned,
    with_readings,
)
from analysis.report.audience import EDITIONS
from analysis.report.html import Html, text
from analysis.report.numbers import number
from analysis.report.parts import Card, Definition, cite, head
from analysis.report.tabular import Verdict as Badge
from analysis.report.tabular import table

BADGES: dict[str, Badge] = {
    Verdict.HOLDS: "ok",
    Verdict.ROUNDING: "ok",
    Verdict.POSSIBLE: "ok",
    Verdict.RESIDUAL: "bad",
    Verdict.IMPOSSIBLE: "bad",
    Verdict.EXCEEDS: "res",
    Verdict.NOTED: "res",
    Verdict.ASK: "res",
    Verdict.GAP: "st",
    Verdict.NOT_APPLICABLE: "st",
    Verdict.POWERLESS: "st",
}
MEANINGS = {
    Verdict.HOLDS: "按印出的数计算,两边相等。",
    Verdict.ROUNDING: "印出的数取整前的可能范围内,两边可以相等。四舍五入、截断各算一遍;万位数究竟取整到哪一位看不出的,各算一遍。",
    Verdict.RESIDUAL: "两边不等,也不是取整所能解释。差额只列数,不作解释。",
    Verdict.EXCEEDS: "左边大于右边。按年度流量统计时可以如此,按同一批件统计时是差错;报告没有说明按哪一种。",
    Verdict.GAP: "不是恒等式,只列出差额。",
    Verdict.NOT_APPLICABLE: "报告没有印出所需的数,或分母为0。",
    Verdict.POSSIBLE: "存在整数分子,除以该分母后取整,得到印出的比率。",
    Verdict.IMPOSSIBLE: "没有整数分子能得到印出的比率,四舍五入、截断都不行。报告没有说明分母的,只排除这一个分母。",
    Verdict.POWERLESS: "分母足够大,任何印出值都能得到,检验不出对错。",
    Verdict.NOTED: "数可以是对的,但值得再看一眼。",
    Verdict.ASK: "用语或单位不在用语表内,没有猜测,本次未用。",
}
ARITHMETIC, WHY = Html('<div class="calc">{}</div>'), Html('<div class="why">{}</div>')
LEAD = "对 {} 份公开报告印出的数作了 {} 项核算(另 {} 份没有可以相互核对的数):{}"


class Names:
    """How reports are called on the page: place and period, told apart where two are alike."""

    def __init__(self, sources: pd.DataFrame):
        """Name the reports of ``audit.sources``."""
        short = sources["place"] + " " + sources["period"]
        alike = short.duplicated(keep=False)
        named = short.where(~alike, short + "(" + sources["kind"] + ")")
        self._names = dict(zip(sources["report"], named, strict=True)) | {ACROSS: "不同报告之间"}

    def __getitem__(self, report: str) -> str:
        """Return the name of a report."""
        return str(self._names.get(report, report))


def lead(checks: pd.DataFrame, sources: pd.DataFrame) -> Html:
    """Return the paragraph that already says everything: which reports do not add up."""
    names, wrong, done = Names(sources), failing(checks), reckoned(checks)
    looked_at = set(done[REPORT]) - {ACROSS}
    residuals = wrong.groupby(REPORT, sort=False)["差额"].agg(list)
    told = "、".join(
        f"{names[str(report)]}(差 {'、'.join(map(residual, numbers))})"
        for report, numbers in residuals.items()
    )
    said = f"{told}有数对不上,算式见下。" if told else "没有发现对不上的数。"
    silent = len(sources) - len(looked_at)
    return text(LEAD, len(looked_at), number(len(done)), silent, said)


def masthead(said: Html, audience: str) -> Html:
    """Return the head of the page, which is of no one place and year."""
    beside = "和部门填报" if audience == "internal" else ""
    meta = f"依据登记的公开数(data/published){beside} · {EDITIONS[audience]}"
    return head("公开报告", "公开数完整性检查", meta, said)


def key_figures(checks: pd.DataFrame) -> list[Card]:
    """Return the four large figures (关键指标) of the page."""
    wrong, verdicts = failing(checks), Counter(checks["结论"])
    agreeing = verdicts[Verdict.HOLDS] + verdicts[Verdict.ROUNDING]
    return [
        Card(
            "对不上的数",
            _cited(Verdict.RESIDUAL, len(wrong)),
            "处",
            f"在 {wrong[REPORT].nunique()} 份报告中",
        ),
        Card(
            "成立的等式",
            _cited(Verdict.HOLDS, agreeing),
            "项",
            f"其中 {verdicts[Verdict.ROUNDING]} 项计入取整后成立",
        ),
        Card(
            "得不到的比率",
            _cited(Verdict.IMPOSSIBLE, verdicts[Verdict.IMPOSSIBLE]),
            "项",
            f"另有 {verdicts[Verdict.POSSIBLE]} 项可能",
        ),
        Card(
            "值得再看的数",
            _cited(Verdict.NOTED, verdicts[Verdict.NOTED] + verdicts[Verdict.EXCEEDS]),
            "项",
            "未必有错",
        ),
    ]


def checks_table(
    checks: pd.DataFrame, sources: pd.DataFrame, *, caption: str, note: str = "", folded: int = 40
) -> Html:
    """Return checks as a table: report, what was checked with its arithmetic, verdict."""
    names = Names(sources)
    heads = {REPORT: [names[report] for report in checks[REPORT]]}
    return stacked_table(checks, heads, caption=caption, note=note, folded=folded)


def stacked_table(
    checks: pd.DataFrame,
    heads: Mapping[str, Sequence[str]],
    *,
    caption: str,
    note: str = "",
    folded: int = 40,
) -> Html:
    """Return checks as a table whose first columns are ``heads``; arithmetic below what it checks.

    The arithmetic ends in the residual; a remark stands below it.
    """
    rows = with_readings(checks).fillna("").to_dict("records")
    shown = pd.DataFrame(
        {
            **heads,
            "检查、算式": [stacked(row["检查"], row["算式"], row["说明"]) for row in rows],
            "结论": [row["结论"] for row in rows],
        },
        dtype=object,  # a text column would forget what is HTML already
    )
    return table(
        shown, caption=caption, note=note, verdicts=BADGES, fold_after=folded, compact=True
    )


def stacked(said: str, arithmetic: str, why: str) -> Html:
    """Return a cell of up to three lines: what is said, its arithmetic, and a remark."""
    lines = [form.format(each) for each, form in ((arithmetic, ARITHMETIC), (why, WHY)) if each]
    return text("{}", said) + Html().join(lines)


def residual(value: float) -> str:
    """Print a residual as the arithmetic does."""
    return digits(Fraction(str(value)))


def of_verdict(checks: pd.DataFrame, *verdicts: Verdict) -> pd.DataFrame:
    """Return the checks with one of these verdicts."""
    return checks[checks["结论"].isin([verdict.value for verdict in verdicts])]


def of_sort(checks: pd.DataFrame, *sorts: Sort) -> pd.DataFrame:
    """Return the checks of one of these kinds (类别)."""
    return checks[checks["类别"].isin([sort.value for sort in sorts])]


def sources_table(sources: pd.DataFrame, checks: pd.DataFrame) -> Html:
    """Return the reports that were looked at, how much of each was seen, and where they stand."""
    names, counted = Names(sources), Counter(reckoned(checks)[REPORT])
    rows: list[dict[Hashable, Any]] = sources.to_dict("records")
    shown = pd.DataFrame(
        {
            REPORT: [names[row["report"]] for row in rows],
            "标题": [_linked(row["title"], row["url"]) for row in rows],
            "读到": [row["seen"] for row in rows],
            "核算(项)": [counted[row["report"]] for row in rows],
        },
        dtype=object,  # a text column would forget what is HTML already
    )
    caption = f"公开报告 {len(rows)} 份"
    return table(shown, caption=caption, note="只收录印出的数,不引用原文。", compact=True)


def _linked(words: str, address: str) -> Html:
    if not address.startswith(("http://", "https://")):
        return text("{}", words)
    return Html('<a href="{}" rel="noreferrer">{}</a>').format(address, words)


def definitions_of_verdicts() -> list[Definition]:
    """Return what each verdict (结论) means."""
    return [Definition(v.name.lower(), v.value, (MEANINGS[v],)) for v in MEANINGS]


def _cited(verdict: Verdict, n: int) -> Html:
    return cite(verdict.name.lower(), number(n))
