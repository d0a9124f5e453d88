"""Rates of several reports side by side (各地各年): rates, funnels, what may not be compared."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from analysis.problems.integrity.funnel import Funnel
from analysis.problems.integrity.rates import Rate, rates_by_report
from analysis.report.html import Html
from analysis.report.integrity import Names, stacked
from analysis.report.numbers import number, percent
from analysis.report.tabular import table

PLACES = 4  # decimals of a rate in per cent
NO_RANKING = "次序按登记先后,不是排名:层级、范围、用语不同的比率不能比较,见下表。"


class FunnelWords(NamedTuple):
    """What stands over a funnel, under its heading, and for those who do not see it."""

    caption: str
    note: str
    alt: str


def rates_table(found: Sequence[Rate], sources: pd.DataFrame) -> Html:
    """Return every rate with its arithmetic, and the range that rounding leaves it."""
    names, rows = Names(sources), rates_by_report(found)
    cells = zip(rows["比率"], rows["算式"], rows["口径"], rows["取整范围"], strict=True)
    shown = pd.DataFrame(
        {
            "报告": [names[report] for report in rows["报告"]],
            "层级": list(rows["层级"]),
            "比率、算式、用语": [
                stacked(term, arithmetic, scope + (f";取整范围 {span}" if span else ""))
                for term, arithmetic, scope, span in cells
            ],
            "值": [percent(value, PLACES) for value in rows["值"]],
        },
        dtype=object,  # a text column would forget what is HTML already
    )
    return table(shown, caption="不受理率、不予受理率、不同意率", note=NO_RANKING, compact=True)


def funnel_words(funnel: Funnel) -> FunnelWords:
    """Say what the limits mean, and that this is no ranking."""
    said = ";".join(
        f"{row.place}{row.period}:{number(row.n)} 件中 {percent(row.rate, PLACES)},{row.verdict}"
        for row in funnel.points.itertuples()
    )
    return FunnelWords(
        f"{funnel.term}:{len(funnel.points)} 份{funnel.group}的件数相差悬殊,只看件数能差多少",
        f"横轴为分母(对数),纵轴为{funnel.term}(平方根);虚线为合计 {percent(funnel.centre, PLACES)},"
        "深浅灰为仅因件数多少会有的偶然波动(95%、99.8%界限)。这些报告的事项构成和口径不同,"
        "彼此不可比:界限外不说明优劣,也不是排名",
        f"{funnel.group}{funnel.term}漏斗图,合计 {percent(funnel.centre, PLACES)}。{said}。",
    )


def reasons_table(pairs: pd.DataFrame, sources: pd.DataFrame) -> Html:
    """Return every pair of reports that give the same rate, and why they may not be compared."""
    names, counted = Names(sources), Counter(pairs["可比"])
    both = zip(pairs["甲"], pairs["乙"], strict=True)
    shown = pd.DataFrame(
        {
            "比率": pairs["比率"],
            "报告": [f"{names[one]} / {names[two]}" for one, two in both],
            "可比": pairs["可比"],
            "为什么": pairs["为什么"],
        }
    )
    told = "、".join(f"{verdict} {n} 对" for verdict, n in counted.items())
    return table(
        shown,
        caption=f"哪些不可比,为什么:{told}",
        note="没有列出理由的,也不等于证明可比。",
        fold_after=0,
        compact=True,
    )
